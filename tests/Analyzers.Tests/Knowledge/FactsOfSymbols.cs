using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Knowledge;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Knowledge;

/// <summary>What is known about the member or type at a place in the code, however it is reached.</summary>
public sealed class FactsOfSymbols
{
    private static readonly Facts BuiltIn = new(Table.BuiltIn);

    [Theory]
    [InlineData("new SemaphoreSlim(1, 1).Wait()", nameof(Effect.Acquires), null)]
    [InlineData("new SemaphoreSlim(1, 1).Wait(10)", nameof(Effect.Tries), 0)]
    [InlineData("new SemaphoreSlim(1, 1).WaitAsync(TimeSpan.Zero, default)", nameof(Effect.Tries), 0)]
    [InlineData("Monitor.TryEnter(new object(), 5)", nameof(Effect.Tries), 1)]
    [InlineData("new Lock().TryEnter(TimeSpan.Zero)", nameof(Effect.Tries), 0)]
    public void An_overload_has_its_own_row(string call, string effect, int? timeout) => Assert.Equal(timeout, Assert.Single(Locking(call), fact => fact.Effect.ToString() == effect).Timeout);

    [Theory]
    [InlineData("Parallel.For(0, 9, (int i) => { })")]
    [InlineData("Parallel.For(0L, 9L, (long i, ParallelLoopState s) => { })")]
    [InlineData("Parallel.ForEach(new[] { 1 }, i => { })")]
    [InlineData("Parallel.Invoke(() => { }, () => { })")]
    public void A_row_for_all_overloads_holds_for_each(string call) => Assert.True(About(call).Single(fact => fact.Effect == Effect.Starts).Many);

    [Fact]
    public void A_row_for_all_overloads_does_not_hold_for_a_longer_name() =>
        Assert.DoesNotContain(About("Parallel.ForEachAsync(new[] { 1 }, (i, t) => default)"), fact => fact.Id == "M:System.Threading.Tasks.Parallel.ForEach*");

    [Theory]
    [InlineData("Task.FromResult(1).Result")]
    [InlineData("Task.FromResult(\"\").Result")]
    [InlineData("Task.FromResult(new List<int>()).GetAwaiter().GetResult()")]
    [InlineData("new ValueTask<string>(\"\").Result")]
    public void Generic_types_are_known_for_every_argument(string use) => Assert.Equal("await", About(use).Single(fact => fact.Effect == Effect.Blocks).Twin);

    [Theory]
    [InlineData("new List<int>().ConvertAll(i => i)", nameof(Effect.Invokes))]
    [InlineData("Task.FromException<int>(null!)", nameof(Effect.Completed))]
    [InlineData("Array.ConvertAll(new[] { 1 }, i => i)", nameof(Effect.Invokes))]
    public void Generic_methods_are_known_for_every_argument(string call, string effect) => Assert.Contains(About(call), fact => fact.Effect.ToString() == effect);

    [Theory]
    [InlineData("new[] { 1 }.Any(i => i > 0)")]
    [InlineData("Enumerable.Any(new[] { 1 }, i => i > 0)")]
    public void An_extension_is_known_as_a_method_and_as_a_static_call(string call)
    {
        var fact = About(call).Single(fact => fact.Effect == Effect.Invokes);
        Assert.True(fact.IsAbout(1));
    }

    [Fact]
    public void Deferred_operators_keep_their_delegate() => Assert.Equal([Effect.Defers], About("new[] { 1 }.Select(i => i)").Select(fact => fact.Effect));

    [Theory]
    [InlineData("new Stack<int>().Count")]
    [InlineData("((ICollection<int>)new List<int>()).Count")]
    [InlineData("((ISet<int>)new HashSet<int>()).Contains(1)")]
    public void Members_of_classes_and_of_their_interfaces_are_known(string use) => Assert.Contains(About(use), fact => fact.Effect == Effect.Reads);

    [Fact]
    public void An_override_does_what_it_overrides() =>
        Assert.Equal("ReadAsync", About("new FileStream(\"\", FileMode.Open).Read(new byte[1], 0, 1)").Single(fact => fact.Effect == Effect.Blocks).Twin);

    [Theory]
    [InlineData("new MemoryStream().Read(new byte[1], 0, 1)")]
    [InlineData("new MemoryStream().ReadExactly(new byte[1], 0, 1)")]
    [InlineData("new StringReader(\"\").ReadToEnd()")]
    [InlineData("new StringWriter().Write('c')")]
    public void Streams_in_memory_do_not_block(string call) => Assert.Equal([Effect.Nothing], About(call).Select(fact => fact.Effect));

    [Theory]
    [InlineData("public class D : Thing { public override void Wait() { } }")]
    [InlineData("public abstract class E : Thing { } public class D : E { public override void Wait() { } }")]
    [InlineData("public class D : IThing { public void Wait() { } }")]
    [InlineData("public class D : IThing { void IThing.Wait() { } }")]
    [InlineData("public class D<T> : IThing<T> { public void Wait() { } }")]
    public void What_overrides_or_implements_a_known_member_is_known(string type)
    {
        var (facts, compilation) = Known("""
            public abstract class Thing { public abstract void Wait(); }
            public interface IThing { void Wait(); }
            public interface IThing<T> { void Wait(); }
            """ + type, "M:Thing.Wait blocks kind=io", "M:IThing.Wait blocks kind=io", "M:IThing`1.Wait blocks kind=io");
        var member = compilation.GetSymbolsWithName(name => name.EndsWith("Wait", StringComparison.Ordinal), SymbolFilter.Member).Single(symbol => symbol.ContainingType.Name == "D");
        Assert.Equal("io", facts.About(member, Effect.Blocks)?.Kind);
    }

