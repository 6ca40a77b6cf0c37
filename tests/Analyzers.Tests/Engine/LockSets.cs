using Threadwise.Analyzers;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>Locks that one call takes together, and locks with scopes of the runtime library, are held like any other; among themselves they have no order.</summary>
public class LockSets
{
    private static string Account(string members) => $$"""
        using Threadwise;

        public class Account
        {
            private readonly object _gate = new();
            private readonly object _other = new();
            private readonly OrderedLock _first = new(1);
            private readonly OrderedLock _second = new(2);
            [GuardedBy("_gate")] private decimal _balance;
            [GuardedBy("_first")] private int _count;
            {{members}}
        }
        """;

    private static Task Fires<TRule>(string members) where TRule : Rule, new() => new Verify<TRule>.Case { HasRuntime = true }.Fires(Account(members));

    private static Task Silent<TRule>(string members) where TRule : Rule, new() => new Verify<TRule>.Case { HasRuntime = true }.Silent(Account(members));

    [Theory]
    [InlineData("public static void Transfer(Account a, Account b) { using (LockSet.Enter(a._gate, b._gate)) { a._balance--; b._balance++; } }")]
    [InlineData("public void Transfer(Account b) { using var both = LockSet.Enter(_gate, b._gate); _balance--; b._balance++; }")]
    [InlineData("public void Transfer(Account b) { var both = LockSet.Enter(_gate, b._gate); try { _balance--; b._balance++; } finally { both.Dispose(); } }")]
    [InlineData("public void Add() { using (LockSet.Enter(_second, _first)) _count++; }")]
    [InlineData("public void Add(OrderedLock a, OrderedLock b) { using (LockSet.Enter(a, b, _second, _first)) _count++; }")]
    [InlineData("public void Add() { using (_first.Enter()) using (_second.Enter()) _count++; }")]
    [InlineData("public void Add() { if (_first.TryEnter(out var scope)) using (scope) _count++; }")]
    [InlineData("public bool Add() { if (!_first.TryEnter(out var scope)) return false; using (scope) _count++; return true; }")]
    [InlineData("public void Add() { if (_first.IsHeldByCurrentThread) _count++; }")]
    public Task What_they_guard_may_be_touched(string members) => Silent<GuardedByViolation>(members);

    [Theory]
    [InlineData("public static void Transfer(Account a, Account b) { using (LockSet.Enter(a._gate, a._other)) { a._balance--; [|b._balance|]++; } }")]
    [InlineData("public void Transfer(Account b) { using (LockSet.Enter(_gate, b._gate)) { } [|_balance|]--; [|b._balance|]++; }")]
    [InlineData("public void Transfer(Account b) { var both = LockSet.Enter(_gate, b._gate); both.Dispose(); [|_balance|]--; [|b._balance|]++; }")]
    [InlineData("public void Add() { using (LockSet.Enter(_second, _first)) _count++; [|_count|]++; }")]
    [InlineData("public void Add() { if (_first.TryEnter(out var scope)) scope.Dispose(); [|_count|]++; }")]
    [InlineData("public void Add() { _first.TryEnter(out var scope); [|_count|]++; scope.Dispose(); }")]
    public Task What_they_do_not_guard_or_no_more_may_not(string members) => Fires<GuardedByViolation>(members);

    [Theory]
    [InlineData("public void M() { using (LockSet.Enter(_gate, _other)) { } } public void N() { using (LockSet.Enter(_other, _gate)) { } }")]
    [InlineData("public void M() { using (LockSet.Enter(_gate, _other)) { } } public void N() { lock (_other) lock (_gate) { } }")]
    [InlineData("public void M() { using (LockSet.Enter(_gate, _other)) { lock (_gate) { } } } public void N() { using (LockSet.Enter(_other, _gate)) { lock (_gate) { } } }")]
    public Task Among_themselves_they_have_no_order(string members) => Silent<LockOrderInversion>(members);

    [Fact]
    public Task Against_other_locks_they_have_one() => Fires<LockOrderInversion>(
        "private readonly object _third = new(); public void M() { using (LockSet.Enter(_gate, _other)) { lock ([|_third|]) { } } } public void N() { lock (_third) { using (LockSet.Enter([|_gate|], _second)) { } } }");

