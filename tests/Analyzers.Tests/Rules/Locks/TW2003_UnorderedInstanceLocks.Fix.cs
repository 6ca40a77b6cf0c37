using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.UnorderedInstanceLocksFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnorderedInstanceLocks>;

namespace Analyzers.Tests.Rules;

public partial class TW2003_UnorderedInstanceLocks
{
    private static readonly Verify.Case WithRuntime = new() { HasRuntime = true, Title = "Take both locks by LockSet" };

    private static string Bank(string transfer, string gate = "private readonly object _gate = new();") => $$"""
        using Threadwise;

        public class Account
        {
            {{gate}}
            private decimal _balance;

            public static void Transfer(Account from, Account to, decimal amount)
            {
                {{transfer.ReplaceLineEndings("\n        ")}}
            }
        }
        """;

    [Fact]
    public Task Fixes_blocks_and_keeps_comments() => WithRuntime.Fixes<Fix>(Bank("""
        // Both at once.
        lock (from._gate) // the payer
        {
            // the payee
            lock ([|to._gate|]) // not before
            { // here

                from._balance -= amount; // out
                /* in */ to._balance += amount;

                // done
            } // inner
            // outer
        }
        """), Bank("""
        // Both at once.
        using (LockSet.Enter(from._gate, to._gate)) // the payer
        {
            // the payee
            // not before
            // here

            from._balance -= amount; // out
            /* in */ to._balance += amount;

            // done
            // inner
            // outer
        }
        """));

    [Fact]
    public Task Fixes_every_pair_of_a_file() => WithRuntime.Fixes<Fix>("""
        public class Account
        {
            private readonly object _gate = new();
            private decimal _balance;

            public static void Transfer(Account from, Account to, decimal amount)
            {
                lock (from._gate) {
                    lock ([|to._gate|]) {
                        from._balance -= amount;
                        to._balance += amount;
                    }
                }
            }

            public decimal Sum(Account other)
            {
                lock (_gate)
                lock ([|other._gate|])
                {
                    return _balance + other._balance;
                }
            }

            public void Swap(Account other)
            {
                lock (this._gate)
                    lock ([|other!._gate|])
                    {
                        (_balance, other._balance) = (other._balance, _balance);
                    }
            }

            public static void Reset(Account a, Account b) { lock (a._gate) { lock ([|b._gate|]) { a._balance = b._balance; } } }

            public static void Same(Account a, Account b) { lock (a) lock ([|b|]) a._balance = b._balance; }

            public void Take(Account other)
            {
                lock (_gate)
                {
                    lock ([|other._gate|])
                        _balance = other._balance;
                }

                lock (_gate)
                {
                    lock ([|other._gate|]) other._balance = 0;
                }
            }
        }
        """, """
        public class Account
        {
            private readonly object _gate = new();
            private decimal _balance;

            public static void Transfer(Account from, Account to, decimal amount)
            {
                using (Threadwise.LockSet.Enter(from._gate, to._gate)) {
                    from._balance -= amount;
                    to._balance += amount;
                }
            }

            public decimal Sum(Account other)
            {
                using (Threadwise.LockSet.Enter(_gate, other._gate))
                {
                    return _balance + other._balance;
                }
            }

            public void Swap(Account other)
            {
                using (Threadwise.LockSet.Enter(this._gate, other!._gate))
                {
                    (_balance, other._balance) = (other._balance, _balance);
                }
            }

            public static void Reset(Account a, Account b) { using (Threadwise.LockSet.Enter(a._gate, b._gate)) { a._balance = b._balance; } }

            public static void Same(Account a, Account b) { using (Threadwise.LockSet.Enter(a, b)) a._balance = b._balance; }

            public void Take(Account other)
            {
                using (Threadwise.LockSet.Enter(_gate, other._gate))
                {
                    _balance = other._balance;
                }

                using (Threadwise.LockSet.Enter(_gate, other._gate)) other._balance = 0;
            }
        }
        """);

    [Theory]
    [InlineData("public readonly System.Threading.Lock _gate = new();")]
    [InlineData("public object _gate { get; } = new();")]
    [InlineData("public static readonly Account Root = new(); public readonly string _gate = \"\";")]
    public Task Fixes_whatever_cannot_be_replaced(string gate) => WithRuntime.Fixes<Fix>(
        Bank("lock (from._gate) { lock ([|to._gate|]) { from._balance -= amount; } }", gate), Bank("using (LockSet.Enter(from._gate, to._gate)) { from._balance -= amount; }", gate));

    [Fact]
    public Task Fixes_one_line_and_keeps_its_comments() => WithRuntime.Fixes<Fix>(
        Bank("lock (from._gate) { /* one */ lock (/* two */ [|to._gate|]) { from._balance -= amount;  /* three */ } } // five"),
        Bank("using (LockSet.Enter(from._gate, to._gate))   /* one */  /* two */  { from._balance -= amount;  /* three */ } // five"));

    [Fact]
    public Task Fixes_what_waits_inside() => WithRuntime.Fixes<Fix>(
        Bank("lock (from._gate) lock ([|to._gate|]) { while (to._balance < amount) Monitor.Wait(to._gate); Monitor.PulseAll(from._gate); }"),
        Bank("using (LockSet.Enter(from._gate, to._gate)) { while (to._balance < amount) Monitor.Wait(to._gate); Monitor.PulseAll(from._gate); }"));

