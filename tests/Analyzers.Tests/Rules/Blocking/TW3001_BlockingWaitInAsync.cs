using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingWaitInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3001_BlockingWaitInAsync
{
    [Fact]
    public Task Fires_on_Result_of_a_parameter() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                await Task.Yield();
                return [|t.Result|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_Wait() => Verify.Fires("""
        public class C
        {
            public async Task M(Task t)
            {
                await Task.Yield();
                [|t.Wait()|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_Wait_with_a_time_limit_or_a_token() => Verify.Fires("""
        public class C
        {
            public async Task M(Task t, CancellationToken token)
            {
                await Task.Yield();
                if ([|t.Wait(100)|])
                    return;
                [|t.Wait(token)|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_GetResult_of_an_awaiter() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task u)
            {
                await Task.Yield();
                [|u.ConfigureAwait(false).GetAwaiter().GetResult()|];
                return [|t.GetAwaiter().GetResult()|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_call_whose_task_is_waited_for_at_once() => Verify.Fires("""
        public class C
        {
            public async Task<string> M()
            {
                await Task.Yield();
                return [|F().Result|].ToString() + [|this.F().GetAwaiter().GetResult()|];
            }

            private async Task<int> F()
            {
                await Task.Yield();
                return 1;
            }
        }
        """);

    [Fact]
    public Task Fires_on_WaitAll_and_WaitAny() => Verify.Fires("""
        public class C
        {
            public async Task M(Task a, Task b, Task[] more)
            {
                await Task.Yield();
                [|Task.WaitAll(a, b)|];
                [|Task.WaitAll(more, 100)|];
                var first = [|Task.WaitAny(more)|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_value_task() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(ValueTask<int> t, ValueTask<int> u, ValueTask v)
            {
                await Task.Yield();
                [|v.AsTask().Wait()|];
                return [|t.Result|] + [|u.GetAwaiter().GetResult()|];
            }
        }
        """);

    [Fact]
    public Task Fires_in_an_async_lambda_of_a_synchronous_method() => Verify.Fires("""
        public class C
        {
            public Func<Task<int>> M(Task<int> t) => async () =>
            {
                await Task.Yield();
                return [|t.Result|];
            };
        }
        """);

    [Fact]
    public Task Fires_in_an_async_local_function() => Verify.Fires("""
        public class C
        {
            public Task M(Task t)
            {
                return Local();

                async Task Local()
                {
                    await Task.Yield();
                    [|t.Wait()|];
                }
            }
        }
        """);

    [Fact]
    public Task Fires_in_an_async_iterator() => Verify.Fires("""
        public class C
        {
            public async IAsyncEnumerable<int> M(Task<int> t)
            {
                await Task.Yield();
                yield return [|t.Result|];
            }
        }
        """);

    [Fact]
    public Task Fires_in_async_void() => Verify.Fires("""
        public class C
        {
            public async void Handle(object sender, EventArgs e)
            {
                await Task.Yield();
                [|FAsync().Wait()|];
            }

            private static Task FAsync() => Task.Delay(1);
        }
        """);

    [Fact]
    public Task Fires_on_a_field_and_on_a_property() => Verify.Fires("""
        public class C
        {
            private readonly Task<int> _t = Task.Run(() => 1);
            public Task<int> T { get; set; } = Task.Run(() => 1);

            public async Task<int> M()
            {
                await Task.Yield();
                return [|_t.Result|] + [|this.T.Result|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_each_task_of_a_list_that_nobody_awaited() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(List<Task<int>> tasks)
            {
                await Task.Yield();
                var sum = 0;
                foreach (var t in tasks)
                    sum += [|t.Result|];
                return sum;
            }
        }
        """);

    [Fact]
    public Task Fires_when_only_one_branch_awaited() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t, bool b)
            {
                if (b)
                    await t;
                return [|t.Result|];
            }
        }
        """);

    [Fact]
    public Task Fires_when_the_variable_was_assigned_another_task_since() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                await t;
                t = Task.Run(() => 2);
                return [|t.Result|];
            }
        }
        """);

    [Fact]
    public Task Fires_when_another_task_was_awaited() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u)
            {
                await u;
                return [|t.Result|];
            }
        }
        """);

    [Fact]
    public Task Fires_after_the_first_of_several_tasks() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u)
            {
                await Task.WhenAny(t, u);
                return [|t.Result|];
            }
        }
        """);

    [Fact]
    public Task Fires_where_the_task_is_known_to_be_incomplete() => Verify.Fires("""
        public class C
        {
            public async Task M(Task t)
            {
                await Task.Yield();
                if (!t.IsCompleted)
                    [|t.Wait()|];
            }
        }
        """);

    [Fact]
    public Task Fires_when_another_task_is_tested() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u)
            {
                await Task.Yield();
                return u.IsCompleted ? [|t.Result|] : 0;
            }
        }
        """);

    [Fact]
    public Task Fires_when_the_combined_task_is_not_awaited() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u)
            {
                var all = Task.WhenAll(t, u);
                await Task.Yield();
                return [|t.Result|];
            }
        }
        """);

    [Fact]
    public Task Fires_before_the_await() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                var early = [|t.Result|];
                return early + await t;
            }
        }
        """);

    [Fact]
    public Task Fires_on_Result_in_an_argument_of_an_awaited_call() => Verify.Fires("""
        public class C
        {
            public async Task M(Task<int> t) => await Task.Delay([|t.Result|]);
        }
        """);

    [Fact]
    public Task Fires_inside_a_lock() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async Task M(Task<int> t)
            {
                await Task.Yield();
                lock (_g)
                {
                    _ = [|t.Result|];
                }
            }
        }
        """);
}
