using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnorderedInstanceLocks>;

namespace Analyzers.Tests.Rules;

public partial class TW2003_UnorderedInstanceLocks
{
    private static string Account(string members) => $$"""
        public class Account
        {
            private readonly object _gate = new();
            private static readonly object Tie = new();
            public int Id;
            public string Name = "";
            private decimal _balance;
            {{members}}
        }
        """;

    [Fact]
    public Task C5_145_Fires_on_two_parameters() => Verify.Fires(
        Account("public static void Transfer(Account from, Account to, decimal amount) { lock (from._gate) { lock ([|to._gate|]) { from._balance -= amount; to._balance += amount; } } }"),
        "Deadlock risk: 'Account.Transfer' locks 'to._gate' while holding 'from._gate'; a call with the two objects exchanged does it the other way round");

    [Fact]
    public Task Fires_on_parameters_locked_themselves() => Verify.Fires(Account("public static void Transfer(Account a, Account b) { lock (a) lock ([|b|]) { } }"));

    [Fact]
    public Task Fires_on_this_and_a_parameter() => Verify.Fires(Account("public void TransferTo(Account to) { lock (_gate) { lock ([|to._gate|]) { } } }"));

    [Fact]
    public Task Fires_through_a_call_on_the_other_object() => Verify.Fires(
        Account("public void TransferTo(Account to, decimal amount) { lock (_gate) { _balance -= amount; [|to.Deposit(amount)|]; } } public void Deposit(decimal amount) { lock (_gate) _balance += amount; }"),
        "Deadlock risk: 'Account.TransferTo' → 'Account.Deposit' locks 'to._gate' while holding '_gate'; a call with the two objects exchanged does it the other way round");

    [Fact]
    public Task Fires_on_semaphores() => Verify.Fires("""
        public class Account
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            public async Task TransferTo(Account to) { await _gate.WaitAsync(); try { await [|to._gate|].WaitAsync(); try { } finally { to._gate.Release(); } } finally { _gate.Release(); } }
        }
        """);

    [Fact]
    public Task Fires_when_something_else_is_compared() => Verify.Fires(
        Account("public static void Transfer(Account from, Account to, decimal amount) { if (from._balance < amount) return; lock (from._gate) lock ([|to._gate|]) { } }"));

    [Fact]
    public Task Fires_when_equal_objects_are_let_go() => Verify.Fires(
        Account("public static void Transfer(Account from, Account to) { if (ReferenceEquals(from, to)) return; lock (from._gate) lock ([|to._gate|]) { } }"));

    [Fact]
    public Task Fires_on_a_lock_of_another_type_of_objects() => Verify.Fires("""
        public class Account { public readonly object Gate = new(); }
        public static class Bank { public static void Transfer(Account from, Account to) { lock (from.Gate) lock ([|to.Gate|]) { } } }
        """);

    [Theory]
    [InlineData("var (x, y) = a.Id < b.Id ? (a, b) : (b, a); lock (x._gate) lock (y._gate) { }")]
    [InlineData("if (a.Id > b.Id) (a, b) = (b, a); lock (a._gate) lock (b._gate) { }")]
    [InlineData("if (a.Id < b.Id) { lock (a._gate) lock (b._gate) { } } else { lock (b._gate) lock (a._gate) { } }")]
    [InlineData("if (string.CompareOrdinal(a.Name, b.Name) > 0) (a, b) = (b, a); lock (a._gate) lock (b._gate) { }")]
    [InlineData("if (a.Name.CompareTo(b.Name) > 0) (a, b) = (b, a); lock (a._gate) lock (b._gate) { }")]
    [InlineData("var all = new[] { a, b }.OrderBy(x => x.Id).ToArray(); lock (all[0]._gate) lock (all[1]._gate) { }")]
    public Task C5_146_Silent_when_the_objects_are_put_in_order(string body) => Silent(body);

    [Theory]
    [InlineData("int x = System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(a), y = System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(b); if (x < y) { lock (a._gate) lock (b._gate) { } } else if (x > y) { lock (b._gate) lock (a._gate) { } } else lock (Tie) lock (a._gate) lock (b._gate) { }")]
    [InlineData("lock (Tie) lock (a._gate) lock (b._gate) { }")]
    public Task C5_147_Silent_when_hash_codes_order_them_and_a_lock_breaks_ties(string body) => Silent(body);

    [Theory]
    [InlineData("lock (a._gate) { if (Monitor.TryEnter(b._gate, 50)) try { } finally { Monitor.Exit(b._gate); } }")]
    public Task C5_148_Silent_when_the_second_lock_is_only_tried_for(string body) => Silent(body);

    [Theory]
    [InlineData("lock (a._gate) { } lock (b._gate) { }")]
    [InlineData("lock (a._gate) lock (a._gate) { }")]
    [InlineData("var c = new Account(); lock (a._gate) lock (c._gate) { }")]
    public Task Silent_when_the_locks_are_not_nested_or_not_two_of_the_parameters(string body) => Silent(body);

    private static Task Silent(string body) => Verify.Silent(Account($"public static void Transfer(Account a, Account b) {{ {body} }}"));

    [Fact]
    public Task Silent_when_the_caller_puts_them_in_order() => Verify.Silent(Account("""
        public static void Transfer(Account a, Account b) { if (a.Id < b.Id) Ordered(a, b); else Ordered(b, a); }
        private static void Ordered(Account first, Account second) { lock (first._gate) lock (second._gate) { } }
        """));

    [Fact]
    public Task Silent_from_parent_to_child() => Verify.Silent("""
        public class Node
        {
            private readonly object _gate = new(); private readonly List<Node> _children = new(); private Node? _next;
            public void Visit() { lock (_gate) { foreach (var child in _children) lock (child._gate) { } if (_next is { } next) lock (next._gate) { } lock (_next!._gate) { } } }
        }
        """);

    [Fact]
    public Task Silent_on_objects_of_two_types() => Verify.Silent("""
        public class A { public readonly object Gate = new(); }
        public class B { public readonly object Gate = new(); public void M(A a) { lock (Gate) lock (a.Gate) { } } public static void N(A a, B b) { lock (a.Gate) lock (b.Gate) { } } }
        """);

    [Fact]
    public Task Silent_in_a_copy_constructor() => Verify.Silent(Account("public Account() { } public Account(Account other) { lock (_gate) lock (other._gate) _balance = other._balance; }"));
}
