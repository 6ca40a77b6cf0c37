using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.LockOnFreshObjectFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOnFreshObject>;

namespace Analyzers.Tests.Rules;

public partial class TW2020_LockOnFreshObject
{
    [Fact]
    public Task Fixes_a_new_object_with_a_field() => Verify.Fixes<Fix>("""
        public class C
        {
            private int _x;
            public void M() { lock ([|new object()|]) _x++; }
        }

        public class D
        {
            private static int s_x;

            public static void M()
            {
                lock ([|new object()|]) // kept
                    s_x++;
            }
        }
        """, """
        public class C
        {
            private readonly object _gate = new();
            private int _x;
            public void M() { lock (_gate) _x++; }
        }

        public class D
        {
            private static readonly object s_gate = new();
            private static int s_x;

            public static void M()
            {
                lock (s_gate) // kept
                    s_x++;
            }
        }
        """);

    [Fact]
    public Task Fixes_a_local_with_a_field() => Verify.Fixes<Fix>("""
        public class C
        {
            private int _x;

            public void M()
            {
                // kept
                var gate = new object();
                lock ([|gate|])
                    _x++;
                Console.WriteLine();
                lock ([|gate|])
                    _x--;
            }
        }
        """, """
        public class C
        {
            private readonly object _gate = new();
            private int _x;

            public void M()
            {
                // kept
                lock (_gate)
                    _x++;
                Console.WriteLine();
                lock (_gate)
                    _x--;
            }
        }
        """);

    [Fact]
    public Task Fixes_a_property_with_a_value_of_its_own() => Verify.Fixes<Fix>("""
        public class C
        {
            private object Gate => new(); // kept
            private static object Door => new object();
            public void M() { lock ([|Gate|]) lock ([|Door|]) { } }
            public void N() { lock ([|Gate|]) { } }
            public void O() { lock ([|Door|]) { } }
        }
        """.Replace("lock ([|Gate|]) lock ([|Door|]) { }", "lock ([|Gate|]) { }"), """
        public class C
        {
            private object Gate { get; } = new(); // kept
            private static object Door { get; } = new object();
            public void M() { lock (Gate) { } }
            public void N() { lock (Gate) { } }
            public void O() { lock (Door) { } }
        }
        """);

    [Fact]
    public Task No_fix_when_the_code_inside_may_wait() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _other = new();
            public void M() { lock ([|new object()|]) lock (_other) { } }
            public void N(Task t) { lock ([|new object()|]) t.Wait(); }
        }
        """);

    [Fact]
    public Task No_fix_for_data_texts_and_types_that_cannot_have_the_field() => Verify.NoFix<Fix>("""
        public class C
        {
            public int M(int n, string id)
            {
                var items = new List<int>();
                lock ([|items|])
                    items.Add(n);
                lock ([|id + "x"|]) { }
                return items.Count;
            }
        }

        public struct S
        {
            public void M() { lock ([|new object()|]) { } }
        }
        """);
}
