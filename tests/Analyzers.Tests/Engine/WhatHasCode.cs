using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>The engine finds every piece of code that a driver would hand it, with the same owner, and nothing else.</summary>
public class WhatHasCode
{
    private const string Kinds = """
        Console.WriteLine(new Derived(1).All);

        void Local() { }

        interface IShown
        {
            int Shown { get; }
            int Double() => 2 * Shown;
            static virtual int Zero => 0;
        }

        class Base(int start)
        {
            protected int Start { get; } = start;
        }

        partial class Derived(int start) : Base(start + 1), IShown, IDisposable
        {
            private int _one = 1, _two = 2, _none;
            private static readonly List<int> s_all = new() { 1 };
            public event EventHandler Done = (_, _) => { };
            public event EventHandler? Ended { add { } remove { } }
            static Derived() => s_all.Add(2);
            public Derived() : this(0) { }
            ~Derived() { }
            public int All => _one + _two;
            public int Both { get => _none; set { _none = value; } }
            public int Early { get; init; } = s_all.Count;
            public int Kept { get => field; set => field = value; }
            public int this[int at] => s_all[at];
            int IShown.Shown => 4;
            partial void Hook();
            public partial int Part { get; set; }
            void IDisposable.Dispose() => Hook();
            public static Derived operator +(Derived left, Derived right) => left;
            public static implicit operator int(Derived from) => from.All;
            public IEnumerable<int> Items() { yield return 1; }
            abstract class Inner { protected abstract void Nothing(); protected virtual void Something() { int Twice() => 2; Twice(); } class Innermost { object _made = new(); } }
            enum Kind { First = 1 }
            delegate void Called(int by = 1);
        }

        partial class Derived
        {
            partial void Hook() { _one++; }
            public partial int Part { get => 1; set { } }
        }

        record Point(int X, int Y = 0) { public int Sum => X + Y; }
        record Far(int Z) : Point(Z, Z + 1);
        struct Value { public int Held; public Value(int held) => Held = held; }

        static class Extended
        {
            public static int Twice(this int value) => 2 * value;
            extension(string text) { public int Half() => text.Length / 2; public bool IsLong => text.Length > 9; }
        }
        """;

    [Fact]
    public async Task Of_each_kind() => Assert.Equal(1, await Same([Kinds]));

    [Fact]
    public async Task Of_every_tenth_example() => Assert.InRange(await Same(Examples.All.Select(static example => example.Text).Distinct().Where(static (_, i) => i % 10 == 0)), 100, int.MaxValue);

    /// <returns>How many of the texts compile, which are those that are looked at.</returns>
    private static async Task<int> Same(IEnumerable<string> texts)
    {
        var count = 0;
        foreach (var text in texts)
        {
            var tree = CSharpSyntaxTree.ParseText(text, path: "Text.cs");
            var isProgram = tree.GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement);
            var compilation = CSharpCompilation.Create("Kinds", [tree, CSharpSyntaxTree.ParseText(Sources.GlobalUsings)], Frameworks.WithAnnotations(Frameworks.Newest),
                Sources.Options.WithOutputKind(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
            if (compilation.GetDiagnostics(TestContext.Current.CancellationToken).Any(static problem => problem.Severity == DiagnosticSeverity.Error))
                continue;
            count++;
            var driver = new Driver();
            await compilation.WithAnalyzers([driver]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            var model = compilation.GetSemanticModel(tree);
            var ours = Declarations.Outermost(model, default).SelectMany(static type => Declarations.Of(type, default)).SelectMany(found => Read(found.Member, found.Code, model));
            Assert.Equal(driver.Handed.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        }

        return count;
    }

    private static IEnumerable<string> Read(ISymbol member, SyntaxNode code, SemanticModel model) =>
        OperationBlocks.Of(member, code, model, default).Where(static block => block.Kind is not (OperationKind.None or OperationKind.Attribute or OperationKind.ParameterInitializer))
            .Select(block => $"{member.Kind} {member.ToDisplayString()} {block.Kind} {block.Syntax.Span}");

    /// <summary>Is handed all code.</summary>
#pragma warning disable RS1001, RS1036 // Never loaded by a compiler.
    private sealed class Driver : DiagnosticAnalyzer
    {
        public ConcurrentBag<string> Handed { get; } = [];

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [new("NEVER", "", "", "", DiagnosticSeverity.Hidden, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
            context.RegisterCodeBlockAction(block =>
            {
                foreach (var read in Read(block.OwningSymbol, block.CodeBlock, block.SemanticModel))
                    Handed.Add(read);
            });
        }
    }
}
