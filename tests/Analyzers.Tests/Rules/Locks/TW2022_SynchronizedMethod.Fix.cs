using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.SynchronizedMethodFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SynchronizedMethod>;

namespace Analyzers.Tests.Rules;

public partial class TW2022_SynchronizedMethod
{
    [Fact]
    public Task Fixes_all_methods_and_locks_of_the_instance() => Verify.Fixes<Fix>("""
        using System.Runtime.CompilerServices;

        public class C
        {
            private int _x;

            /// <summary>Kept.</summary>
            [MethodImpl(MethodImplOptions.Synchronized)]
            public void [|M|]()
            {
                // kept
                _x++;
                Console.WriteLine(_x);
            }

            [Obsolete]
            [MethodImpl(MethodImplOptions.Synchronized)]
            public int [|N|]() => _x;

            public void O() { lock (this) _x--; }
        }
        """, """
        using System.Runtime.CompilerServices;

        public class C
        {
            private readonly object _gate = new();
            private int _x;

            /// <summary>Kept.</summary>
            public void M()
            {
                // kept
                lock (_gate)
                {
                    _x++;
                    Console.WriteLine(_x);
                }
            }

            [Obsolete]
            public int N()
            {
                lock (_gate)
                {
                    return _x;
                }
            }

            public void O() { lock (_gate) _x--; }
        }
        """);

    [Fact]
    public Task Fixes_static_methods_with_a_static_lock() => Verify.Fixes<Fix>("""
        using System.Runtime.CompilerServices;

        internal static class C
        {
            private static int s_x;

            [MethodImpl(MethodImplOptions.Synchronized)]
            public static void [|M|]()
            {
                s_x++;
            }
        }
        """, """
        using System.Runtime.CompilerServices;

        internal static class C
        {
            private static readonly object s_gate = new();
            private static int s_x;

            public static void M()
            {
                lock (s_gate)
                {
                    s_x++;
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_one_of_the_methods_cannot_be_changed() => Verify.NoFix<Fix>(
        Class("C", "MethodImplOptions.Synchronized", "[MethodImpl(MethodImplOptions.Synchronized)] public ref int [|N|]() => ref _x;"),
        Class("D", "MethodImplOptions.Synchronized | MethodImplOptions.NoInlining"));

    [Fact]
    public Task No_fix_when_others_lock_the_instance() => Verify.NoFix<Fix>(
        Class("C", "MethodImplOptions.Synchronized"), "public class D { public void M(C c) { lock (c) c.M(); } }");

    private static string Class(string name, string options, string more = "") => $$"""
        using System.Runtime.CompilerServices;

        public class {{name}}
        {
            private int _x;

            [MethodImpl({{options}})]
            public void [|M|]() => _x++;

            {{more}}
        }
        """;
}
