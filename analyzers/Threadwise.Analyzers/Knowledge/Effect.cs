namespace Threadwise.Analyzers.Knowledge;

/// <summary>What a member or type does to concurrency. Closed: the engine interprets each of these, a table row names one.</summary>
internal enum Effect
{
    /// <summary>Takes a lock, waiting as long as needed; of several (<c>on=each</c>) in an order that does not depend on the caller. <c>on mode flag returns=scope|task</c></summary>
    Acquires,

    /// <summary>Takes a lock only if the result (or the <c>flag</c> argument) is true; its scope, <c>returns=scope</c>, comes out of an argument. <c>on mode flag timeout returns</c></summary>
    Tries,

    /// <summary>Gives a lock back. <c>on mode</c></summary>
    Releases,

    /// <summary>Gives the lock back while it waits and holds it again afterwards. <c>on timeout</c></summary>
    Waits,

    /// <summary>Is true only while the lock is held by this thread. <c>on</c></summary>
    Tests,

    /// <summary>Returns only if the argument is true. <c>arg</c></summary>
    Asserts,

    /// <summary>Stops the calling thread until something else happens. <c>kind on twin timeout</c></summary>
    Blocks,

    /// <summary>Runs a delegate, or an event's handlers, concurrently with the caller. <c>arg many joins twin</c>; <c>kind=pool</c>: on a thread of the pool, in its turn; <c>kind=turn</c>: as a rule one run after the other.</summary>
    Starts,

    /// <summary>Runs a delegate on this thread before it returns. <c>arg</c></summary>
    Invokes,

    /// <summary>Keeps a delegate for later. <c>arg</c>; <c>gives=completed</c>: its first parameter is then a completed task.</summary>
    Defers,

    /// <summary>Completes a task, a wait or a source that others await; of those who wait under a lock <c>how=any</c> one or <c>how=all</c>. <c>on how</c></summary>
    Completes,

    /// <summary>A task that is complete once all (<c>how=all</c>) or one (<c>how=any</c>) of its arguments are.</summary>
    Combines,

    /// <summary>Is, or returns, a task that is already complete.</summary>
    Completed,

    /// <summary>Returns a task that is complete after a time.</summary>
    Delays,

    /// <summary>Is true only if the task it is asked of is complete. <c>on</c></summary>
    Proves,

    /// <summary>Another view of the same task or lock (ConfigureAwait, GetAwaiter, AsTask). <c>on</c></summary>
    Same,

    /// <summary>Reads a container's elements without going through all of them; of a property, its getter does. <c>on</c></summary>
    Reads,

    /// <summary>Changes a container; of a property, its setter does. <c>on</c></summary>
    Writes,

    /// <summary>Goes through all elements of a container. <c>on</c></summary>
    Enumerates,

    /// <summary>Does something to a variable that is passed by reference in one step that no other thread can come between. <c>on</c>; <c>kind=read|write|update</c>, where of an update others see either what was before or what is after.</summary>
    Atomic,

    /// <summary>Nobody sees what is written after it before what is written before it.</summary>
    Fences,

    /// <summary>One step of a container that is safe for concurrent use: whole by itself, but others may come between two.
    /// <c>kind</c>: asks whether a key is there (<c>test</c>), for its value (<c>find</c>), both reads and replaces (<c>item</c>), adds if it is not there (<c>add</c>) or fails (<c>insert</c>),
    /// <c>remove</c>s it, puts another value in its place (<c>replace</c>), takes whatever is next (<c>take</c>), <c>clear</c>s all, gives all (<c>list</c>), or does two at once with a delegate for the value (<c>supply</c>).</summary>
    Step,

    /// <summary>Counts a container's elements, makes room for as many and then copies them: too few where others add meanwhile. <c>on</c></summary>
    Sizes,

    /// <summary>Returns an object nobody else has.</summary>
    Owned,

    /// <summary>Never throws in a correct program.</summary>
    NoThrow,

    /// <summary>Type, or what a member returns: disposing of it waits for nothing; of a <c>DisposeAsync</c>: it does no more than <c>Dispose</c>.</summary>
    Idle,

    /// <summary>Hands out what a process writes. <c>kind=output|error</c></summary>
    Pipes,

    /// <summary>Reads a stream to its end; with <c>kind=output|error</c> that of the process it is asked of, in the background.</summary>
    Drains,

    /// <summary>Returns, or is complete, when a process has ended.</summary>
    Ends,

    /// <summary>Type: a lock. <c>affine reentrant counted striped</c></summary>
    Lock,

    /// <summary>Type: coordinates threads in its own way, so that the lock every object has is not what its other users wait for.</summary>
    Synchronizes,

    /// <summary>Type: its instances have no identity of their own, as equal strings; or what a member returns. Code that was never given one may have the same.</summary>
    Weak,

    /// <summary>Type: threads wait on it for one another.</summary>
    Signal,

    /// <summary>Type: a container that is not safe for concurrent use.</summary>
    Container,

    /// <summary>Type: another kind of object that is not safe for concurrent use; with <c>how=all</c> every use changes it; with <c>kind=duplex</c> reading and writing do not meet.</summary>
    Unsafe,

    /// <summary>Type: an heir of it keeps in its fields what one use is about.</summary>
    Stateful,

    /// <summary>Type, or the object a member returns: safe for concurrent use.</summary>
    ThreadSafe,

    /// <summary>Type: never changes after construction.</summary>
    Immutable,

    /// <summary>Type: a value of it has several words, which are copied one after the other.</summary>
    Wide,

    /// <summary>Type: many threads call the members of one instance. Member: a framework runs it beside the other members.</summary>
    Concurrent,

    /// <summary>Makes one object of a type for all who ask for one: of its last type argument, or of what it is handed.</summary>
    Shares,

    /// <summary>Type: its members run on one thread at a time (a UI object, an actor, a request). <c>kind=ui|request</c></summary>
    Confined,

    /// <summary>A member that a framework calls. <c>kind=start|request</c></summary>
    Serves,

    /// <summary>Type: its instances are awaited (a task).</summary>
    Task,

    /// <summary>Type, or what a member hands out: a stream, reader or writer that is in memory, or whose asynchronous members do nothing else than the synchronous ones.</summary>
    Memory,

    /// <summary>Type: completes a task or a token for others; what waits may run inside the member that <see cref="Completes"/> it.</summary>
    Source,

    /// <summary>Nothing of the above, whatever the member inherits, resembles, or has in a table below this one.</summary>
    Nothing,
}
