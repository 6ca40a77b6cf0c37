using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingCallUnderLock>;

namespace Analyzers.Tests.Rules;

public class TW2010_BlockingCallUnderLock
{
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly SemaphoreSlim _s = new(1, 1);
            private readonly ManualResetEventSlim _set = new();
            private readonly ReaderWriterLockSlim _rw = new();
            private int _x;

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    private static Task Fires(string members, params string[] messages) => Verify.Fires(Class(members), messages);

    private static Task Silent(string members) => Verify.Silent(Class(members));

    [Fact]
    public Task Fires_on_a_sleep() => Fires("""
        public void M()
        {
            lock (_g)
                [|Thread.Sleep(10)|];
        }
        """, "'C.M' calls 'Thread.Sleep' while it holds '_g' (Test0.cs:11); everybody who wants the lock waits as long");

    [Theory]
    [InlineData("[|t.Wait()|]")]
    [InlineData("_x = [|t.Result|]")]
    [InlineData("[|t.GetAwaiter().GetResult()|]")]
    [InlineData("[|_set.Wait()|]")]
    [InlineData("[|thread.Join()|]")]
    [InlineData("_x = [|System.IO.File.ReadAllText(\"a\")|].Length")]
    public Task Fires_on_a_wait_and_on_input(string code) => Fires($$"""
        public void M(Task<int> t, Thread thread)
        {
            lock (_g)
            {
                {{code}};
            }
        }
        """);

    [Fact]
    public Task Fires_through_private_calls_where_the_lock_was_taken() => Fires("""
        public void M()
        {
            _rw.EnterWriteLock();
            try { [|A()|]; } finally { _rw.ExitWriteLock(); }
        }

        private void A() => B();

        private void B() => Thread.Sleep(10);
        """, "'C.M' → 'C.A' → 'C.B' calls 'Thread.Sleep' while it holds '_rw' (Test0.cs:11); everybody who wants the lock waits as long");

    [Fact]
    public Task Silent_after_the_lock() => Silent("""
        public void M()
        {
            lock (_g)
                _x++;
            Thread.Sleep(10);
            Monitor.Enter(_g);
            Monitor.Exit(_g);
            Thread.Sleep(10);
        }
        """);

    [Fact]
    public Task C5_166_Silent_on_waiting_for_a_pulse_of_the_lock_itself() => Silent("""
        public void M()
        {
            lock (_g)
                while (_x == 0)
                    Monitor.Wait(_g);
        }
        """);

    [Fact]
    public Task Silent_on_what_does_not_wait() => Silent("""
        public void M(Task<int> t)
        {
            lock (_g)
            {
                if (t.IsCompletedSuccessfully)
                    _x = t.Result;
                _set.Wait(0);
                Task.CompletedTask.Wait();
                new System.IO.MemoryStream().WriteByte(1);
                Console.WriteLine();
                _set.Set();
            }
        }
        """);

    [Fact]
    public Task Silent_when_what_is_waited_for_is_the_lock() => Silent("""
        private readonly System.IO.Stream _stream = null!;

        public void M(byte[] bytes)
        {
            lock (_stream)
                _stream.Write(bytes, 0, 1);
        }
        """);

    [Fact]
    public Task Silent_on_waiting_for_another_lock() => Silent("""
        public void M()
        {
            lock (_g)
            {
                _s.Wait();
                _s.Release();
            }
        }
        """);

    [Fact]
    public Task Silent_under_a_semaphore_which_is_made_for_it() => Silent("""
        public void M()
        {
            _s.Wait();
            try { Thread.Sleep(1); } finally { _s.Release(); }
        }
        """);

    [Fact]
    public Task Silent_on_what_is_only_started_under_the_lock() => Silent("""
        public void M()
        {
            lock (_g)
            {
                _ = Task.Run(() => Thread.Sleep(1));
                _ = LaterAsync();
                new Thread(Sleep).Start();
            }
        }

        private static void Sleep() => Thread.Sleep(1);

        private async Task LaterAsync()
        {
            await Task.Yield();
            Thread.Sleep(1);
        }
        """);
}
