using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.LockOrderInversionFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversion>;

namespace Analyzers.Tests.Rules;

public partial class TW2001_LockOrderInversion
{
    [Fact]
    public Task Fixes_the_later_leg_by_exchanging_its_locks() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();

            public void M()
            {
                lock (_a)
                {
                    lock ([|_b|])
                    {
                        Console.WriteLine(1);
                    }
                }
            }

            public void N()
            {
                lock (_b) // kept
                {
                    lock ([|_a|])
                    {
                        Console.WriteLine(2);
                    }
                }
            }
        }
        """, """
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();

            public void M()
            {
                lock (_a)
                {
                    lock (_b)
                    {
                        Console.WriteLine(1);
                    }
                }
            }

            public void N()
            {
                lock (_a) // kept
                {
                    lock (_b)
                    {
                        Console.WriteLine(2);
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Fixes_locks_without_braces() => Verify.Fixes<Fix>("""
        public static class C
        {
            private static readonly object A = new();
            private static readonly object B = new();

            public static void M()
            {
                lock (A)
                lock ([|B|])
                    Console.WriteLine(1);
            }

            public static void N()
            {
                lock (B)
                lock ([|A|])
                    Console.WriteLine(2);
            }
        }
        """, """
        public static class C
        {
            private static readonly object A = new();
            private static readonly object B = new();

            public static void M()
            {
                lock (A)
                lock (B)
                    Console.WriteLine(1);
            }

            public static void N()
            {
                lock (A)
                lock (B)
                    Console.WriteLine(2);
            }
        }
        """);

    [Fact]
    public Task Fixes_the_nested_leg_when_the_other_goes_through_a_call() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();

            public void M()
            {
                lock (_a)
                {
                    [|TakeB()|];
                }
            }

            public void N()
            {
                lock (_b)
                {
                    lock ([|_a|])
                    {
                        Console.WriteLine(2);
                    }
                }
            }

            private void TakeB()
            {
                lock (_b)
                {
                    Console.WriteLine(1);
                }
            }
        }
        """, """
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();

            public void M()
            {
                lock (_a)
                {
                    TakeB();
                }
            }

            public void N()
            {
                lock (_a)
                {
                    lock (_b)
                    {
                        Console.WriteLine(2);
                    }
                }
            }

            private void TakeB()
            {
                lock (_b)
                {
                    Console.WriteLine(1);
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_the_outer_lock_also_guards_other_statements() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();

            public void M()
            {
                lock (_a)
                {
                    Console.WriteLine(1);
                    lock ([|_b|])
                    {
                    }
                }
            }

            public void N()
            {
                lock (_b)
                {
                    lock ([|_a|])
                    {
                    }

                    Console.WriteLine(2);
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_both_legs_go_through_calls() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();

            public void M()
            {
                lock (_a)
                {
                    [|TakeB()|];
                }
            }

            public void N()
            {
                lock (_b)
                {
                    [|TakeA()|];
                }
            }

            private void TakeA()
            {
                lock (_a)
                {
                }
            }

            private void TakeB()
            {
                lock (_b)
                {
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_for_semaphores() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly SemaphoreSlim _a = new(1, 1);
            private readonly SemaphoreSlim _b = new(1, 1);

            public void M()
            {
                _a.Wait();
                [|_b|].Wait();
                _b.Release();
                _a.Release();
            }

            public void N()
            {
                _b.Wait();
                [|_a|].Wait();
                _a.Release();
                _b.Release();
            }
        }
        """);
}
