extern alias explored;
using System.Threading.Channels;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Messaging;

using explored::Threadwise;

/// <summary>An agent handles one message at a time and loses none, and whoever asks is answered or told, in every schedule of a few threads that send, ask, cancel and end it.</summary>
public class Agent_Interleavings
{
    [Fact]
    public void Messages_are_handled_one_at_a_time_and_none_is_lost()
    {
        Exploration.Of(Senders, preemptions: 1).Passes();
        Exploration.OfRandom(Senders, schedules: 500).Passes();

        static Model Senders()
        {
            var (inside, handled, left) = (new Inside(), new List<int>(), 2);
            return With(message => Handle(inside, handled, message), agent =>
            {
                Schedule.Await(() => left == 0);
                agent.Complete();
            }, agent => Send(agent, 1), agent => Send(agent, 2)).And(agent => inside.IsRight && handled.Order().SequenceEqual([1, 2]) && agent.Completion.IsCompletedSuccessfully);

            void Send(Agent<int> agent, int message)
            {
                Waiting.Result(agent.SendAsync(message));
                left--;
            }
        }
    }

    [Fact]
    public void Messages_are_handled_in_the_order_in_which_they_were_accepted() => Exploration.Of(static () =>
    {
        var handled = new List<int>();
        return With(handled.Add, agent =>
        {
            Waiting.Result(agent.SendAsync(1));
            Waiting.Result(agent.SendAsync(2));
            Waiting.Result(agent.SendAsync(3));
            agent.Complete();
        }).And(_ => handled.SequenceEqual([1, 2, 3]));
    }).Passes();

    [Fact]
    public void What_is_sent_as_it_is_completed_is_handled_or_refused() => Exploration.Of(static () =>
    {
        var (inside, accepted, handled) = (new Inside(), new List<int>(), new List<int>());
        return With(message => Handle(inside, handled, message), static agent => agent.Complete(), agent => TrySend(agent, 1), agent => TrySend(agent, 2))
            .And(agent => inside.IsRight && accepted.Order().SequenceEqual(handled.Order()) && agent.Completion.IsCompletedSuccessfully);

        void TrySend(Agent<int> agent, int message)
        {
            if (agent.TrySend(message))
                accepted.Add(message);
        }
    }).Passes();

    [Fact]
    public void A_sender_that_is_cancelled_has_sent_or_has_not() => Exploration.Of(static () =>
    {
        var (source, sent, handled) = (new CancellationTokenSource(), 2, new List<int>());
        return With(handled.Add, agent =>
        {
            // The second waits for room, unless the first is being handled.
            Waiting.Result(agent.SendAsync(1));
            Waiting.Result(agent.SendAsync(2));
            var third = agent.SendAsync(3, source.Token);
            Schedule.Await(() => third.IsCompleted);
            sent += third.IsCompletedSuccessfully ? 1 : 0;
            agent.Complete();
        }, _ => source.Cancel()).And(agent => handled.Count == sent && agent.Completion.IsCompletedSuccessfully);
    }).Passes();

    [Theory, InlineData(true), InlineData(false)]
    public void Who_asks_as_it_ends_is_answered_or_told(bool isDisposed) => Exploration.Of(() => Asking(isDisposed)).Passes();

    [Fact]
    public void Who_asks_as_it_is_disposed_of_is_answered_or_told() => Exploration.OfRandom(static () => Asking(isDisposed: true), schedules: 1_000).Passes();

    [Fact]
    public void Who_stops_asking_has_the_answer_or_its_cancellation() => Exploration.Of(static () =>
    {
        var (source, answer) = (new CancellationTokenSource(), (Task<int>?)null);
        return WithQuestions(static reply => reply.Set(1), agent =>
        {
            answer = agent.AskAsync<int>(static reply => reply, source.Token);
            Schedule.Await(() => answer.IsCompleted);
        }, _ => source.Cancel()).And(agent => answer is { IsCompletedSuccessfully: true, Result: 1 } or { IsCanceled: true } && !agent.Completion.IsCompleted);
    }).Passes();

    [Fact]
    public void Who_asks_as_it_fails_is_answered_or_told_why() => Exploration.Of(static () =>
    {
        var (failure, answer) = (new FormatException(), (Task<int>?)null);
        return WithQuestions(reply =>
        {
            if (reply is null)
                throw failure;
            reply.Set(1);
        }, static agent => Waiting.Result(agent.SendAsync(null!)), agent =>
        {
            answer = agent.AskAsync<int>(static reply => reply);
            Schedule.Await(() => answer.IsCompleted);
        }).And(agent => agent.Completion.Exception?.InnerException == failure && (answer is { IsCompletedSuccessfully: true } || answer!.Exception!.InnerException is ChannelClosedException { InnerException: FormatException }));
    }).Passes();