    [Theory]
    [InlineData("public static void Transfer(Account a, Account b) { using (LockSet.Enter(a._gate, b._gate)) { } }")]
    [InlineData("public static void Transfer(Account a, Account b) { using (LockSet.Enter(a._first, b._first)) { } }")]
    [InlineData("public void Transfer(Account b) { using (LockSet.Enter(_gate, b._gate)) { lock (b._gate) { } } }")]
    public Task Two_of_one_type_are_in_an_order_of_their_own(string members) => Silent<UnorderedInstanceLocks>(members);

    [Fact]
    public Task One_of_them_under_another_lock_is_not() => Fires<UnorderedInstanceLocks>("public void M(Account a, Account b) { lock (_gate) { using (LockSet.Enter([|a._gate|], [|b._gate|])) { } } }");

    [Theory]
    [InlineData("public void M() { using (LockSet.Enter(_first, _first)) { } }")]
    [InlineData("public void M() { using (_first.Enter()) { } using (_first.Enter()) { } }")]
    [InlineData("public void M() { using (LockSet.Enter(_gate, _other)) { lock (_gate) { } } }")]
    public Task One_given_twice_is_taken_once(string members) => Silent<SelfDeadlock>(members);

    [Fact]
    public Task One_that_is_held_is_asked_for_again() => Fires<SelfDeadlock>("public void M() { using (_first.Enter()) { using ([|LockSet.Enter(_first, _second)|]) { } } }");

    [Theory]
    [InlineData("public void M(bool b) { using (LockSet.Enter(_gate, _other)) { if (b) return; _balance++; } }")]
    [InlineData("public void M(bool b) { using var both = LockSet.Enter(_gate, _other); if (b) throw new Exception(); }")]
    [InlineData("public void M() { if (_first.TryEnter(out var scope)) { try { _count++; } finally { scope.Dispose(); } } }")]
    [InlineData("public void M() { var taken = _first.TryEnter(out var scope); _count++; scope.Dispose(); }")]
    public Task Scopes_give_them_back(string members) => Silent<LockNotReleased>(members);

    [Fact]
    public Task A_scope_that_is_thrown_away_is_missed() => Fires<DroppedLockScope>("public void M() { [|LockSet.Enter(_gate, _other)|]; } public void N() { [|_first.Enter()|]; }");

    [Fact]
    public Task No_rule_minds_their_ordinary_use() => new Check(new Case { HasRuntime = true }, new ThreadwiseAnalyzer()).Silent("""
        using Threadwise;

        public sealed class Account
        {
            private readonly object _gate = new();
            private readonly object _log = new();
            private readonly Lock _left = new();
            private readonly Lock _right = new();
            private readonly OrderedLock _first = new(1, "first");
            private readonly OrderedLock _second = new(2);
            private static readonly OrderedLock Audit = new(3);
            [GuardedBy("_gate")] private decimal _balance;
            [GuardedBy("_first")] private int _count;

            public static void Transfer(Account from, Account to, decimal amount)
            {
                using (LockSet.Enter(from._gate, to._gate))
                {
                    while (to._balance < 0)
                        Monitor.Wait(to._gate);
                    from._balance -= amount;
                    to._balance += amount;
                    Monitor.PulseAll(from._gate);
                }
            }

            public decimal Read()
            {
                lock (_gate)
                    return _balance;
            }

            public void Write(string line)
            {
                using var both = LockSet.Enter(_log, _gate);
                _balance++;
            }

            public static int Meet(Account a, Account b)
            {
                using (LockSet.Enter(a._left, b._left))
                using (LockSet.Enter(a._right, b._right))
                using (LockSet.Enter(a._first, b._first, a._second))
                using (Audit.Enter())
                    return a._count + b._count;
            }

            public async Task<bool> TryAsync()
            {
                await Task.Yield();
                if (!_first.TryEnter(out var scope))
                    return false;
                using (scope)
                {
                    _count++;
                    using (_second.Enter())
                        _count++;
                }

                await Task.Yield();
                return true;
            }
        }
        """);
}