    [Fact]
    public Task Fixes_in_async_methods_of_the_newest_language() => WithRuntime.Fixes<Fix>("""
        public class Account
        {
            private readonly object _gate = new();
            public async Task Meet(Account other) { await Task.Yield(); lock (_gate) { lock ([|other._gate|]) { Console.WriteLine(); } } await Task.Yield(); }
        }
        """, """
        public class Account
        {
            private readonly object _gate = new();
            public async Task Meet(Account other) { await Task.Yield(); using (Threadwise.LockSet.Enter(_gate, other._gate)) { Console.WriteLine(); } await Task.Yield(); }
        }
        """);

    [Fact]
    public Task Fixes_by_a_name_that_nothing_hides() => WithRuntime.Fixes<Fix>("""
        using Threadwise;

        public class LockSet
        {
            private readonly object _gate = new();
            public void Meet(LockSet other) { lock (_gate) { lock ([|other._gate|]) { Console.WriteLine(); } } }
        }
        """, """
        using Threadwise;

        public class LockSet
        {
            private readonly object _gate = new();
            public void Meet(LockSet other) { using (Threadwise.LockSet.Enter(_gate, other._gate)) { Console.WriteLine(); } }
        }
        """);

    [Fact]
    public Task Offers_nothing_without_the_runtime_library() =>
        Verify.NoFix<Fix>(Account("public static void Transfer(Account from, Account to) { lock (from._gate) { lock ([|to._gate|]) { } } }"));

    [Theory]
    [InlineData("lock (from._gate) { from._balance++; lock ([|to._gate|]) { } }")]
    [InlineData("lock (from._gate) { lock ([|to._gate|]) { } from._balance++; }")]
    [InlineData("lock (from._gate) { if (amount > 0) lock ([|to._gate|]) { } }")]
    [InlineData("lock (from._gate) { var other = to; lock ([|other._gate|]) { } }")]
    [InlineData("lock (from._gate) { [|to.Touch()|]; }", "private readonly object _gate = new(); private void Touch() { lock (_gate) _balance++; }")]
    [InlineData("lock (from._gate) { Monitor.Enter([|to._gate|]); Monitor.Exit(to._gate); }")]
    [InlineData("lock (from._gate) { lock ([|to._gate|]) { } }", "private object _gate = new();")]
    [InlineData("lock (from.Gate) { lock ([|to.Gate|]) { } }", "private object _gate = new(); private object Gate { get; set; } = new();")]
    [InlineData("Action later = () => to = from; lock (from._gate) { lock ([|to._gate|]) { later(); } }")]
    public Task Offers_nothing_where_the_order_of_evaluation_may_matter(string transfer, string gate = "private readonly object _gate = new();") =>
        new Verify.Case { HasRuntime = true }.NoFix<Fix>(Bank(transfer, gate));

    [Fact]
    public Task Offers_nothing_for_elements_of_an_array() => new Verify.Case { HasRuntime = true }.NoFix<Fix>(
        "public class C { private readonly object[] _all = { new(), new() }; public void M(int i, int j) { lock (_all[i]) { lock ([|_all[j]|]) { } } } }");

    [Fact]
    public Task Offers_nothing_where_a_scope_cannot_live() => new Verify.Case { HasRuntime = true }.NoFix<Fix>("""
        public class Account
        {
            private readonly object _gate = new();

            public IEnumerable<int> Both(Account other) { lock (_gate) { lock ([|other._gate|]) { yield return 1; } } }
        }
        """);

    [Fact]
    public Task Offers_nothing_in_async_methods_of_older_languages() => new Verify.Case { HasRuntime = true, Language = (LanguageVersion)1200 }.NoFix<Fix>("""
        public class Account
        {
            private readonly object _gate = new();
            public async Task Meet(Account other) { await Task.Yield(); lock (_gate) { lock ([|other._gate|]) { Console.WriteLine(); } } }
            public IEnumerable<int> Both(Account other) { lock (_gate) { lock ([|other._gate|]) { } } yield return 1; }
        }
        """);

    [Fact]
    public Task Fixes_in_languages_that_know_scopes_on_the_stack() => new Verify.Case { HasRuntime = true, Language = LanguageVersion.CSharp8 }.Fixes<Fix>(
        "public class A { private readonly object _gate = new object(); public void Meet(A other) { lock (_gate) { lock ([|other._gate|]) { } } } }",
        "public class A { private readonly object _gate = new object(); public void Meet(A other) { using (Threadwise.LockSet.Enter(_gate, other._gate)) { } } }");

    [Fact]
    public Task Offers_nothing_in_languages_that_do_not() => new Verify.Case { HasRuntime = true, Language = LanguageVersion.CSharp7_3 }.NoFix<Fix>(
        "public class A { private readonly object _gate = new object(); public void Meet(A other) { lock (_gate) { lock ([|other._gate|]) { } } } }");

    [Fact]
    public Task Offers_nothing_where_a_line_of_the_build_is_conditional() => new Verify.Case { HasRuntime = true }.NoFix<Fix>("""
        public class Account
        {
            private readonly object _gate = new();

            public void Meet(Account other)
            {
                lock (_gate)
                {
        #if EXTRA
                    Console.WriteLine();
        #endif
                    lock ([|other._gate|])
                    {
                    }
                }
            }
        }
        """);
}
