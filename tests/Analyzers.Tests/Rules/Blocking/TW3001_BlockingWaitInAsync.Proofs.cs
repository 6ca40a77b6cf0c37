using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingWaitInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3001_BlockingWaitInAsync
{
    [Fact]
    public Task Silent_where_an_awaiter_is_complete() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                var awaiter = t.GetAwaiter();
                if (awaiter.IsCompleted)
                    return awaiter.GetResult();
                return await t;
            }
        }
        """);

    [Fact]
    public Task Silent_on_the_task_of_a_source_after_await() => Verify.Silent("""
        public class C
        {
            private readonly TaskCompletionSource<int> _source = new();
            public Task<int> Done => _source.Task;

            public async Task<int> M(Lazy<Task<int>> lazy)
            {
                await _source.Task;
                await lazy.Value;
                return _source.Task.Result + lazy.Value.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_property_after_await() => Verify.Silent("""
        public class Work
        {
            public Task<int> Task { get; } = System.Threading.Tasks.Task.Run(() => 1);
        }

        public class C
        {
            public async Task<int> M(Work work)
            {
                await work.Task.ConfigureAwait(false);
                return work.Task.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_on_deconstructed_locals_after_WhenAll() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Func<Task<int>> f)
            {
                var (a, b) = (f(), f());
                await Task.WhenAll(a, b);
                return a.Result + b.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_on_what_is_taken_out_of_a_list_by_WhenAny() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(List<Task<int>> tasks)
            {
                var sum = 0;
                while (tasks.Count > 0)
                {
                    var done = await Task.WhenAny(tasks).ConfigureAwait(false);
                    tasks.Remove(done);
                    sum += done.Result;
                }

                return sum;
            }
        }
        """);

    [Fact]
    public Task Silent_on_tasks_made_by_Select_after_WhenAll() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(IEnumerable<int> items, Func<int, Task<int>> f)
            {
                var tasks = items.Select(f).ToArray();
                await Task.WhenAll(tasks);
                var sum = 0;
                foreach (var task in tasks)
                    sum += task.Result;
                return sum + tasks[0].Result + tasks[^1].Result;
            }
        }
        """);

    [Fact]
    public Task Silent_under_a_switch_over_the_status() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                await Task.Yield();
                switch (t.Status)
                {
                    case TaskStatus.RanToCompletion:
                        return t.Result;
                    case TaskStatus.Faulted:
                    case TaskStatus.Canceled:
                        t.GetAwaiter().GetResult();
                        return 0;
                    default:
                        return await t;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_under_a_pattern_of_completion() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u)
            {
                await Task.Yield();
                if (t is { IsCompletedSuccessfully: true })
                    return t.Result;
                if (u.Status is TaskStatus.RanToCompletion)
                    return u.Result;
                return 0;
            }
        }
        """);

    [Fact]
    public Task Silent_where_comparison_with_a_literal_says_complete() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task<int> u)
            {
                if (t.IsCompleted == false)
                    await t;
                if (u.IsCompleted is false)
                    return await u;
                return t.Result + u.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_after_waiting_with_another_task_until_complete() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                while (!t.IsCompleted)
                    await Task.WhenAny(t, Task.Delay(10));
                return t.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_after_await_inside_a_nested_block() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                try
                {
                    using (new System.IO.MemoryStream())
                    {
                        await t.ConfigureAwait(false);
                    }
                }
                finally
                {
                    Console.WriteLine();
                }

                return t.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_after_await_in_the_same_expression() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t) => await t + t.Result;
            public async Task<int> N(Task<int> t, bool b) => b && await t > 0 ? t.Result : 0;
        }
        """);

    [Fact]
    public Task Silent_after_await_of_an_alias() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                Task plain = t;
                await plain;
                var awaitable = t.ConfigureAwait(false);
                return t.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_switch_expression_tests_completion() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                var x = t.IsCompletedSuccessfully switch
                {
                    true => t.Result,
                    false => await t,
                };
                return x;
            }
        }
        """);

    [Fact]
    public Task Silent_after_throwing_when_incomplete() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                await Task.Yield();
                _ = t.IsCompleted ? 0 : throw new InvalidOperationException();
                return t.Result;
            }
        }
        """);

    [Fact]
    public Task Silent_where_a_private_task_field_was_tested() => Verify.Silent("""
        public class C
        {
            private Task<int>? _task;

            public async Task<int> M()
            {
                if (_task is { IsCompleted: true })
                    return _task.Result;
                if (_task != null && _task.IsCompletedSuccessfully)
                    return _task.Result;
                _task = Task.Run(() => 1);
                return await _task;
            }
        }
        """);

    [Fact]
    public Task Silent_in_an_expression_tree() => Verify.Silent("""
        using System.Linq.Expressions;

        public class C
        {
            public async Task M(Task<int> t)
            {
                await Task.Yield();
                Expression<Func<int>> e = () => t.Result;
                Console.WriteLine(e);
            }
        }
        """);

    [Fact]
    public Task Silent_where_the_other_of_two_did_not_win() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task closed, Func<Task<int>> receive)
            {
                while (true)
                {
                    var received = receive();
                    var first = await Task.WhenAny(closed, received).ConfigureAwait(false);
                    if (first == closed)
                        break;
                    Console.WriteLine(received.Result);
                }

                return 0;
            }

            public async Task<int> N(Task<int> work, TimeSpan limit)
            {
                var late = Task.Delay(limit);
                if (await Task.WhenAny(new[] { work, late }) != late)
                    return work.Result;
                return 0;
            }
        }
        """);

    [Fact]
    public Task Silent_on_the_values_of_a_dictionary_after_WhenAll() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Dictionary<string, Task<int>> tasks)
            {
                await Task.WhenAll(tasks.Values);
                var sum = 0;
                foreach (var pair in tasks)
                    sum += pair.Value.Result;
                foreach (var task in tasks.Values)
                    sum += task.Result;
                return sum + tasks["a"].Result;
            }
        }
        """);

    [Fact]
    public Task Fires_on_the_values_of_another_dictionary() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Dictionary<string, Task<int>> awaited, Dictionary<string, Task<int>> tasks)
            {
                await Task.WhenAll(awaited.Values);
                var sum = 0;
                foreach (var pair in tasks)
                    sum += [|pair.Value.Result|];
                return sum;
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_local_function_that_is_called_after_the_await() => Verify.Silent("""
        public class C
        {
            public async Task<int> M(Task<int> a, Func<Task<int>> make)
            {
                var b = make();
                await Task.WhenAll(a, b);
                var first = a.Result;
                return first + await SumAsync();

                async Task<int> SumAsync()
                {
                    await Task.Yield();
                    return a.Result + b.Result;
                }
            }
        }
        """);

    [Fact]
    public Task Fires_in_a_local_function_that_is_called_before_the_await() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> a)
            {
                var early = await SumAsync();
                await a;
                return early + await SumAsync() + a.Result;

                async Task<int> SumAsync()
                {
                    await Task.Yield();
                    return [|a.Result|];
                }
            }
        }
        """);

    [Fact]
    public Task Silent_where_an_extension_says_complete() => Verify.Silent("""
        public static class Tasks
        {
            public static bool IsCompletedSuccessfully(this Task task) => task.Status == TaskStatus.RanToCompletion;
        }

        public class C
        {
            private Task<int> Value { get; } = Task.Run(() => 1);

            public async Task<int> M(Task<int> task) => task.IsCompletedSuccessfully() ? task.Result : await task;

            public async Task<int> N() => Value.IsCompletedSuccessfully() ? Value.GetAwaiter().GetResult() : await Value;
        }
        """);

    [Fact]
    public Task Fires_where_one_of_three_did_not_win() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task closed, Task<int> a, Task<int> b)
            {
                var first = await Task.WhenAny(closed, a, b);
                return first == closed ? 0 : [|a.Result|];
            }

            public async Task<int> N(Task closed, Task<int> a)
            {
                var first = await Task.WhenAny(closed, a);
                return first == closed ? [|a.Result|] : 0;
            }
        }
        """);

    [Fact]
    public Task Silent_on_the_variable_of_a_pattern_after_await() => Verify.Silent("""
        public class C
        {
            public async Task<string> M(Task task)
            {
                await task;
                if (task is Task<string> text)
                    return text.Result;
                return task is not Task<int> number ? "" : number.Result.ToString();
            }
        }
        """);

    [Fact]
    public Task Fires_after_await_in_only_one_case() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t, int n)
            {
                switch (n)
                {
                    case 0:
                        await t;
                        break;
                    case 1:
                        break;
                }

                return [|t.Result|];
            }
        }
        """);

    [Fact]
    public Task Fires_in_a_catch_before_the_await() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> t, Func<Task> f)
            {
                try
                {
                    await f();
                    await t;
                }
                catch (InvalidOperationException)
                {
                    return [|t.Result|];
                }

                return t.Result;
            }
        }
        """);

    [Fact]
    public Task Fires_on_an_element_after_WhenAny() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(List<Task<int>> tasks)
            {
                await Task.WhenAny(tasks);
                return [|tasks[0].Result|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_task_added_after_WhenAll() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(Task<int> a, Task<int> b)
            {
                await Task.WhenAll(a);
                return a.Result + [|b.Result|];
            }
        }
        """);

    [Fact]
    public Task Says_what_blocks_where_and_what_to_do() => Verify.Fires("""
        public class C
        {
            public async Task M(Task t, Task<int> u)
            {
                await Task.Yield();
                [|t.Wait()|];
                _ = [|u.Result|];
                [|Task.WaitAll(F(), F())|];
            }

            private static Task F() => Task.Delay(1);
        }
        """,
        "'Task.Wait' blocks a thread inside async 'C.M' until the task completes; use 'await'",
        "'Task.Result' blocks a thread inside async 'C.M' until the task completes; use 'await'",
        "'Task.WaitAll' blocks a thread inside async 'C.M' until the task completes; use 'Task.WhenAll'");
}
