using System.Globalization;
using System.Text;
using System.Threading.Channels;
using System.Threading.Tasks.Dataflow;
using Threadwise.Evidence;

namespace Threadwise.Benchmarks.Runtime;

/// <summary>Measures what the library has for tasks and messages beside what people write otherwise, and writes <c>tasks.md</c> and <c>tasks.svg</c>.</summary>
internal static class TaskCosts
{
    private const string Folder = "tests/Benchmarks/Runtime/";
    private const int Children = 16;
    private const int Messages = 5_000;
    private const int Participants = 4;

    private static readonly Func<CancellationToken, Task<int>>[] s_two = [static async _ => { await Task.Yield(); return 1; }, static async _ => { await Task.Yield(); return 2; }];

    public static void Measure(int rounds)
    {
        var text = new StringBuilder($"""
            # What tasks and messages cost

            Written by `tests/Benchmarks/run.sh tasks`; do not edit. {Framework.Machine}; processor time of all threads, medians of {rounds} pairs of runs.

            | | beside | ratio | bytes | bytes beside |
            |---|---|---:|---:|---:|

            """);
        var chart = new Chart("Processor time beside what people write otherwise (1 = the line)", 3, new HashSet<string> { "ratio" });
        foreach (var (ours, other) in All())
        {
            var ratio = Pairs.Ratios(other, [ours], rounds)[0];
            text.Append(CultureInfo.InvariantCulture, $"| {ours.Name} | {other.Name} | {ratio:0.00} | {Pairs.Bytes(ours):0} | {Pairs.Bytes(other):0} |\n");
            chart.Group($"{ours.Name} / {other.Name}".Replace("`", ""), [("ratio", ratio)]);
        }

        File.WriteAllText(Folder + "tasks.md", text.ToString());
        File.WriteAllText(Folder + "tasks.svg", chart.Svg(mark: 1));
        Console.Write(text);
    }

    private static IEnumerable<(Way Ours, Way Other)> All() => OfGroups().Concat(OfMeetings()).Concat(OfMessages());

    private static IEnumerable<(Way Ours, Way Other)> OfGroups()
    {
        yield return (
            Each($"`TaskGroup`, {Children} children", 200, static () => TaskGroup.Run(static group =>
            {
                for (var i = 0; i < Children; i++)
                    _ = group.Start(static async _ => await Task.Yield());
                return Task.CompletedTask;
            })),
            Each("`Task.WhenAll`", 200, static () => Task.WhenAll(Enumerable.Range(0, Children).Select(static async _ => await Task.Yield()))));
        yield return (
            Each("`TaskGroup.Settle`, two", 1_000, static () => TaskGroup.Settle(s_two)),
            Each("`Task.WhenAll`, two", 1_000, static () => Task.WhenAll(s_two.Select(static work => work(default)))));
        yield return (
            Each("`Race.FirstSuccess`, two", 1_000, static () => Race.FirstSuccess(s_two)),
            Each("`Task.WhenAny`, the other awaited too", 1_000, static async () =>
            {
                using var stop = new CancellationTokenSource();
                var all = Array.ConvertAll(s_two, work => work(stop.Token));
                var first = await Task.WhenAny(all);
                await stop.CancelAsync();
                await Task.WhenAll(all);
                await first;
            }));
    }

