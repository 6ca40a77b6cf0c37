using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnguardedSharedWrite>;

namespace Analyzers.Tests.Rules;

/// <summary>State that the runs of a parallel loop have in common, that of parameters, and that of windows.</summary>
public class TW1006_UnguardedSharedWrite_Loops
{
    private static Verify.Case Hosted => new() { Library = HostStubs.Source };

    private static Task Fires(string members) => Verify.Fires(Class(members));

    private static Task Silent(string members) => Verify.Silent(Class(members));

    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _g = new();
            private int _count;
            private static long s_sum;
            private readonly List<int> _list = new();

        {{members}}
        }
        """;

    [Fact]
    public Task Names_the_loop() => Verify.Fires("""
        public class C
        {
            private int _count;
            public int All(int[] items)
            {
                Parallel.ForEach(items, item => [|_count|]++);
                return _count;
            }
        }
        """, "'C._count' is changed in 'C.All' while 'C.All' changes it (Test0.cs:6): 'Parallel.ForEach' runs it on several threads at a time, and no lock guards it");

    [Theory]
    [InlineData("public void M(int[] all) => Parallel.ForEach(all, i => Add(i)); private void Add(int i) => [|_count|] += i;")]
    [InlineData("public void M(int[] all) => Parallel.ForEach(all, Add); private void Add(int i) => [|s_sum|] += i;")]
    [InlineData("public void M(int[] all) => all.AsParallel().ForAll(i => [|_count|]++);")]
    [InlineData("public Task M(int[] all) => Parallel.ForEachAsync(all, async (i, token) => { await Task.Yield(); [|_count|]++; });")]
    public Task Fires_on_a_number_that_runs_of_one_loop_change(string members) => Fires(members);

    [Fact]
    public Task Fires_on_a_loop_of_the_runtime_library() => new Verify.Case { HasRuntime = true }.Fires(Class("""
        public void M(int[] all) => Threadwise.ParallelMap.ForEach(all, i => { [|_count|]++; });
        public int[] N(int[] all) => Threadwise.ParallelMap.Map(all, i => [|_count|] += i);
        """));

    [Theory]
    [InlineData("public void M(int[] all) => Parallel.ForEach(all, i => Interlocked.Increment(ref _count));")]
    [InlineData("public void M(int[] all) => Parallel.ForEach(all, i => { lock (_g) _count++; });")]
    [InlineData("public void M(int[] all) { foreach (var i in all) _count++; Parallel.ForEach(all, i => Console.WriteLine(i)); _count++; }")]
    [InlineData("public void M(int[] all) { Parallel.ForEach(all, i => Console.WriteLine(_count)); _count = 0; }")]
    [InlineData("public async Task M(int[] all) { foreach (var i in all) await Task.Run(() => _count += i); }")]
    [InlineData("public int M(int[] all) => all.Sum(i => _count += i);")]
    public Task Silent_on_what_one_thread_does_at_a_time(string members) => Silent(members);

    [Fact]
    public Task C2_54_Fires_on_a_parameter_that_is_new_on_one_way_only() => Verify.Fires("""
        public class ThreadSafeAttribute : Attribute { }

        [ThreadSafe]
        public class C
        {
            public class Node { public int Uses; }
            public void Use(Node node, bool isFirst)
            {
                if (isFirst)
                    node = new Node();
                [|node.Uses|]++;
            }
        }
        """);

    [Fact]
    public Task C2_54_Silent_on_an_object_that_is_always_new() => Verify.Silent("""
        public class ThreadSafeAttribute : Attribute { }

        [ThreadSafe]
        public class C
        {
            public class Node { public int Uses; }
            public Node Use()
            {
                var node = new Node();
                node.Uses++;
                return node;
            }
        }
        """);

    [Fact]
    public Task C3_106_Fires_on_what_a_window_changes_after_it_has_left_its_thread() => Hosted.Fires("""
        public class Window : System.Windows.Forms.Control
        {
            private readonly List<string> _rows = new();
            private void OnClick(object sender, EventArgs e) => Console.WriteLine(_rows[0]);
            public async Task LoadAsync(Task<string> row)
            {
                var text = await row.ConfigureAwait(false);
                [|_rows|].Add(text);
            }
            public void Wire() => Click += OnClick;
        }
        """);

    [Theory]
    [InlineData("var text = await row; _rows.Add(text);")]
    [InlineData("_rows.Add(\"\"); await row.ConfigureAwait(false);")]
    [InlineData("var text = await row.ConfigureAwait(true); _rows.Add(text);")]
    [InlineData("var text = await row.ConfigureAwait(false); await Back(); _rows.Add(text);")]
    [InlineData("var text = await row.ConfigureAwait(false); BeginInvoke(new Action(() => _rows.Add(text)));")]
    public Task C3_106_Silent_while_it_is_on_its_thread(string body) => Hosted.Silent($$"""
        public class Window : System.Windows.Forms.Control
        {
            private readonly List<string> _rows = new();
            private Task Back() => Task.CompletedTask;
            public void OnClick(object sender, EventArgs e) => Console.WriteLine(_rows[0]);
            public async Task LoadAsync(Task<string> row)
            {
                {{body}}
            }
        }
        """);

    [Theory]
    [InlineData("public Task M(int[] all) => Task.WhenAll(all.Select(async i => { await Task.Yield(); [|_count|] += i; }));")]
    [InlineData("public Task M(int[] all) => Task.WhenAll(all.Select(i => Task.Run(() => [|_count|]++)));")]
    [InlineData("public Task M(int[] all) => Task.WhenAll(all.Select(AddAsync)); private async Task AddAsync(int i) { await Task.Yield(); [|_count|] += i; }")]
    public Task Fires_on_a_number_that_many_tasks_change(string members) => Fires(members);
}
