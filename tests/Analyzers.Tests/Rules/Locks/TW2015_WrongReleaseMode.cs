using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.WrongReleaseModeFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.WrongReleaseMode>;

namespace Analyzers.Tests.Rules;

public class TW2015_WrongReleaseMode
{
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly ReaderWriterLock _old = new();
            private int _x;

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    [Theory]
    [InlineData("EnterWriteLock", "ExitReadLock", "ExitWriteLock", "reader", "writer")]
    [InlineData("EnterReadLock", "ExitWriteLock", "ExitReadLock", "writer", "reader")]
    [InlineData("EnterUpgradeableReadLock", "ExitReadLock", "ExitUpgradeableReadLock", "reader", "upgradeable reader")]
    public async Task Fires_and_fixes_the_exit(string enter, string wrong, string right, string left, string entered)
    {
        string Body(string exit) => Class($$"""
            public void M()
            {
                _rw.{{enter}}();
                try
                {
                    _x++;
                }
                finally
                {
                    {{exit}}; // done
                }
            }
            """);
        await Verify.Fires(Body($"[|_rw.{wrong}()|]"), $"'C.M' leaves '_rw' as {left}, but entered it as {entered} (Test0.cs:9); this throws, and the lock stays taken");
        await Verify.Fixes<Fix>(Body($"[|_rw.{wrong}()|]"), Body($"_rw.{right}()"));
    }

    [Fact]
    public Task Fires_after_a_try() => Verify.Fires(Class("""
        public void M()
        {
            if (!_rw.TryEnterReadLock(10))
                return;
            _x++;
            [|_rw.ExitWriteLock()|];
        }
        """));

    [Fact]
    public Task Fires_in_a_helper_that_all_callers_enter_otherwise() => Verify.Fires(Class("""
        public void M()
        {
            _rw.EnterWriteLock();
            Leave();
        }

        private void Leave() => [|_rw.ExitReadLock()|];
        """), "'C.Leave' leaves '_rw' as reader, but entered it as writer (Test0.cs:13); this throws, and the lock stays taken");

    [Fact]
    public Task Silent_on_matching_pairs() => Verify.Silent(Class("""
        public void M()
        {
            _rw.EnterUpgradeableReadLock();
            _rw.EnterWriteLock();
            _rw.ExitWriteLock();
            _rw.EnterReadLock();
            _rw.ExitUpgradeableReadLock();
            _rw.ExitReadLock();
        }
        """));

    [Fact]
    public Task Silent_when_a_flag_says_which() => Verify.Silent(Class("""
        public void M(bool write)
        {
            if (write)
                _rw.EnterWriteLock();
            else
                _rw.EnterReadLock();
            try
            {
                _x++;
            }
            finally
            {
                if (write)
                    _rw.ExitWriteLock();
                else
                    _rw.ExitReadLock();
            }
        }

        public void N()
        {
            if (_x > 0)
                _rw.EnterWriteLock();
            else
                _rw.EnterReadLock();
            if (_x > 0)
                _rw.ExitWriteLock();
            else
                _rw.ExitReadLock();
        }
        """));

    [Fact]
    public Task Silent_on_the_old_lock_which_takes_either() => Verify.Silent(Class("""
        public void M()
        {
            _old.AcquireReaderLock(-1);
            _old.ReleaseLock();
            _old.AcquireWriterLock(-1);
            _old.ReleaseReaderLock();
        }
        """));

    [Fact]
    public Task Silent_when_nothing_is_held() => Verify.Silent(Class("""
        public void Leave() => _rw.ExitReadLock();

        public void M(C other)
        {
            _rw.EnterWriteLock();
            other._rw.ExitReadLock();
            _rw.ExitWriteLock();
        }
        """));
}
