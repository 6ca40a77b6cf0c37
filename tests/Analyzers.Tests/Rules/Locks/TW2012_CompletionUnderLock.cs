using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.CompletionUnderLockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CompletionUnderLock>;

namespace Analyzers.Tests.Rules;

public class TW2012_CompletionUnderLock
{
    private static string Class(string members, string arguments = "") => $$"""
        public class C
        {
            private readonly object _g = new();
            private TaskCompletionSource<int> _done = new({{arguments}});
            private readonly Queue<TaskCompletionSource> _waiting = new();
            private CancellationTokenSource _stop = new();
            private readonly ManualResetEventSlim _set = new();
            private readonly SemaphoreSlim _s = new(1, 1);
            private readonly SemaphoreSlim _four = new(4, 4);
            private int _x;

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    private const string Complete = """
        public void M()
        {
            lock (_g)
            {
                _x++;
                [|_done.TrySetResult(_x)|];
            }
        }
        """;

    [Fact]
    public Task Fires_on_a_source_created_without_the_option() =>
        Verify.Fires(Class(Complete), "'C.M' calls 'TaskCompletionSource.TrySetResult' while it holds '_g' (Test0.cs:14); what waits for it runs at once, on this thread, inside the lock");

    [Theory]
    [InlineData("TaskCreationOptions.None")]
    [InlineData("TaskCreationOptions.AttachedToParent")]
    public Task Fires_on_another_option(string option) => Verify.Fires(Class(Complete, option));

    [Fact]
    public Task Fires_on_a_source_from_a_queue_when_all_are_created_so() => Verify.Fires(Class("""
        public Task Wait()
        {
            var source = new TaskCompletionSource();
            lock (_g)
                _waiting.Enqueue(source);
            return source.Task;
        }

        public void Next()
        {
            lock (_g)
            {
                if (_waiting.Count > 0)
                    [|_waiting.Dequeue().SetResult()|];
            }
        }
        """));

    [Fact]
    public Task Fires_on_cancelling_and_under_other_locks() => Verify.Fires(Class("""
        public void M()
        {
            lock (_g)
            {
                [|_stop.Cancel()|];
                _stop = new CancellationTokenSource();
            }
            _s.Wait();
            try { [|_done.SetException(new Exception())|]; } finally { _s.Release(); }
        }
        """));

    [Fact]
    public Task Fires_in_a_helper_that_is_always_called_under_the_lock() => Verify.Fires(Class("""
        public void M()
        {
            lock (_g)
                Finish();
        }

        private void Finish() => [|_done.SetResult(1)|];
        """));

    [Theory]
    [InlineData("TaskCreationOptions.RunContinuationsAsynchronously")]
    [InlineData("TaskCreationOptions.RunContinuationsAsynchronously | TaskCreationOptions.AttachedToParent")]
    [InlineData("new object(), TaskCreationOptions.RunContinuationsAsynchronously")]
    [InlineData("Options")]
    public Task Silent_with_the_option(string arguments) =>
        Verify.Silent(Class(Complete.Replace("[|", "").Replace("|]", "") + "\n\npublic static TaskCreationOptions Options { get; set; }", arguments));

    [Fact]
    public Task Silent_after_the_lock() => Verify.Silent(Class("""
        public void M()
        {
            TaskCompletionSource<int> done;
            lock (_g)
                done = _done;
            done.SetResult(1);
            _stop.Cancel();
        }
        """));

    [Fact]
    public Task Silent_when_only_signals_are_set() => Verify.Silent(Class("""
        public async Task M()
        {
            lock (_g)
            {
                _set.Set();
                Monitor.PulseAll(_g);
                _ = _stop.CancelAsync();
                _stop.CancelAfter(1);
            }
            await _four.WaitAsync();
            try { _done.SetResult(1); } finally { _four.Release(); }
        }
        """));

    [Fact]
    public Task Silent_on_a_source_nobody_has_yet() => Verify.Silent(Class("""
        public Task<int> M()
        {
            lock (_g)
            {
                var done = new TaskCompletionSource<int>();
                done.SetResult(_x);
                return done.Task;
            }
        }
        """));

    [Fact]
    public Task Silent_on_a_source_that_comes_from_elsewhere() => Verify.Silent("""
        public class D(TaskCompletionSource<string> done)
        {
            private readonly object _g = new();

            public void M()
            {
                lock (_g)
                    done.SetResult("");
            }
        }
        """);

    [Fact]
    public Task Silent_when_some_are_created_with_the_option() => Verify.Silent(Class("""
        public void M()
        {
            lock (_g)
            {
                _done.TrySetResult(1);
                _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
        """));

    [Fact]
    public Task Silent_when_a_task_does_it() => Verify.Silent(Class("""
        public void M()
        {
            lock (_g)
                _ = Task.Run(() => _done.SetResult(1));
        }
        """));

    [Fact]
    public Task Silent_when_the_source_is_a_type_of_its_own_that_says_how_it_behaves() => Verify.Silent(Class("""
        public void M()
        {
            lock (_g)
                _work.Dequeue().SetResult();
        }

        private readonly Queue<Work> _work = new();

        public abstract class Work : TaskCompletionSource
        {
            protected Work() : base(TaskCreationOptions.RunContinuationsAsynchronously) { }
        }
        """));

    [Theory]
    [InlineData("_done.TrySetResult(1)", DiagnosticSeverity.Warning)]
    [InlineData("_stop.Cancel()", DiagnosticSeverity.Info)]
    public async Task Warns_only_of_tasks(string code, DiagnosticSeverity severity)
    {
        var analyzer = new ThreadwiseAnalyzer([new Threadwise.Analyzers.Rules.CompletionUnderLock()]);
        var source = Class($"public void M() {{ lock (_g) {code}; }}");
        var analysis = await Analysis.Of(new Case().Project([new("C.cs", source)], analyzer), analyzer);
        Assert.Equal(severity, Assert.Single(analysis.Findings).Severity);
    }

    [Theory]
    [InlineData("", "TaskCreationOptions.RunContinuationsAsynchronously")]
    [InlineData("/* state */ new object()", "/* state */ new object(), TaskCreationOptions.RunContinuationsAsynchronously")]
    public Task Fixes_at_the_creation(string before, string after) => Verify.Fixes<Fix>(Class(Complete, before), Class(Complete.Replace("[|", "").Replace("|]", ""), after));

    [Fact]
    public Task Fixes_every_creation() => Verify.Fixes<Fix>(Class("""
        public void M()
        {
            lock (_g)
            {
                [|_done.TrySetResult(1)|];
                _done = new TaskCompletionSource<int>();
            }
        }
        """), Class("""
        public void M()
        {
            lock (_g)
            {
                _done.TrySetResult(1);
                _done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
        """, "TaskCreationOptions.RunContinuationsAsynchronously"));

    [Theory]
    [InlineData("[|_done.TrySetResult(1)|];", "TaskCreationOptions.None")]
    [InlineData("[|_stop.Cancel()|];", "TaskCreationOptions.RunContinuationsAsynchronously")]
    public Task No_fix_for_an_option_that_is_there_nor_for_a_token(string code, string arguments) => Verify.NoFix<Fix>(Class($$"""
        public void M()
        {
            lock (_g)
                {{code}}
        }
        """, arguments));
}
