using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOnFreshObject>;

namespace Analyzers.Tests.Rules;

public partial class TW2020_LockOnFreshObject
{
    [Fact]
    public Task Fires_on_an_object_made_in_the_lock_statement() => Verify.Fires("""
        public class C
        {
            private int _x;
            public void M() { lock ([|new object()|]) _x++; }
        }
        """, "'C.M' locks a new Object, which is another object on every call, so that nobody is kept out");

    [Fact]
    public Task Fires_on_a_local_nobody_else_has() => Verify.Fires("""
        public class C
        {
            private int _x;

            public void M()
            {
                var gate = new object();
                lock ([|gate|])
                    _x++;
            }

            public void N()
            {
                object gate = new();
                Monitor.Enter([|gate|]);
                try { _x++; }
                finally { Monitor.Exit(gate); }
            }
        }
        """, "'C.M' locks 'gate', which is another object on every call, so that nobody is kept out");

    [Fact]
    public Task Fires_on_a_local_container_that_stays_here() => Verify.Fires("""
        public class C
        {
            public int M(int n)
            {
                var items = new List<int>();
                lock ([|items|])
                    items.Add(n);
                return items.Count;
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_property_that_makes_one_on_every_reading() => Verify.Fires("""
        public class C
        {
            private object Gate => new();
            public void M() { lock ([|Gate|]) { } }
        }
        """, "'C.M' locks 'Gate', which is another object on every call, so that nobody is kept out");

    [Fact]
    public Task Fires_on_copies_and_texts_made_for_the_moment() => Verify.Fires("""
        public class C
        {
            private readonly List<int> _items = new();

            public void M(string id)
            {
                lock ([|_items.ToArray()|]) { }
                lock ([|id + "x"|]) { }
                lock ([|$"{id}x"|]) { }
                lock ([|new { id }|]) { }
                lock ([|new int[1]|]) { }
            }
        }
        """);

    [Fact]
    public Task Fires_on_new_locks_of_other_kinds() => Verify.Fires("""
        public class C
        {
            public void M()
            {
                var door = new ReaderWriterLockSlim();
                [|door|].EnterWriteLock();
                door.ExitWriteLock();
            }

            public void N()
            {
                var own = new Lock();
                lock ([|own|]) { }
            }
        }
        """);

    [Fact]
    public Task Silent_on_fields_parameters_and_what_others_made() => Verify.Silent("""
        public class C
        {
            private readonly object _gate = new();
            private object Gate { get; } = new();
            private static object Find() => s_gate;
            private static readonly object s_gate = new();

            public void M(object gate)
            {
                lock (_gate) { }
                lock (Gate) { }
                lock (gate) { }
                var own = Find();
                lock (own) { }
                lock (Find()) { }
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_local_that_lambdas_and_local_functions_share() => Verify.Silent("""
        public class C
        {
            public int M()
            {
                var (gate, sum) = (new object(), 0);
                var door = new object();
                var key = new object();
                Parallel.For(0, 10, i => { lock (gate) sum += i; });
                Parallel.For(0, 10, i => { lock (door) sum += i; });
                lock (door)
                    sum++;
                Parallel.Invoke(Add, Add);
                return sum;

                void Add() { lock (key) sum++; }
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_local_of_the_lambda_itself() => Verify.Fires("""
        public class C
        {
            public int M()
            {
                var sum = 0;
                Parallel.For(0, 10, i =>
                {
                    var gate = new object();
                    lock ([|gate|])
                        sum += i;
                });
                return sum;
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_local_that_is_handed_on_or_stored() => Verify.Silent("""
        public class C
        {
            private readonly List<object> _all = new();
            private object? _last;

            public object M()
            {
                var a = new object();
                lock (a)
                    _all.Add(a);
                var b = new object();
                _last = b;
                lock (b) { }
                var c = new List<int>();
                lock (c)
                    Use(c);
                var d = new object();
                lock (d)
                    return d;
            }

            public IEnumerable<object> N()
            {
                var e = new object();
                yield return e;
                lock (e) { }
            }

            private static void Use(List<int> items) { }
        }
        """);

    [Fact]
    public Task Silent_on_an_object_of_our_own_that_may_tell_others_of_itself() => Verify.Silent("""
        public class Worker
        {
            public void Start() { }
        }

        public class C
        {
            public void M()
            {
                var worker = new Worker();
                lock (worker)
                    worker.Start();
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_local_that_can_be_another_object() => Verify.Silent("""
        public class C
        {
            private readonly object _gate = new();

            public void M(bool b)
            {
                var gate = new object();
                if (b)
                    gate = _gate;
                lock (gate) { }
            }
        }
        """);

    [Fact]
    public Task Silent_on_what_has_a_name_and_on_semaphores() => Verify.Silent("""
        public class C
        {
            public void M()
            {
                var mutex = new Mutex(false, "Global\\x");
                mutex.WaitOne();
                mutex.ReleaseMutex();
                var turns = new SemaphoreSlim(0);
                turns.Wait(100);
            }
        }
        """);
}
