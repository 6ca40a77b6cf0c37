using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.WrongGuardMode>;

namespace Analyzers.Tests.Rules;

/// <summary>Locks that are held and do not help.</summary>
public partial class TW1005_WrongGuardMode
{
    private static Task Fires(string members) => Verify.Fires(Class(members));

    private static Task Silent(string members) => Verify.Silent(Class(members));

    private static string Class(string members) => $$"""
        public class C
        {
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly object _g = new();
            private int _x;
            private static int s_count;
            private static readonly object s_g = new();
            private static readonly List<int> s_list = new();

        {{members}}
        }
        """;

    [Fact]
    public Task C1_27_Fires_on_a_change_under_the_lock_for_reading() => Fires("""
        public void A()
        {
            _rw.EnterReadLock();
            try { [|_x|]++; }
            finally { _rw.ExitReadLock(); }
        }

        public void B()
        {
            _rw.EnterWriteLock();
            try { _x--; }
            finally { _rw.ExitWriteLock(); }
        }
        """);

    [Fact]
    public Task C1_28_Silent_on_a_change_after_the_upgrade() => Silent("""
        public void A()
        {
            _rw.EnterUpgradeableReadLock();
            try
            {
                if (_x > 0)
                {
                    _rw.EnterWriteLock();
                    try { _x = 0; }
                    finally { _rw.ExitWriteLock(); }
                }
            }
            finally { _rw.ExitUpgradeableReadLock(); }
        }

        public int B()
        {
            _rw.EnterReadLock();
            try { return _x; }
            finally { _rw.ExitReadLock(); }
        }
        """);

    [Fact]
    public Task Fires_on_a_change_before_the_upgrade() => Fires("""
        public void A()
        {
            _rw.EnterUpgradeableReadLock();
            try { [|_x|] = 0; }
            finally { _rw.ExitUpgradeableReadLock(); }
        }

        public int B()
        {
            _rw.EnterReadLock();
            try { return _x; }
            finally { _rw.ExitReadLock(); }
        }
        """);

    [Fact]
    public Task Silent_on_a_change_under_the_lock_for_reading_with_another_lock_too() => Silent("""
        public void A()
        {
            _rw.EnterReadLock();
            try { lock (_g) _x++; }
            finally { _rw.ExitReadLock(); }
        }

        public void B()
        {
            _rw.EnterWriteLock();
            try { _x--; }
            finally { _rw.ExitWriteLock(); }
        }
        """);

    [Fact]
    public Task Silent_on_state_the_lock_has_nothing_to_do_with() => Silent("""
        public void A()
        {
            _rw.EnterReadLock();
            try { _x++; }
            finally { _rw.ExitReadLock(); }
        }
        """);

    [Fact]
    public Task C4_127_Fires_on_a_static_under_the_lock_of_an_object() => Fires("""
        public void A() { lock (_g) [|s_count|]++; }
        public void B() { lock (_g) [|s_list|].Add(1); }
        """);

    [Fact]
    public Task Silent_on_a_static_under_a_static_lock() => Silent("""
        public void A() { lock (s_g) s_count++; }
        public static void B() { lock (typeof(C)) s_list.Add(1); }
        """);

    [Fact]
    public Task Silent_when_there_is_one_object() => Verify.Silent("""
        public class C
        {
            public static readonly C Instance = new();
            private readonly object _g = new();
            private static int s_count;
            private C() { }
            public void A() { lock (_g) s_count++; }
        }
        """);

    [Fact]
    public Task Silent_on_going_through_a_sorted_set_backwards_while_others_read() => Verify.Silent("""
        public class C
        {
            private readonly ReaderWriterLockSlim _lock = new();
            private readonly SortedSet<int> _set = new();

            public int[] Down()
            {
                _lock.EnterReadLock();
                try
                {
                    return _set.Reverse().ToArray();
                }
                finally
                {
                    _lock.ExitReadLock();
                }
            }

            public void Add(int x)
            {
                _lock.EnterWriteLock();
                try
                {
                    _set.Add(x);
                }
                finally
                {
                    _lock.ExitWriteLock();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_some_static_lock_is_held_elsewhere() => Silent("""
        public void A() { lock (_g) s_count++; }
        public static void B() { lock (s_g) s_count++; }
        """);
}
