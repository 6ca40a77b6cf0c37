using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.NonAtomicVolatileUpdateFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.NonAtomicVolatileUpdate>;

namespace Analyzers.Tests.Rules;

public partial class TW1009_NonAtomicVolatileUpdate
{
    private static string Class(string members) => $$"""
        public class C
        {
            private volatile int _n;
            private volatile object? _o;
            private static volatile int s_n;
            private readonly object _g = new();

        {{members}}
        }
        """;

    [Fact]
    public Task Fires_C2_72_on_an_increment() => Verify.Fires(Class("""
            public void M() => [|_n++|];
        """), "'C._n' is volatile, but '++' in 'C.M' reads it and writes it in two steps; what another thread wrote in between is lost");

    [Fact]
    public Task Silent_C2_73_on_a_flag_set_here_and_read_there() => Verify.Silent("""
        public class C
        {
            private volatile bool _stop;
            public void Stop() => _stop = true;

            public void Run()
            {
                while (!_stop)
                    Thread.Sleep(1);
            }
        }
        """);

    [Fact]
    public Task Fires_on_every_operator() => Verify.Fires(Class("""
            public void M(int x)
            {
                [|--_n|];
                [|_n += x|];
                [|_n |= x|];
                [|s_n = s_n + x|];
                [|_n = -_n|];
                [|_o ??= new object()|];
                var n = _n;
                [|_n = n + 1|];
            }
        """));

    [Fact]
    public Task Silent_under_a_lock() => Verify.Silent(Class("""
            public void M()
            {
                lock (_g)
                    _n++;
            }

            public void N()
            {
                lock (_g)
                    Core();
            }

            private void Core() => _n++;
        """));

    [Fact]
    public Task Silent_in_construction_and_on_new_objects() => Verify.Silent(Class("""
            public C() => _n++;

            public static C Of(int x)
            {
                var c = new C();
                c._n += x;
                return c;
            }
        """));

    [Fact]
    public Task Silent_when_the_field_is_not_volatile_or_changed_in_one_step() => Verify.Silent(Class("""
            private int _m;
            public void M() => _m++;
            public void N() => Interlocked.Increment(ref _n);
        """));

    [Fact]
    public Task Silent_on_a_plain_write() => Verify.Silent(Class("""
            public void M(int x)
            {
                _n = x;
                _o = null;
                if (_n > 3)
                    _n = 3;
            }
        """));

    [Fact]
    public Task Silent_when_one_step_leads_to_the_next() => Verify.Silent("""
        public sealed class Node
        {
            public Node? Next;
        }

        public class C
        {
            private volatile Node? _first;
            public void M() => _first = _first?.Next;
            public void N() => _first = After(_first);
            private static Node? After(Node? node) => node?.Next;
        }
        """);

    [Fact]
    public Task Silent_behind_a_gate() => Verify.Silent(Class("""
            private int _busy;

            public void M()
            {
                if (Interlocked.Exchange(ref _busy, 1) == 0)
                    _n++;
            }
        """));

    [Fact]
    public Task Fixes_all_changes_of_the_field() => Verify.Fixes<Fix>(Class("""
            public int M(int x)
            {
                [|_n++|]; // kept
                [|_n += x|];
                return [|_n++|];
            }

            public object N() => [|_o ??= new object()|];
            public void O() => [|_n++|];
        """), Class("""
            public int M(int x)
            {
                Interlocked.Increment(ref _n); // kept
                Interlocked.Add(ref _n, x);
                return Interlocked.Increment(ref _n) - 1;
            }

            public object N() => (_o ?? Interlocked.CompareExchange(ref _o, new object(), null) ?? _o);
            public void O() => Interlocked.Increment(ref _n);
        """));

    [Fact]
    public Task No_fix_when_one_cannot_be_made_in_one_step() => Verify.NoFix<Fix>(Class("""
            public void M() => [|_n++|];
            public void N(int x) => [|_n = _n * x|];
        """));

    [Fact]
    public Task No_fix_for_a_type_that_has_no_such_step() => Verify.NoFix<Fix>("""
        public class C
        {
            private volatile short _n;
            public void M() => [|_n++|];
        }
        """);
}
