using Xunit;
using LockedWork = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.WaitForLockedWork>;
using Stall = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingCallUnderLock>;
using Upgrade = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ReaderWriterUpgrade>;

namespace Analyzers.Tests.Engine;

/// <summary>Threads that wait for themselves: for a lock they hold, or for work that needs it.</summary>
public class SelfLocking
{
    private const string Rows = """
        M:Acme.Dispatcher.BeginInvoke* starts
        M:Acme.Dispatcher.Invoke* blocks kind=ui
        M:Acme.Dispatcher.Invoke* starts
        T:Acme.Window confined
        """;

    private static string Window(string body) => $$"""
        namespace Acme
        {
            public class Dispatcher { public void Invoke(Action work) { } public void BeginInvoke(Action work) { } }
            public class Window { protected Dispatcher Dispatcher { get; } = new(); }
        }

        class Main : Acme.Window
        {
            readonly object _g = new(); int _x;
            void OnClick() { lock (_g) { _x++; } }
            void Refresh() { lock (_g) { _x--; } }
            void Worker() { {{body}} }
        }
        """;

    [Theory]
    [InlineData("lock (_g) { [|Dispatcher.Invoke(Refresh)|]; }")]
    [InlineData("lock (_g) { [|Dispatcher.Invoke(() => Refresh())|]; }")]
    public Task C5_168_Fires_on_waiting_for_the_thread_of_the_window_under_a_lock_it_takes(string body) =>
        new LockedWork.Case { AdditionalFiles = Tables }.Fires(Window(body));

    [Fact]
    public Task C5_168_Fires_on_waiting_for_the_thread_of_the_window_under_any_lock() =>
        new Stall.Case { AdditionalFiles = Tables }.Fires(Window("lock (_g) { [|Dispatcher.Invoke(() => { })|]; }"));

    [Theory]
    [InlineData("lock (_g) { Dispatcher.BeginInvoke(Refresh); }")]
    [InlineData("lock (_g) { Dispatcher.BeginInvoke(() => Refresh()); }")]
    [InlineData("lock (_g) { } Dispatcher.Invoke(Refresh);")]
    public Task C5_168_Silent_when_nobody_waits_for_it_under_the_lock(string body) => Task.WhenAll(
        new LockedWork.Case { AdditionalFiles = Tables }.Silent(Window(body)), new Stall.Case { AdditionalFiles = Tables }.Silent(Window(body)));

    /// <summary>A thread that reads cannot write even where locks nest: EnterWriteLock throws a LockRecursionException whatever the policy.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("LockRecursionPolicy.SupportsRecursion")]
    public Task C5_160_Fires_on_a_writer_inside_a_reader_whatever_the_policy(string policy) => Upgrade.Fires($$"""
        public class C
        {
            private readonly ReaderWriterLockSlim _rw = new({{policy}});
            public void M() { _rw.EnterReadLock(); try { [|_rw.EnterWriteLock()|]; _rw.ExitWriteLock(); } finally { _rw.ExitReadLock(); } }
        }
        """);

    private static Dictionary<string, string> Tables => new() { ["threadwise.ui.txt"] = Rows };
}
