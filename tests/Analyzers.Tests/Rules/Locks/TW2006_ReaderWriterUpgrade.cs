using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ReaderWriterUpgradeFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ReaderWriterUpgrade>;

namespace Analyzers.Tests.Rules;

public class TW2006_ReaderWriterUpgrade
{
    private static string Class(string members, string arguments = "") => $$"""
        public class C
        {
            private readonly ReaderWriterLockSlim _rw = new({{arguments}});
            private readonly ReaderWriterLock _old = new();
            private readonly Dictionary<string, int> _table = [];
            private int _x;

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    private const string Cached = """
        public int Get(string key)
        {
            _rw.EnterReadLock(); // read
            try
            {
                if (_table.TryGetValue(key, out var known))
                    return known;
                [|_rw.EnterWriteLock()|];
                try
                {
                    return _table[key] = key.Length;
                }
                finally
                {
                    _rw.ExitWriteLock();
                }
            }
            finally
            {
                _rw.ExitReadLock();
            }
        }
        """;

    [Fact]
    public Task C5_160_Fires_on_a_write_lock_inside_a_read_lock() =>
        Verify.Fires(Class(Cached), "'C.Get' asks for '_rw' for writing while it holds it for reading (Test0.cs:10); the lock refuses that with an exception");

    /// <summary>Recursion is no way round: the lock throws all the same.</summary>
    [Fact]
    public Task Fires_on_a_lock_that_supports_recursion() => Verify.Fires(Class(Cached, "LockRecursionPolicy.SupportsRecursion"));

    [Fact]
    public Task Fires_through_a_call() => Verify.Fires(Class("""
        public int Get(string key)
        {
            _rw.EnterReadLock();
            try
            {
                [|Add(key)|];
                return _table[key];
            }
            finally
            {
                _rw.ExitReadLock();
            }
        }

        private void Add(string key)
        {
            _rw.EnterWriteLock();
            _table[key] = 1;
            _rw.ExitWriteLock();
        }
        """), "'C.Get' → 'C.Add' asks for '_rw' for writing while it holds it for reading (Test0.cs:10); the lock refuses that with an exception");

    [Theory]
    [InlineData("[|_rw.EnterUpgradeableReadLock()|];")]
    [InlineData("if ([|_rw.TryEnterWriteLock(10)|]) _rw.ExitWriteLock();")]
    public Task Fires_on_every_way_to_ask(string ask) => Verify.Fires(Class($$"""
        public void M()
        {
            _rw.EnterReadLock();
            {{ask}}
            _rw.ExitReadLock();
        }
        """));

    [Fact]
    public Task C5_160_Silent_on_an_upgradeable_read_lock() => Verify.Silent(Class(Cached.Replace("EnterReadLock", "EnterUpgradeableReadLock").Replace("ExitReadLock", "ExitUpgradeableReadLock").Replace("[|", "").Replace("|]", "")));

    [Fact]
    public Task Silent_when_the_read_lock_was_left() => Verify.Silent(Class("""
        public void M()
        {
            _rw.EnterReadLock();
            var x = _x;
            _rw.ExitReadLock();
            if (x > 0)
            {
                _rw.EnterWriteLock();
                _x = 0;
                _rw.ExitWriteLock();
            }
        }
        """));

    [Fact]
    public Task Silent_on_another_lock() => Verify.Silent(Class("""
        public void M(C other)
        {
            _rw.EnterReadLock();
            other._rw.EnterWriteLock();
            other._rw.ExitWriteLock();
            _rw.ExitReadLock();
        }
        """));

    [Fact]
    public Task Silent_on_the_old_lock_which_can_be_upgraded() => Verify.Silent(Class("""
        public void M()
        {
            _old.AcquireReaderLock(-1);
            var cookie = _old.UpgradeToWriterLock(-1);
            _old.DowngradeFromWriterLock(ref cookie);
            _old.ReleaseReaderLock();
        }
        """));

    [Fact]
    public Task Silent_when_an_argument_decides() => Verify.Silent(Class("""
        public void M()
        {
            _rw.EnterReadLock();
            N(held: true);
            _rw.ExitReadLock();
        }

        private void N(bool held)
        {
            if (!held)
                _rw.EnterWriteLock();
            _x++;
            if (!held)
                _rw.ExitWriteLock();
        }
        """));

    [Fact]
    public Task Fixes_with_an_upgradeable_read_lock() => Verify.Fixes<Fix>(
        Class(Cached), Class(Cached.Replace("EnterReadLock", "EnterUpgradeableReadLock").Replace("ExitReadLock", "ExitUpgradeableReadLock").Replace("[|", "").Replace("|]", "")));

    [Theory]
    [InlineData("_rw.EnterReadLock(); [|Add()|]; _rw.ExitReadLock();")]
    [InlineData("_rw.EnterReadLock(); [|_rw.EnterWriteLock()|];")]
    [InlineData("_rw.EnterReadLock(); [|_rw.EnterUpgradeableReadLock()|]; _rw.ExitReadLock();")]
    [InlineData("_rw.EnterReadLock(); [|_rw.EnterWriteLock()|]; _rw.ExitWriteLock(); _rw.ExitReadLock(); _rw.EnterReadLock(); _rw.ExitReadLock();")]
    public Task No_fix_when_it_is_not_one_plain_read_lock(string code) => Verify.NoFix<Fix>(Class($$"""
        public void M()
        {
            {{code}}
        }

        private void Add()
        {
            _rw.EnterWriteLock();
            _rw.ExitWriteLock();
        }
        """));
}