    private static IEnumerable<(Way Ours, Way Other)> OfMeetings()
    {
        var (lazy, framework) = (new AsyncLazy<int>(static _ => Task.FromResult(1)), new Lazy<Task<int>>(static () => Task.FromResult(1)));
        yield return (Each("`AsyncLazy`, there already", 200_000, () => lazy.GetAsync()), Each("`Lazy<Task>`, there already", 200_000, () => framework.Value));
        yield return (Meetings("`AsyncBarrier`, 4 participants", AsyncMeetings), Meetings("`Barrier`, 4 threads", static rounds =>
        {
            using var barrier = new Barrier(Participants);
            Together(() =>
            {
                for (var i = 0; i < rounds; i++)
                    barrier.SignalAndWait();
            });
        }));
        yield return (
            Each("`AsyncCountdown` of 3", 20_000, static async () =>
            {
                var countdown = new AsyncCountdown(3);
                var done = countdown.WaitAsync();
                for (var i = 0; i < 3; i++)
                    countdown.Signal();
                await done;
            }),
            Each("a counter and a `TaskCompletionSource`", 20_000, static async () =>
            {
                var (left, source) = (3, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                for (var i = 0; i < 3; i++)
                    if (Interlocked.Decrement(ref left) == 0)
                        source.SetResult();
                await source.Task;
            }));
    }

    private static IEnumerable<(Way Ours, Way Other)> OfMessages()
    {
        yield return (Once("`Agent`, a message", AgentAsync), Once("`ActionBlock`", BlockAsync));
        yield return (Once("`Agent`, a message", AgentAsync), Once("bounded `Channel` and a reader", ChannelAsync));
        yield return (Once("`Agent.AskAsync`", QuestionsAsync), Once("`Channel` and a `TaskCompletionSource`", QuestionsByHandAsync));
        yield return (Once("`Pipeline`, an item through two stages", PipelineAsync), Once("two `TransformBlock`s", BlocksAsync));
        yield return (Once("`Pipeline`, an item through two stages", PipelineAsync), Once("three `Channel`s by hand", ChannelsAsync));
    }

    private static async Task AgentAsync()
    {
        var sum = 0;
        await using var agent = new Agent<int>((item, _) =>
        {
            sum += item;
            return default;
        });
        for (var i = 0; i < Messages; i++)
            await agent.SendAsync(i);
    }

    private static async Task BlockAsync()
    {
        var sum = 0;
        var block = new ActionBlock<int>(item => { sum += item; }, new ExecutionDataflowBlockOptions { BoundedCapacity = 1024, SingleProducerConstrained = true });
        for (var i = 0; i < Messages; i++)
            await block.SendAsync(i);
        block.Complete();
        await block.Completion;
    }

    private static async Task ChannelAsync()
    {
        var sum = 0;
        var channel = Channel.CreateBounded<int>(new BoundedChannelOptions(1024) { SingleReader = true });
        var reader = Task.Run(async () =>
        {
            await foreach (var item in channel.Reader.ReadAllAsync())
                sum += item;
        });
        for (var i = 0; i < Messages; i++)
            await channel.Writer.WriteAsync(i);
        channel.Writer.Complete();
        await reader;
    }

    private static async Task QuestionsAsync()
    {
        var sum = 0;
        await using var agent = new Agent<Reply<int>>((reply, _) =>
        {
            reply.Set(++sum);
            return default;
        });
        for (var i = 0; i < Messages; i++)
            await agent.AskAsync<int>(static reply => reply);
    }

    private static async Task QuestionsByHandAsync()
    {
        var sum = 0;
        var channel = Channel.CreateBounded<TaskCompletionSource<int>>(new BoundedChannelOptions(1024) { SingleReader = true });
        var reader = Task.Run(async () =>
        {
            await foreach (var reply in channel.Reader.ReadAllAsync())
                reply.SetResult(++sum);
        });
        for (var i = 0; i < Messages; i++)
        {
            var reply = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            await channel.Writer.WriteAsync(reply);
            await reply.Task;
        }

        channel.Writer.Complete();
        await reader;
    }

    private static Task PipelineAsync() => Pipeline.From(Enumerable.Range(0, Messages))
        .Then(static (item, _) => new ValueTask<int>(item + 1))
        .Then(static (item, _) => new ValueTask<int>(item * 2))
        .Run();

    private static async Task BlocksAsync()
    {
        var options = new ExecutionDataflowBlockOptions { BoundedCapacity = 16, SingleProducerConstrained = true };
        var (add, twice, end) = (new TransformBlock<int, int>(static item => item + 1, options), new TransformBlock<int, int>(static item => item * 2, options), new ActionBlock<int>(static _ => { }, options));
        var linked = new DataflowLinkOptions { PropagateCompletion = true };
        using var first = add.LinkTo(twice, linked);
        using var second = twice.LinkTo(end, linked);
        for (var i = 0; i < Messages; i++)
            await add.SendAsync(i);
        add.Complete();
        await end.Completion;
    }

    private static async Task ChannelsAsync()
    {
        var (source, added, doubled) = (Channel.CreateBounded<int>(16), Channel.CreateBounded<int>(16), Channel.CreateBounded<int>(16));
        await Task.WhenAll(
            Task.Run(async () =>
            {
                for (var i = 0; i < Messages; i++)
                    await source.Writer.WriteAsync(i);
                source.Writer.Complete();
            }),
            Stage(source, added, static item => item + 1),
            Stage(added, doubled, static item => item * 2),
            Task.Run(async () =>
            {
                await foreach (var _ in doubled.Reader.ReadAllAsync())
                {
                    // Nothing is left to do.
                }
            }));

        static Task Stage(Channel<int> from, Channel<int> to, Func<int, int> change) => Task.Run(async () =>
        {
            await foreach (var item in from.Reader.ReadAllAsync())
                await to.Writer.WriteAsync(change(item));
            to.Writer.Complete();
        });
    }

    private static void AsyncMeetings(int rounds)
    {
        var barrier = new AsyncBarrier(Participants);
        Task.WaitAll([.. Enumerable.Range(0, Participants).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < rounds; i++)
                await barrier.SignalAndWaitAsync();
        }))]);
    }

    private static void Together(Action work)
    {
        var threads = Enumerable.Range(0, Participants).Select(_ => new Thread(() => work())).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
    }

    private static Way Meetings(string name, Action<int> meet) => new(name, 2_000, () => meet(2_000));

    /// <summary>One after the other, so often.</summary>
    private static Way Each(string name, int times, Func<Task> work) => new(name, times, () => Task.Run(async () =>
    {
        for (var i = 0; i < times; i++)
            await work();
    }).Wait());

    private static Way Once(string name, Func<Task> work) => new(name, Messages, () => Task.Run(work).Wait());
}
