using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingPrimitiveInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3006_BlockingPrimitiveInAsync
{
    [Fact]
    public Task C6_182_Silent_where_the_call_only_looks() => Verify.Silent("""
        using System.Collections.Concurrent;
        public class C
        {
            private const int Now = 0;
            private readonly SemaphoreSlim _gate = new(1, 1);

            public async Task<bool> M(ManualResetEvent ready, ManualResetEventSlim slim, Thread thread, BlockingCollection<int> queue, System.Diagnostics.Process process)
            {
                await Task.Yield();
                return _gate.Wait(0) || _gate.Wait(TimeSpan.Zero) || _gate.Wait(Now) || _gate.Wait(default(TimeSpan)) || ready.WaitOne(0) || slim.Wait(0, default)
                    || thread.Join(0) || queue.TryTake(out _) || queue.TryTake(out _, 0) || process.WaitForExit(0) || WaitHandle.WaitAny(new WaitHandle[] { ready }, 0) == 0;
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_try_within_a_limit_that_is_decided_elsewhere() => Verify.Silent("""
        using System.Collections.Concurrent;
        public class C(int time)
        {
            private readonly int _time = time;
            private readonly BlockingCollection<int> _queue = new();

            public async Task M()
            {
                while (_queue.TryTake(out var item, _time))
                    await Task.Delay(item);
            }
        }
        """);

    [Fact]
    public Task Silent_in_the_synchronous_branch_of_a_method_of_both_kinds() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);

            public async Task Enter(bool async)
            {
                if (async)
                    await _gate.WaitAsync();
                else
                    _gate.Wait();
            }

            public async Task<bool> TryEnter(bool doAsync, int time) => doAsync ? await _gate.WaitAsync(time) : _gate.Wait(time);
        }
        """);

    [Fact]
    public Task Silent_outside_async_code() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ManualResetEventSlim _ready = new();

            public void Enter() => _gate.Wait();
            public Task EnterAsync() { _gate.Wait(); return Task.CompletedTask; }

            public async Task M(Thread thread)
            {
                ThreadPool.QueueUserWorkItem(_ => _ready.Wait());
                await Task.Run(() => _gate.Wait());
                await Task.Run(Local);

                void Local() => thread.Join();
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_lock_statement_which_is_held_for_moments() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                lock (_g) { }
                await Task.Yield();
                Monitor.Enter(_g);
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_once_the_process_or_thread_has_ended() => Verify.Silent("""
        public class C
        {
            public async Task M(System.Diagnostics.Process process, System.Diagnostics.Process other, System.Diagnostics.Process third)
            {
                await process.WaitForExitAsync();
                process.WaitForExit();
                if (other.HasExited)
                    other.WaitForExit();
                while (!third.HasExited)
                    await Task.Delay(10);
                third.WaitForExit();
            }
        }
        """);

    [Fact]
    public Task Silent_where_the_signal_was_seen() => Verify.Silent("""
        public class C
        {
            public async Task M(ManualResetEventSlim ready, CountdownEvent all)
            {
                await Task.Yield();
                if (ready.IsSet)
                    ready.Wait();
                while (!all.IsSet)
                    await Task.Delay(10);
                all.Wait();
            }
        }
        """);

    [Fact]
    public Task C6_199_Silent_on_a_sequence_that_others_go_through() => Verify.Silent("""
        using System.Collections.Concurrent;
        public class C
        {
            private readonly BlockingCollection<int> _queue = new();

            public async Task M()
            {
                var items = _queue.GetConsumingEnumerable();
                _queue.Add(1);
                _queue.CompleteAdding();
                await Task.Run(() => Use(items));
            }

            private static void Use(IEnumerable<int> items) { }
        }
        """);

    [Fact]
    public Task Silent_on_members_of_the_same_name_elsewhere() => Verify.Silent("""
        public class Gate
        {
            public void Wait() { }
            public void Join() { }
            public bool WaitOne() => true;
        }

        public class C
        {
            public async Task<string> M(Gate gate)
            {
                await Task.Yield();
                gate.Wait();
                gate.Join();
                gate.WaitOne();
                return string.Join(",", "a", "b") + nameof(SemaphoreSlim.Wait);
            }
        }
        """);

    [Fact]
    public Task Silent_where_the_user_says_so() => new Verify.Case
    {
        AdditionalFiles = new Dictionary<string, string> { ["threadwise.acme.txt"] = "M:System.Threading.ManualResetEventSlim.Wait* nothing\n" },
    }.Silent("""
        public class C
        {
            public async Task M(ManualResetEventSlim ready)
            {
                await Task.Yield();
                ready.Wait();
            }
        }
        """);
}
