using System.Runtime.CompilerServices;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>A failure is told once: what a caller was told is not reported again as unobserved, and what nobody was told is.</summary>
[Collection("alone")]
public class Unobserved
{
    [Fact]
    public async Task What_a_group_threw_is_not_reported_again() => Assert.Empty(await Reported(rounds: 1, act: static failure => TaskGroup.Run(group =>
    {
        _ = group.Start(_ => Task.FromException(failure));
        _ = group.Start(async token =>
        {
            await Task.Yield();
            throw failure;
        });
        return Task.CompletedTask;
    }).Thrown()));

    [Fact]
    public async Task What_lost_a_race_is_not_reported() => Assert.Empty(await Reported(rounds: 1, act: static failure => Race.FirstSuccess(_ => Task.FromException<int>(failure), _ => Task.FromResult(1)).Thrown()));

    [Fact]
    public async Task What_was_settled_and_not_looked_at_is_reported() => Assert.Single(await Reported(rounds: 100, act: static failure => TaskGroup.Run(GroupPolicy.Settle, group =>
    {
        _ = group.Start(_ => Task.FromException(failure));
        return Task.CompletedTask;
    }).Thrown()));

    [Fact]
    public async Task What_stopped_an_agent_and_nobody_looked_at_is_reported() => Assert.Single(await Reported(rounds: 100, act: static failure => Stopped(failure)));

    [Fact]
    public async Task What_stopped_an_agent_and_somebody_looked_at_is_not_reported() => Assert.Empty(await Reported(rounds: 1, act: static failure =>
    {
        var agent = new Agent<int>((_, _) => throw failure);
        agent.TrySend(1);
        return agent.Completion.Thrown();
    }));

    private static async Task Stopped(Exception failure)
    {
        var agent = new Agent<int>((_, _) => throw failure);
        agent.TrySend(1);
        // Without this nothing would say that it has failed before it is disposed of.
        while (agent.TrySend(2))
            await Task.Yield();
        await agent.DisposeAsync();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<List<Exception>> Reported(Func<Exception, Task> act, int rounds)
    {
        var (failure, end) = (new FormatException(), new InvalidDataException());
        var (reported, isOver) = (new List<Exception>(), false);
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await Task.Run(() => act(failure)).Soon();
            // What is reported for sure comes after what might have been; and it may take some rounds until nothing refers to a task any more.
            for (var round = 0; !Volatile.Read(ref isOver) || (reported.Count == 0 && round < rounds); round++)
            {
                Drop(end);
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await Task.Yield();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        return reported;

        void Note(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            args.SetObserved();
            if (args.Exception.InnerExceptions.Contains(failure))
                reported.Add(failure);
            if (args.Exception.InnerExceptions.Contains(end))
                Volatile.Write(ref isOver, true);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(Exception exception) => _ = Task.FromException(exception);
}
