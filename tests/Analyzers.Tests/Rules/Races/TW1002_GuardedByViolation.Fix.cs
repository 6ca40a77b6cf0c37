using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.GuardedByViolationFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.GuardedByViolation>;

namespace Analyzers.Tests.Rules;

public partial class TW1002_GuardedByViolation
{
    [Fact]
    public Task Fixes_a_statement() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M()
            {
                // before
                [|_x|]++; // kept
                Console.WriteLine();
            }
        }
        """, """
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M()
            {
                // before
                lock (_g)
                {
                    _x++; // kept
                }
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task Fixes_a_statement_without_braces() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M(bool b)
            {
                if (b)
                    [|_x|] = 1;
            }
        }
        """, """
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M(bool b)
            {
                if (b)
                    lock (_g)
                    {
                        _x = 1;
                    }
            }
        }
        """);

    [Fact]
    public Task Fixes_a_return() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public int M()
            {
                return [|_x|];
            }
        }
        """, """
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public int M()
            {
                lock (_g)
                {
                    return _x;
                }
            }
        }
        """);

    [Fact]
    public Task Fixes_an_expression_body() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public void Set(int x) => [|_x|] = x;
        }
        """, """
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public void Set(int x)
            {
                lock (_g)
                {
                    _x = x;
                }
            }
        }
        """);

    [Fact]
    public Task Fixes_a_property_with_an_expression_body() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public int X => [|_x|];
        }
        """, """
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public int X
            {
                get
                {
                    lock (_g)
                    {
                        return _x;
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Fixes_the_access_of_another_object_with_its_guard() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M(C other)
            {
                [|other._x|] = 1;
            }
        }
        """, """
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M(C other)
            {
                lock (other._g)
                {
                    other._x = 1;
                }
            }
        }
        """);

    [Fact]
    public Task Fixes_several_statements_at_once() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M()
            {
                [|_x|] = 1;
            }

            public void N()
            {
                Console.WriteLine();
                [|_x|] = 2;
            }
        }
        """, """
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M()
            {
                lock (_g)
                {
                    _x = 1;
                }
            }

            public void N()
            {
                Console.WriteLine();
                lock (_g)
                {
                    _x = 2;
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_the_guard_does_not_exist() => Verify.NoFix<Fix>("""
        public class C
        {
            [GuardedBy([|"missing"|])] private int _x;
            public int X => _x;
        }
        """);

    [Fact]
    public Task No_fix_when_the_statement_awaits() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public async Task M(Task<int> t)
            {
                [|_x|] = await t;
            }
        }
        """);

    [Fact]
    public Task No_fix_when_the_statement_yields() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public IEnumerable<int> M()
            {
                yield return [|_x|];
            }
        }
        """);

    [Fact]
    public Task No_fix_when_the_guard_cannot_be_seen_from_there() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] internal int X;
            public object Gate => _g;
        }

        public class D
        {
            public void M(C c)
            {
                [|c.X|] = 1;
            }
        }
        """);

    [Fact]
    public Task No_fix_in_the_arguments_of_a_constructor_initialiser() => Verify.NoFix<Fix>("""
        public class C
        {
            private static readonly object Gate = new();
            [GuardedBy("Gate")] private static int s_x;
            public C(int x) => Console.WriteLine(x);
            public C() : this([|s_x|]) { }
        }
        """);
}