    [Fact]
    public void What_hides_a_known_member_is_not_known()
    {
        var (facts, compilation) = Known("public class Thing { public void Wait() { } } public class D : Thing { public new void Wait() { } }", "M:Thing.Wait blocks kind=io");
        Assert.Empty(facts.About(compilation.GetTypeByMetadataName("D")!.GetMembers("Wait").Single()));
    }

    [Theory]
    [InlineData("new Mutex().WaitOne()", nameof(Effect.Acquires), "lock")]
    [InlineData("new Mutex().WaitOne(1)", nameof(Effect.Tries), "lock")]
    [InlineData("new Semaphore(1, 1).WaitOne()", nameof(Effect.Acquires), "lock")]
    [InlineData("new ManualResetEvent(false).WaitOne()", nameof(Effect.Blocks), "signal")]
    [InlineData("new AutoResetEvent(false).WaitOne(1)", nameof(Effect.Blocks), "signal")]
    public void An_inherited_member_means_what_its_receiver_makes_of_it(string call, string effect, string kind)
    {
        var facts = About(call);
        Assert.Contains(facts, fact => fact.Effect.ToString() == effect);
        Assert.Equal(kind, facts.Single(fact => fact.Effect == Effect.Blocks).Kind);
    }

    [Theory]
    [InlineData("Monitor.Enter(new object())", true, true, false)]
    [InlineData("Monitor.Enter(new SemaphoreSlim(1))", true, true, false)]
    [InlineData("new Mutex().WaitOne()", true, true, false)]
    [InlineData("new SemaphoreSlim(1).Wait()", false, false, true)]
    [InlineData("new ReaderWriterLockSlim().EnterReadLock()", true, false, false)]
    public void A_lock_has_the_nature_of_what_is_locked(string call, bool affine, bool reentrant, bool counted)
    {
        var (member, receiver) = Used(call);
        var nature = BuiltIn.LockOf(member, receiver)!;
        Assert.Equal((affine, reentrant, counted), (nature.Affine, nature.Reentrant, nature.Counted));
    }

    [Theory]
    [InlineData("new ConcurrentDictionary<int, int>()", nameof(Effect.ThreadSafe))]
    [InlineData("new Dictionary<int, int>()", nameof(Effect.Container))]
    [InlineData("ImmutableList<int>.Empty", nameof(Effect.Immutable))]
    [InlineData("new MemoryStream()", nameof(Effect.Unsafe))]
    [InlineData("new Random()", nameof(Effect.Unsafe))]
    [InlineData("new CancellationTokenSource()", nameof(Effect.ThreadSafe))]
    public void Types_are_known_by_themselves_or_by_their_bases(string value, string effect) =>
        Assert.Equal(effect, Assert.Single(BuiltIn.About(TypeOf(value)), fact => fact.Effect is Effect.ThreadSafe or Effect.Container or Effect.Immutable or Effect.Unsafe).Effect.ToString());

    [Theory]
    [InlineData("new ConcurrentDictionary<int, int>().Keys")]
    [InlineData("new ConcurrentDictionary<int, int>().ContainsKey(1)")]
    [InlineData("ImmutableList<int>.Empty.Count")]
    [InlineData("ImmutableList<int>.Empty.Add(1)")]
    public void Members_of_what_is_safe_do_not_use_a_container(string use) =>
        Assert.DoesNotContain(About(use), fact => fact.Effect is Effect.Reads or Effect.Writes or Effect.Enumerates);

    [Fact]
    public void What_derives_from_an_immutable_type_may_change()
    {
        var (facts, compilation) = Known("public class Fixed { } public class D : Fixed { public int X; }", "T:Fixed immutable");
        Assert.Empty(facts.About(compilation.GetTypeByMetadataName("D")!));
    }

    private static IEnumerable<Fact> Locking(string call) => About(call).Where(fact => fact.Effect is Effect.Acquires or Effect.Tries);

    private static IEnumerable<Fact> About(string expression)
    {
        var (member, receiver) = Used(expression);
        return BuiltIn.About(member, receiver);
    }

    private static (ISymbol Member, ITypeSymbol? Receiver) Used(string expression)
    {
        var (model, node) = Expression(expression);
        var access = node is InvocationExpressionSyntax call ? call.Expression : node;
        var receiver = access is MemberAccessExpressionSyntax { Expression: var instance } ? model.GetTypeInfo(instance).Type : null;
        return (model.GetSymbolInfo(node).Symbol!, receiver);
    }

    private static ITypeSymbol TypeOf(string expression)
    {
        var (model, node) = Expression(expression);
        return model.GetTypeInfo(node).Type!;
    }

    private static (SemanticModel Model, ExpressionSyntax Node) Expression(string expression)
    {
        var tree = CSharpSyntaxTree.ParseText($$"""
            using System; using System.Collections.Concurrent; using System.Collections.Generic; using System.Collections.Immutable;
            using System.IO; using System.Linq; using System.Threading; using System.Threading.Tasks;
            class C { object M() { return {{expression}}; } }
            """);
        var compilation = CSharpCompilation.Create("Test", [tree], Frameworks.References(Frameworks.Newest));
        return (compilation.GetSemanticModel(tree), tree.GetRoot().DescendantNodes().OfType<ReturnStatementSyntax>().Single().Expression!);
    }

    private static (Facts Facts, Compilation Compilation) Known(string source, params string[] rows)
    {
        var compilation = CSharpCompilation.Create("Test", [CSharpSyntaxTree.ParseText(source)], Frameworks.References(Frameworks.Newest));
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS5001");
        return (new Facts(Table.BuiltIn.With(rows.Select(row => Row.Read(row, out _)!))), compilation);
    }
}
