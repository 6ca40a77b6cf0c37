using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Fixes;
using Threadwise.Testing;
using Xunit;

namespace CodeFixes.Tests.Fixes;

public class TW2008_AwaitUnderThreadAffineLock
{
    private static readonly Trial<AwaitUnderThreadAffineLockFix> Fix = new(new StandIn("TW2008", Finds));

    /// <summary>An await in a method that names <c>_gate</c>, while that is not a semaphore.</summary>
    private static Dictionary<string, string?>? Finds(SyntaxNode node, SemanticModel model) =>
        node is AwaitExpressionSyntax && node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Body: { } body }
        && body.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(name => name.Identifier.Text == "_gate") is { } gate
        && model.GetTypeInfo(gate).Type is { Name: not "SemaphoreSlim" } ? new() { ["lock"] = "_gate", ["convert"] = "true" } : null;

    private static string Class(string field, string body, string more = "") => $$"""
        class C
        {
            {{field}} // the lock
            int _n;
            async Task M(C other)
            {
                {{body.Replace("\n", "\n        ")}}
            }
            {{more.Replace("\n", "\n    ")}}
        }
        """;

    private const string Entered = "Monitor.Enter(_gate);\ntry { [|await Task.Delay(_n)|]; } finally { Monitor.Exit(_gate); }";
    private const string Waited = "await _gate.WaitAsync();\ntry { await Task.Delay(_n); } finally { _gate.Release(); }";
    private const string Field = "private readonly object _gate = new();";
    private const string Semaphore = "private readonly SemaphoreSlim _gate = new(1, 1);";

    [Theory]
    [InlineData(Field, Semaphore)]
    [InlineData("readonly object _gate = new object();", "readonly SemaphoreSlim _gate = new(1, 1);")]
    [InlineData("private static readonly System.Object _gate = new();", "private static readonly SemaphoreSlim _gate = new(1, 1);")]
    public Task Changes_the_field_and_its_uses(string before, string after) => Fix.Fixes(Class(before, Entered), Class(after, Waited));

    [Theory]
    [InlineData("void N()\n{\n    // why\n    lock (_gate) // take\n    {\n        _n++;\n    } // give\n}", "void N()\n{\n    // why\n    _gate.Wait();\n    try // take\n    {\n        _n++;\n    }\n    finally\n    {\n        _gate.Release();\n    } // give\n}")]
    [InlineData("void N() { lock (this._gate) { _n++; } }", "void N() { this._gate.Wait(); try { _n++; } finally { this._gate.Release(); } }")]
    [InlineData("void N() { Monitor.Enter(_gate); _n++; Monitor.Exit(_gate); }", "void N() { _gate.Wait(); _n++; _gate.Release(); }")]
    [InlineData("async Task N() { lock (_gate) { _n++; } await Task.Yield(); }", "async Task N() { await _gate.WaitAsync(); try { _n++; } finally { _gate.Release(); } await Task.Yield(); }")]
    [InlineData("async Task N() { lock (this) { lock (_gate) { _n++; } } await Task.Yield(); }", "async Task N() { lock (this) { _gate.Wait(); try { _n++; } finally { _gate.Release(); } } await Task.Yield(); }")]
    [InlineData("void N(C c) { lock (c._gate) { c._n++; } }", "void N(C c) { c._gate.Wait(); try { c._n++; } finally { c._gate.Release(); } }")]
    [InlineData("void N() { Action a = () => { lock (_gate) { _n++; } }; a(); }", "void N() { Action a = () => { _gate.Wait(); try { _n++; } finally { _gate.Release(); } }; a(); }")]
    [InlineData("class D { object _gate = new(); void N() { lock (_gate) { } } }", "class D { object _gate = new(); void N() { lock (_gate) { } } }")]
    public Task Changes_the_other_uses_too(string before, string after)
    {
        var isSync = !before.StartsWith("async");
        return Fix.Fixes(Class(Field, Entered, isSync ? before : before.Replace("await Task.Yield()", "[|await Task.Yield()|]")), Class(Semaphore, Waited, after));
    }

    [Theory]
    [InlineData("object N() => _gate;")]
    [InlineData("void N() { lock (_gate) _n++; }")]
    [InlineData("void N() { var taken = false; Monitor.Enter(_gate, ref taken); }")]
    [InlineData("void N() { Monitor.Pulse(_gate); }")]
    [InlineData("bool N() => Monitor.TryEnter(_gate);")]
    [InlineData("void N() { Console.WriteLine(_gate); }")]
    [InlineData("void N() { if (_n > 0) lock (_gate) { } }")]
    [InlineData("string N() => nameof(_gate);")]
    [InlineData("void N() { lock (/* odd */ _gate) { } }")]
    [InlineData("#if OTHER\nvoid N() { Monitor.Pulse(_gate); }\n#endif")]
    public Task Nothing_when_the_field_is_used_in_any_other_way(string use) => Fix.NoFix(Class(Field, Entered, use));

    [Theory]
    [InlineData("internal readonly object _gate = new();")]
    [InlineData("private readonly string _gate = new('a', 1);")]
    [InlineData("private object _gate = new(), _other = new();")]
    [InlineData("private object _gate; C(object gate) => _gate = gate;")]
    public Task Nothing_for_fields_that_others_see_or_set(string field) => Fix.NoFix(Class(field, Entered));

    [Fact]
    public Task Nothing_when_the_type_is_written_in_two_places() => Fix.NoFix(Class(Field, Entered).Replace("class C", "partial class C") + "\npartial class C { void N() { lock (_gate) { } } }");

    [Fact]
    public Task Converts_a_Lock_and_leaves_the_context_as_the_type_does() => Fix.Fixes("""
        class C<T>
        {
            private readonly Lock _gate = new();
            async Task M(Task t)
            {
                _gate.Enter();
                [|await t.ConfigureAwait(false)|];
                _gate.Exit();
                lock (_gate)
                {
                }
            }
        }
        """, """
        class C<T>
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            async Task M(Task t)
            {
                await _gate.WaitAsync().ConfigureAwait(false);
                await t.ConfigureAwait(false);
                _gate.Release();
                await _gate.WaitAsync().ConfigureAwait(false);
                try
                {
                }
                finally
                {
                    _gate.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Names_the_type_in_full_where_it_must() => Fix.Fixes("""
        using System.Threading.Tasks;
        class C {
            private readonly object _gate = new object();
            async Task M() {
                System.Threading.Monitor.Enter(_gate);
                [|await Task.Yield()|];
                System.Threading.Monitor.Exit(_gate);
            }
            void N() {
                lock (_gate) {
                    M();
                }
            }
        }
        """, """
        using System.Threading.Tasks;
        class C {
            private readonly System.Threading.SemaphoreSlim _gate = new System.Threading.SemaphoreSlim(1, 1);
            async Task M() {
                await _gate.WaitAsync();
                await Task.Yield();
                _gate.Release();
            }
            void N() {
                _gate.Wait();
                try {
                    M();
                } finally {
                    _gate.Release();
                }
            }
        }
        """, new Case { Language = LanguageVersion.CSharp8 });
}
