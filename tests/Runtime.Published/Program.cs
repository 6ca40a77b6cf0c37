using Threadwise;

// Each primitive does what it is for once, as it is published: what was trimmed too much, or cannot be compiled ahead of time, fails here.
var (gate, semaphore, readers, keys, sum) = (new AsyncLock(), new AsyncSemaphore(2), new AsyncReaderWriterLock(), new KeyedLock<string>(), 0);
using (await gate.EnterAsync())
using (await semaphore.EnterAsync())
using (await readers.WriteAsync())
using (await keys.EnterAsync("a"))
    sum++;

var (low, high) = (new OrderedLock(1), new OrderedLock(2));
using (low.Enter())
using (high.Enter())
    sum++;
using (LockSet.Enter(new object(), new object()))
    sum++;

var guarded = new Guarded<int>(0);
guarded.Update(static (ref value) => value++);
sum += guarded.Read(static value => value);
var asyncGuarded = new AsyncGuarded<int>(1);
using (var scope = await asyncGuarded.EnterAsync())
    sum += scope.Value;

sum += await TaskGroup.Run(static async group => await group.Start(static _ => Task.FromResult(1)));
sum += await Race.FirstSuccess<int>(static _ => Task.FromResult(1), static _ => Task.FromException<int>(new InvalidOperationException()));
sum += await new AsyncLazy<int>(static _ => Task.FromResult(1)).GetAsync();
await new AsyncBarrier(1).SignalAndWaitAsync();
var countdown = new AsyncCountdown(1);
countdown.Signal();
await countdown.WaitAsync();
Task.CompletedTask.Forget();
await using (var latest = new Latest<int>(static (_, _) => Task.CompletedTask))
{
    latest.Post(1);
    await latest.WhenIdleAsync();
}

sum += ParallelMap.Map(new[] { 1, 2 }, static item => item).Length;
ParallelMap.ForEach(new[] { 1 }, static _ => { }, new MapOptions { Degree = 2, Partitioning = Partitioning.Guided });
await using (var agent = new Agent<Reply<int>>(static (reply, _) =>
{
    reply.Set(1);
    return default;
}))
    sum += await agent.AskAsync<int>(static reply => reply);
sum += (await Pipeline.From([1, 2]).Then(static (item, _) => new ValueTask<int>(item)).ToListAsync()).Count;

Console.WriteLine(sum == 13 ? "all work" : $"the sum is {sum}");
return sum == 13 ? 0 : 1;
