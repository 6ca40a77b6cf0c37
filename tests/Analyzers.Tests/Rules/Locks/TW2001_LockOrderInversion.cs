using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversion>;

namespace Analyzers.Tests.Rules;

public partial class TW2001_LockOrderInversion
{
    /// <summary>A class with two locks.</summary>
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();

        {{members}}
        }
        """;

    private const string Reverse = "\n        public void N() { lock (_b) { lock ([|_a|]) { } } }";

    private static Task Fires(string members) => Verify.Fires(Class(members));

    /// <summary>Beside a method that takes the second lock first.</summary>
    private static Task FiresBeside(string members) => Verify.Fires(Class(members + Reverse));

    private static Task Silent(string members) => Verify.Silent(Class(members));

    private static Task SilentBeside(string members) => Verify.Silent(Class(members + Reverse.Replace("[|_a|]", "_a")));

    [Fact]
    public Task C5_136_Fires_on_both_legs_of_directly_nested_locks() => FiresBeside("""
        public void M() { lock (_a) { lock ([|_b|]) { } } }
        """);

    [Fact]
    public Task C5_140_Fires_at_the_call_of_a_private_helper_that_takes_the_second_lock() => FiresBeside("""
        public void M() { lock (_a) { [|TakeB()|]; } }
        private void TakeB() { lock (_b) { } }
        """);

    [Fact]
    public Task Fires_two_private_calls_away_on_both_legs() => Fires("""
        public void M() { lock (_a) { [|One(1)|]; } }

        public int N()
        {
            lock (_b)
            {
                return [|Two()|];
            }
        }

        private void One(int i) => TakeB();
        private int Two() => TakeA();

        private void TakeB() { lock (_b) { } }

        private int TakeA()
        {
            lock (_a)
            {
                return 1;
            }
        }
        """);

    [Fact]
    public Task Fires_when_the_second_lock_is_taken_by_a_private_property() => Fires("""
        public void M() { lock (_a) { [|this.TakeB()|]; } }
        private void TakeB() { lock (_b) { } }
        public void N() { lock (_b) { _ = [|TakeA|]; } }

        private int TakeA
        {
            get
            {
                lock (_a)
                {
                    return 1;
                }
            }
        }
        """);

    [Fact]
    public Task C5_141_Fires_on_all_three_legs_of_a_longer_cycle() => Verify.Fires("""
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();
            private readonly object _c = new();

            public void M()
            {
                lock (_a)
                    lock ([|_b|])
                    {
                    }
            }

            public void N()
            {
                lock (_b)
                    lock ([|_c|])
                    {
                    }
            }

            public void O()
            {
                lock (_c)
                    lock ([|_a|])
                    {
                    }
            }
        }
        """);

    [Fact]
    public Task Fires_on_the_Lock_type() => Verify.Fires("""
        public class C
        {
            private readonly Lock _a = new();
            private readonly Lock _b = new();

            public void M() { lock (_a) { lock ([|_b|]) { } } }

            public void N()
            {
                using (_b.EnterScope())
                {
                    using ([|_a|].EnterScope())
                    {
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Fires_on_Enter_and_Exit() => FiresBeside("""
        public void M()
        {
            Monitor.Enter(_a);
            try
            {
                Monitor.Enter([|_b|]);
                try
                {
                }
                finally
                {
                    Monitor.Exit(_b);
                }
            }
            finally
            {
                Monitor.Exit(_a);
            }
        }
        """);

    [Fact]
    public Task Fires_on_semaphores_of_one() => Verify.Fires("""
        public class C
        {
            private readonly SemaphoreSlim _a = new(1, 1);
            private readonly SemaphoreSlim _b = new(1, 1);

            public async Task M()
            {
                await _a.WaitAsync();
                try
                {
                    await [|_b|].WaitAsync();
                    try
                    {
                    }
                    finally
                    {
                        _b.Release();
                    }
                }
                finally
                {
                    _a.Release();
                }
            }

            public void N()
            {
                _b.Wait();
                try
                {
                    [|_a|].Wait();
                    try
                    {
                    }
                    finally
                    {
                        _a.Release();
                    }
                }
                finally
                {
                    _b.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_monitor_and_a_semaphore() => Verify.Fires("""
        public class C
        {
            private readonly object _a = new();
            private readonly SemaphoreSlim _b = new(1, 1);

            public void M()
            {
                lock (_a)
                {
                    [|_b|].Wait();
                    _b.Release();
                }
            }

            public void N()
            {
                _b.Wait();
                try
                {
                    lock ([|_a|])
                    {
                    }
                }
                finally
                {
                    _b.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Fires_on_static_locks() => Verify.Fires("""
        public static class C
        {
            private static readonly object A = new();
            private static readonly object B = new();

            public static void M() { lock (A) { lock ([|B|]) { } } }
            public static void N() { lock (C.B) { lock ([|C.A|]) { } } }
        }
        """);

    [Fact]
    public Task C5_144_Fires_on_the_type_and_this() => Verify.Fires("""
        public class C
        {
            public void M() { lock (this) { lock ([|typeof(C)|]) { } } }
            public void N() { lock (typeof(C)) { lock ([|this|]) { } } }
        }
        """);

    [Fact]
    public Task Fires_across_parts_and_nested_types() => Verify.Fires("""
        public partial class C
        {
            private static readonly object A = new();
            private static readonly object B = new();

            public void M() { lock (A) { lock ([|B|]) { } } }
        }

        public partial class C
        {
            public class Nested
            {
                public void N() { lock (B) { lock ([|A|]) { } } }
            }
        }
        """);

    [Fact]
    public Task Fires_when_the_first_lock_was_only_tried_for() => FiresBeside("""
        public void M()
        {
            if (!Monitor.TryEnter(_a))
                return;
            try
            {
                lock ([|_b|])
                {
                }
            }
            finally
            {
                Monitor.Exit(_a);
            }
        }
        """);

    [Fact]
    public Task C5_138_Fires_when_the_gate_is_held_on_one_leg_only() => Verify.Fires("""
        public class C
        {
            private readonly object _gate = new();
            private readonly object _a = new();
            private readonly object _b = new();

            public void M()
            {
                lock (_gate)
                {
                    lock (_a)
                    {
                        lock ([|_b|])
                        {
                        }
                    }
                }
            }

            public void N() { lock (_b) { lock ([|_a|]) { } } }
        }
        """);

    [Fact]
    public Task Fires_through_aliases_and_properties() => Verify.Fires("""
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();
            private object Gate => _a;

            public void M()
            {
                var b = _b;
                lock (Gate)
                {
                    lock ([|b|])
                    {
                    }
                }
            }

            public void N() { lock (_b) { lock ([|_a|]) { } } }
        }
        """);

    [Fact]
    public Task Fires_in_a_lambda_that_runs_elsewhere() => Fires("""
        public void M() { lock (_a) { lock ([|_b|]) { } } }

        public Task N() => Task.Run(() =>
        {
            lock (_b)
            {
                lock ([|_a|])
                {
                }
            }
        });
        """);
}
