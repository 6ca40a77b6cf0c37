using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.AwaitUnderThreadAffineLock>;

namespace Analyzers.Tests.Rules;

public partial class TW2008_AwaitUnderThreadAffineLock
{
    [Fact]
    public Task Fires_on_a_private_method_that_awaits() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                Monitor.Enter(_g);
                try
                {
                    [|await LoadAsync()|];
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }

            private static async Task LoadAsync() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Fires_in_an_async_iterator() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async IAsyncEnumerable<int> M()
            {
                Monitor.Enter(_g);
                [|await Task.Delay(1)|];
                Monitor.Exit(_g);
                yield return 1;
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Fires_in_an_argument_and_in_a_condition() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async Task<int> M(Task<int> t, Task<bool> u)
            {
                Monitor.Enter(_g);
                try
                {
                    if ([|await u|])
                        return Math.Max(1, [|await t|]);
                    return 0;
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_the_finally_after_the_release() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                Monitor.Enter(_g);
                try
                {
                    Console.WriteLine();
                }
                finally
                {
                    Monitor.Exit(_g);
                    await Task.Delay(1);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_where_the_lock_was_not_free() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                if (Monitor.TryEnter(_g))
                {
                    try
                    {
                        Console.WriteLine();
                    }
                    finally
                    {
                        Monitor.Exit(_g);
                    }
                }
                else
                {
                    await Task.Delay(1);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_lock_is_released_around_the_await() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private int _x;

            public async Task M()
            {
                Monitor.Enter(_g);
                while (_x > 0)
                {
                    Monitor.Exit(_g);
                    await Task.Delay(1);
                    Monitor.Enter(_g);
                }

                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Says_who_awaits_and_what_is_held() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                Monitor.Enter(_g);
                [|await Task.Delay(1)|];
                Monitor.Exit(_g);
            }
        }
        """,
        "'C.M' awaits while it holds '_g', which belongs to the thread; behind the await another thread may have to release it");

    [Fact]
    public Task Silent_in_a_helper_that_is_started_under_the_lock() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private Task? _reset;

            public void Release()
            {
                lock (_g)
                {
                    if (_reset == null)
                        _reset = ResetAsync();
                }
            }

            private async Task ResetAsync()
            {
                await Task.Delay(5000).ConfigureAwait(false);
                lock (_g)
                {
                    _reset = null;
                }

                await Task.Yield();
            }
        }
        """);
}
