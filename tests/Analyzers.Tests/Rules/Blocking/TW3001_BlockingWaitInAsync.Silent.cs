using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingWaitInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3001_BlockingWaitInAsync
{
    [Fact]
    public Task Silent_after_await_of_the_same_task() => Verify.Silent("""
        public class C
        {
            private readonly Task<int> _t = Task.Run(() => 1);

            public async Task<int> M(Task<int> t)
            {
                await t;
                await _t.ConfigureAwait(false);
                return t.Result + _t.Result + this._t.GetAwaiter().GetResult();
            }
        }
        """);

    [Fact]
    public Task Silent_after_await_of_a_local() => Verify.Silent("""
        public class C
        {
            public async Task<int> M()
            {
                var t = Task.Run(() => 1);
                await t;
                return t.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_when_both_branches_complete_it() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                if (!t.IsCompleted)
                    await t;
                return t.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_after_a_loop_that_polls() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                while (!t.IsCompleted)
                    await Task.Delay(10);
                return t.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_after_WhenAll_of_variables() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<string> u)
            {
                await Task.WhenAll(t, u);
                return t.Result + u.Result.Length;
            }
        }
        """);

    [Fact]
    public Task Silent_after_WhenAll_that_was_kept() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u)
            {
                var all = Task.WhenAll(t, u);
                await all.ConfigureAwait(false);
                return t.Result + u.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_after_WhenAll_of_an_array_of_variables() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u)
            {
                await Task.WhenAll(new[] { t, u });
                var tasks = new Task[] { t, u };
                await Task.WhenAll(tasks);
                return t.Result + u.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_on_the_elements_of_a_list_or_array_after_WhenAll() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(List<Task<int>> tasks, Task<int>[] more)
            {
                await Task.WhenAll(tasks);
                await Task.WhenAll(more);
                var sum = more[0].Result + tasks[1].Result;
                foreach (var t in tasks)
                    sum += t.Result;
                for (var i = 0; i < more.Length; i++)
                    sum += more[i].Result;
                return sum + tasks.Select(t => t.Result).Sum();
            }
        }
        """);

    [Theory]
    [InlineData("await task.WaitAsync(cancel); Console.WriteLine(task.Result);")]
    [InlineData("await task.WaitAsync(cancel).ConfigureAwait(false); Console.WriteLine(task.Result);")]
    [InlineData("await task.Quietly(); Console.WriteLine(task.Result);")]
    [InlineData("await Task.WhenAll(task, other).WaitAsync(cancel).Quietly(); Console.WriteLine(task.Result + other.Result);")]
    public Task Silent_on_a_task_that_was_awaited_by_another(string body) => Verify.Silent($$"""
        public static class Tasks { public static async Task Quietly(this Task task) { try { await task; } catch (Exception) { } } }
        public class C { public async Task M(Task<int> task, Task<int> other, CancellationToken cancel) { {{body}} } }
        """);

    [Theory]
    [InlineData("await Tasks.After(task); Console.WriteLine([|task.Result|]);")]
    [InlineData("await task.Quietly(); Console.WriteLine([|other.Result|]);")]
    [InlineData("_ = task.WaitAsync(cancel); await other; Console.WriteLine([|task.Result|]);")]
    public Task Fires_on_a_task_that_was_only_handed_over(string body) => Verify.Fires($$"""
        public static class Tasks { public static Task Quietly(this Task task) => task; public static Task After(Task task) => Task.CompletedTask; }
        public class C { public async Task M(Task<int> task, Task<int> other, CancellationToken cancel) { {{body}} } }
        """);

    [Fact]
    public Task Silent_on_tasks_that_were_added_to_a_list_before_WhenAll() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(IEnumerable<int> items)
            {
                var tasks = new List<Task<int>>();
                foreach (var item in items)
                    tasks.Add(Task.Run(() => item));
                await Task.WhenAll(tasks).ConfigureAwait(false);
                var sum = 0;
                foreach (var task in tasks)
                    sum += task.Result;
                return sum;
            }
        }
        """);

    [Fact]
    public Task Silent_on_the_task_that_WhenAny_returned() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u)
            {
                var done = await Task.WhenAny(t, u);
                return done.Result + (await Task.WhenAny(t, u)).Result + (await Task.WhenAny(t, u).ConfigureAwait(false)).GetAwaiter().GetResult();
            }
        }
        """);

    [Fact]
    public Task Silent_where_the_task_is_the_one_that_WhenAny_returned() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t, CancellationToken token)
            {
                var done = await Task.WhenAny(t, Task.Delay(100, token));
                if (done == t)
                    return t.Result;
                if (await Task.WhenAny(t, Task.Delay(100, token)) != t)
                    return 0;
                return t.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_under_a_guard_of_completion() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u, Task<int> v)
            {
                await Task.Yield();
                if (t.IsCompleted)
                    return t.Result;
                if (u.IsCompletedSuccessfully)
                    return u.Result;
                if (v.Status == TaskStatus.RanToCompletion)
                    return v.GetAwaiter().GetResult();
                return v.IsCompletedSuccessfully ? v.Result : await v;
            }
        }
        """);

    [Fact]
    public Task Silent_after_an_early_return() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u)
            {
                if (!t.IsCompletedSuccessfully)
                    return await t;
                if (u.Status != TaskStatus.RanToCompletion)
                    throw new InvalidOperationException();
                return t.Result + u.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_behind_a_conjunction_or_disjunction() => Verify.Silent("""
        public class C
        {
            public async Task<bool> M(Task<int> t, Task<int> u, bool b)
            {
                await Task.Yield();
                if (b && t.IsCompleted && t.Result > 0)
                    return true;
                return !u.IsCompleted || u.Result == 0;
            }
        }
        """);

    [Fact]
    public Task Silent_where_the_task_failed_or_was_cancelled() => Verify.Silent("""
        public class C
        {
            public async Task M(Task t)
            {
                await Task.Yield();
                if (t.IsFaulted || t.IsCanceled)
                    t.GetAwaiter().GetResult();
            }
        }
        """);

    [Fact]
    public Task Silent_where_a_local_remembers_the_completion() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                var done = t.IsCompleted;
                if (done)
                    return t.Result;
                return await t;
            }
        }
        """);

    [Fact]
    public Task Silent_on_the_antecedent_of_a_continuation() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                await t.ContinueWith(async a => { await Task.Yield(); return a.Result; }).Unwrap();
                return await t.ContinueWith(static (a, state) => a.Result + (int)state!, 1);
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_task_that_is_made_complete() => Verify.Silent("""
        public class C
        {
            public async Task<int> M()
            {
                await Task.Yield();
                Task.CompletedTask.Wait();
                var t = Task.FromResult(1);
                var v = new ValueTask<int>(2);
                return t.Result + v.Result + Task.FromResult(3).Result + ValueTask.FromResult(4).GetAwaiter().GetResult();
            }
        }
        """);

    [Fact]
    public Task Silent_after_the_first_wait_which_is_reported() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                await Task.Yield();
                [|t.Wait()|];
                return t.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_under_a_guard_of_a_value_task() => Verify.Silent("""
        public class C
        {
            public async ValueTask<int> M(ValueTask<int> t)
            {
                if (t.IsCompletedSuccessfully)
                    return t.Result;
                var u = FAsync();
                if (u.IsCompleted)
                    return u.GetAwaiter().GetResult();
                return await t + await u;
            }

            private static ValueTask<int> FAsync() => new(Task.Run(() => 1));
        }
        """);

    [Fact]
    public Task Silent_when_await_failed_and_was_caught() => Verify.Silent("""
        public class C
        {
            public async Task<Exception?> M(Task<int> t)
            {
                try
                {
                    await t;
                }
                catch (Exception)
                {
                    if (t.IsFaulted)
                        return t.Exception;
                    t.Wait();
                }

                return null;
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_synchronous_lambda_inside_async_code() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                Func<int> wait = () => t.Result;
                return await Task.Run(() => t.Result) + await Task.Run(wait) + await Task.Factory.StartNew(() => t.GetAwaiter().GetResult());
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_synchronous_local_function_inside_async_code() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                return await Task.Run(Local);

                int Local() => t.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_in_synchronous_methods() => Verify.Silent("""
        public class C : IDisposable
        {
            public static void Main() => FAsync().GetAwaiter().GetResult();
            public int Value => Task.Run(() => 1).Result;
            public C() => FAsync().Wait();
            public void Dispose() => FAsync().Wait();
            private static async Task FAsync() => await Task.Yield();
        }
        """);

    [Fact]
    public Task Silent_in_the_synchronous_branch_of_a_method_of_both_kinds() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(bool async)
            {
                if (async)
                    return await FAsync();
                return FAsync().GetAwaiter().GetResult();
            }

            public async Task<int> N(bool async)
            {
                int x;
                if (async)
                {
                    x = await FAsync().ConfigureAwait(false);
                }
                else
                {
                    x = FAsync().GetAwaiter().GetResult();
                }

                return x + (async ? await FAsync() : FAsync().Result);
            }

            public async Task<int> O(bool isAsync)
            {
                if (!isAsync)
                {
                    return FAsync().Result;
                }

                return await FAsync();
            }

            private static Task<int> FAsync() => Task.Run(() => 1);
        }
        """);

    [Fact]
    public Task Silent_on_a_call_that_is_asked_to_be_synchronous() => Verify.Silent("""
        public class C
        {
            public int M() => Core(async: false).GetAwaiter().GetResult();

            public async Task<int> N()
            {
                await Task.Yield();
                return Core(async: false).GetAwaiter().GetResult() + Core(false).Result;
            }

            private static async Task<int> Core(bool async) => async ? await Task.Run(() => 1) : 1;
        }
        """);

    [Fact]
    public Task Silent_on_a_wait_of_no_time() => Verify.Silent("""
        public class C
        {
            public async Task<bool> M(Task t)
            {
                await Task.Yield();
                return t.Wait(0) || t.Wait(TimeSpan.Zero) || Task.WaitAll(new[] { t }, 0);
            }
        }
        """);

    [Fact]
    public Task Silent_on_members_of_the_same_name_elsewhere() => Verify.Silent("""
        public class Answer
        {
            public int Result => 1;
            public void Wait() { }
            public Answer GetAwaiter() => this;
            public int GetResult() => 1;
        }

        public class C
        {
            public async Task<int> M(Answer a)
            {
                await Task.Yield();
                a.Wait();
                return a.Result + a.GetAwaiter().GetResult();
            }
        }
        """);

    [Fact]
    public Task Silent_in_nameof_and_in_unreachable_code() => Verify.Silent("""
        public class C
        {
            public async Task<string> M(Task<int> t)
            {
                await Task.Yield();
                return nameof(t.Result);
            #pragma warning disable CS0162
                t.Wait();
            }
        }
        """);

    [Fact]
    public Task Silent_in_generated_code() => Verify.Silent("""
        // <auto-generated/>
        public class C
        {
            public async Task M(Task t)
            {
                await Task.Yield();
                t.Wait();
            }
        }
        """);
}
