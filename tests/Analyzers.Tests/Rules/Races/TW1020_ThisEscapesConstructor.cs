using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ThisEscapesConstructor>;

namespace Analyzers.Tests.Rules;

/// <summary>Objects that others have before they are made.</summary>
public partial class TW1020_ThisEscapesConstructor
{
    private static Task Fires(string body) => Verify.Fires(Class(body));

    private static Task Silent(string body) => Verify.Silent(Class(body));

    private static string Class(string body) => $$"""
        public class C
        {
            private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, C> s_all = new();
            private static readonly System.Collections.Concurrent.ConcurrentBag<C> s_bag = new();
            private static readonly List<C> s_list = new();
            private static volatile C s_current;
            private static C s_last;
            private readonly object _g = new();
            private readonly System.Collections.Concurrent.ConcurrentBag<C> _own = new();
            private readonly string _name;
            private int _x = 1;
            private Task _task;

            public C(int k, string name)
            {
                {{body}}
            }
            private void Work() { _x++; }
        }
        """;

    [Fact]
    public Task Names_where_it_goes_and_what_comes_later() => Verify.Fires("""
        public class Node
        {
            private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, Node> s_all = new();
            private readonly string _name;
            public Node(int id, string name)
            {
                [|s_all[id]|] = this;
                _name = name;
            }
            public static string Find(int id) => s_all[id]._name;
        }
        """, "'Node.Node' hands its object to 'Node.s_all' here and writes 'Node._name' only afterwards (Test0.cs:8); another thread that has it by then finds the old value, or loses its own");

    [Theory]
    [InlineData("[|s_all.TryAdd(k, this)|]; _name = name;")]
    [InlineData("[|s_bag.Add(this)|]; if (k > 1) _name = name;")]
    [InlineData("[|s_current|] = this; _name = name;")]
    [InlineData("[|s_last|] = this; _name = name;")]
    [InlineData("[|s_list.Add(this)|]; _x = k;")]
    public Task Fires_on_a_static_that_gets_the_object_first(string body) => Fires(body);

    [Theory]
    [InlineData("_task = Task.Run([|() => _x++|]); _x = 5;")]
    [InlineData("Task.Run([|Work|]); _x = k;")]
    [InlineData("ThreadPool.QueueUserWorkItem([|_ => Work()|]); _x = k;")]
    public Task C2_61_Fires_on_work_that_changes_what_is_written_later(string body) => Fires(body);

    [Theory]
    [InlineData("_name = name; s_all[k] = this;")]
    [InlineData("_name = name; _x = k; s_current = this; Console.WriteLine(_x);")]
    [InlineData("_x = 5; _task = Task.Run(() => _x++);")]
    public Task C2_62_Silent_when_it_comes_last(string body) => Silent(body);

    [Theory]
    [InlineData("_own.Add(this); _name = name;")]
    [InlineData("var all = new List<C> { this }; _name = name;")]
    [InlineData("Action later = () => s_current = this; _name = name; later();")]
    public Task Silent_where_nobody_else_gets_it(string body) => Silent(body);

    [Fact]
    public Task Silent_when_the_work_is_awaited_or_changes_something_else() => Silent("Task.Run(() => Console.WriteLine(_x)); Task.Run(Work).Wait(); _x = k;");

    [Fact]
    public Task Silent_on_a_plain_static_of_a_type_that_knows_no_threads() => Verify.Silent("""
        public class Game
        {
            public static Game Current;
            private int _score;
            public Game() { Current = this; _score = 1; }
        }
        """);

    [Fact]
    public Task Silent_under_a_lock() => Silent("lock (_g) { s_current = this; _x = k; }");

    [Fact]
    public Task Hands_it_out_last() => Verify.Fixes<ThisEscapesConstructorFix>(Class("""
        [|s_all[k]|] = this;
                _name = name;
                _x = k;
        """), Class("""
        _name = name;
                _x = k;
                s_all[k] = this;
        """));

    [Theory]
    [InlineData("[|s_all[k]|] = this; _name = name;")]
    [InlineData("""
        [|s_all[_x]|] = this;
                _x = k;
        """)]
    [InlineData("""
        [|s_all[k]|] = this;
                _name = Console.ReadLine();
        """)]
    [InlineData("""
        // Before all else.
                [|s_all[k]|] = this;
                _name = name;
        """)]
    public Task Offers_nothing_where_more_may_depend_on_the_order(string body) => Verify.NoFix<ThisEscapesConstructorFix>(Class(body));
}