    [Fact]
    public void Once_it_was_disposed_of_nothing_runs_and_nothing_new_is_begun() => Exploration.Of(static () =>
    {
        var (inside, begun, atDisposal, isLate, isOver) = (new Inside(), 0, int.MaxValue, false, false);
        return With(_ =>
        {
            begun++;
            isLate |= isOver;
            inside.Visit();
        }, static agent => _ = agent.TrySend(1), agent =>
        {
            agent.TrySend(2);
            var disposal = agent.DisposeAsync();
            atDisposal = begun;
            Schedule.Await(() => disposal.IsCompleted);
            isOver = true;
        }).And(agent => inside.IsRight && !isLate && begun <= atDisposal + 1 && agent.Completion.IsCompletedSuccessfully);
    }).Passes();

    [Fact]
    public void Of_messages_that_wait_when_it_is_disposed_of_none_is_begun() => Exploration.Of(static () =>
    {
        var (begun, atDisposal) = (0, int.MaxValue);
        return new Started<int>(_ =>
        {
            begun++;
            Schedule.Point();
        }, [agent =>
        {
            Assert.True(agent.TrySend(1) && agent.TrySend(2) && agent.TrySend(3));
            _ = agent.DisposeAsync();
            atDisposal = begun;
        }], capacity: 3).And(agent => begun <= atDisposal + 1 && agent.Completion.IsCompletedSuccessfully);
    }).Passes();

    [Fact]
    public void Without_a_mailbox_two_messages_are_handled_at_once() => Exploration.Of(static () =>
    {
        var inside = new Inside();
        return new Model(inside.Visit, inside.Visit) { Holds = () => inside.IsRight };
    }).Fails("the outcome is wrong");

    /// <summary>The broken control: an agent that finds its mailbox empty, and closes it a moment later.</summary>
    [Fact]
    public void Where_a_mailbox_is_emptied_and_then_closed_who_asks_waits_for_ever() => Exploration.Of(static () =>
    {
        var (mailbox, isClosed) = (new Queue<Action>(), false);
        return new Model(
            () =>
            {
                while (mailbox.TryDequeue(out var answer))
                    answer();
                Schedule.Point();
                isClosed = true;
            },
            () =>
            {
                var isAnswered = isClosed;
                if (!isClosed)
                    mailbox.Enqueue(() => isAnswered = true);
                Schedule.Await(() => isAnswered);
            });
    }).Fails("wait for ever");

    private static Model Asking(bool isDisposed)
    {
        Task<int>? answer = null;
        return WithQuestions(static reply => reply.Set(1), agent =>
        {
            answer = agent.AskAsync<int>(static reply => reply);
            Schedule.Await(() => answer.IsCompleted);
        }, agent =>
        {
            if (isDisposed)
                _ = agent.DisposeAsync();
            else
                agent.Complete();
        }).And(agent => agent.Completion.IsCompletedSuccessfully && (answer is { IsCompletedSuccessfully: true, Result: 1 } || answer!.Exception!.InnerException is ChannelClosedException));
    }

    private static void Handle(Inside inside, List<int> handled, int message)
    {
        inside.Visit();
        handled.Add(message);
    }

    private static Started<int> With(Action<int> handle, params Action<Agent<int>>[] threads) => new(handle, threads);

    private static Started<Reply<int>> WithQuestions(Action<Reply<int>> handle, params Action<Agent<Reply<int>>>[] threads) => new(handle, threads);

    /// <summary>An agent, with a mailbox for one where nothing else is said, made by the first thread, so that what it does is done by threads of the model too.</summary>
    private sealed class Started<T>(Action<T> handle, Action<Agent<T>>[] threads, int capacity = 1)
    {
        private Agent<T>? _agent;

        public Model And(Func<Agent<T>, bool> holds) => new([.. threads.Select((thread, number) => number == 0 ? () => thread(Make()) : (Action)(() =>
        {
            Schedule.Await(() => _agent is not null);
            thread(_agent!);
        }))]) { Holds = () => holds(_agent!) };

        private Agent<T> Make() => _agent = new Agent<T>((message, _) =>
        {
            handle(message);
            return default;
        }, capacity);
    }
}
