using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ThisEscapesConstructor>;

namespace Analyzers.Tests.Rules;

public partial class TW1020_ThisEscapesConstructor
{
    private static readonly Verify.Case Made = new() { Action = 1 };

    private static string Shared(string constructor, string use = "Sessions.Open(new Session(1, null));", string members = "", string kind = "internal class") => $$"""
        {{kind}} Session
        {
            internal static readonly System.Collections.Concurrent.ConcurrentDictionary<int, Session> s_all = new();
            private readonly string? _user;
            private int _calls;
            private Task? _work;

            {{constructor}}

            private void Work() => _calls++;
            {{members}}
        }

        internal static class Sessions
        {
            internal static void Open(Session session) => Console.WriteLine(session);
            internal static void Run()
            {
                {{use}}
            }
        }
        """;

    private const string Early = """
        public Session(int id, string? user = null)
            {
                [|s_all[id]|] = this;
                _user = user;
            }
        """;

    private const string Done = """
        private Session(int id, string? user = null)
            {
                _user = user;
            }

            public static Session Create(int id, string? user = null)
            {
                var session = new Session(id, user);
                s_all[id] = session;
                return session;
            }
        """;

    [Fact]
    public Task Makes_it_by_a_method() => Made.Fixes<ThisEscapesConstructorFix>(Shared("""
        // A session.
            /// <summary>Of a user.</summary>
            internal Session(int id, string? user)
            {
                // noted
                [|s_all[id]|] = this;
                // his name
                _user = user;
            } // made
        """.Replace("// noted\n        ", ""), """
        // first
                var first = new Session(1, "a"); // kept
                Session second = new(user: "b", id: 2);
                Open(second);
        """.Replace("Open", "Sessions.Open")), Shared("""
        // A session.
            /// <summary>Of a user.</summary>
            private Session(int id, string? user)
            {
                // his name
                _user = user;
            } // made

            internal static Session Create(int id, string? user)
            {
                var session = new Session(id, user);
                s_all[id] = session;
                return session;
            }
        """, """
        // first
                var first = Session.Create(1, "a"); // kept
                Session second = Session.Create(user: "b", id: 2);
                Sessions.Open(second);
        """));

    [Theory]
    [InlineData("_work = Task.Run([|() => _calls++|]);", "session._work = Task.Run(() => session._calls++);")]
    [InlineData("Task.Run([|Work|]);", "Task.Run(session.Work);")]
    [InlineData("this._work = Task.Run([|() => this.Work()|]);", "session._work = Task.Run(() => session.Work());")]
    public Task Starts_its_work_by_a_method(string start, string later) => Made.Fixes<ThisEscapesConstructorFix>(
        Shared($"public Session()\n    {{\n        {start}\n        _calls = 1;\n    }}", "Open(new Session());"),
        Shared($"private Session()\n    {{\n        _calls = 1;\n    }}\n\n    public static Session Create()\n    {{\n        var session = new Session();\n        {later}\n        return session;\n    }}", "Open(Session.Create());"));

    [Fact]
    public Task Makes_two_types_by_methods() => Made.Fixes<ThisEscapesConstructorFix>(
        Shared(Early) + Shared(Early).Replace("Session", "Room"),
        Shared(Done).Replace("new Session(1", "Session.Create(1") + Shared(Done.Replace("Session", "Room").Replace("session", "room")).Replace("Session", "Room").Replace("new Room(1", "Room.Create(1"));

    [Theory]
    [InlineData("public class")]
    [InlineData("internal abstract class", "")]
    [InlineData("internal partial class")]
    [InlineData("[Serializable] internal class")]
    [InlineData("internal class Base<T>; internal class Other : Session { public Other() : base(1) { } } internal class")]
    [InlineData("internal class Maker { public Session Make() => Activator.CreateInstance<Session>(); } internal class")]
    [InlineData("internal class Maker { public Type Make() => typeof(Session); } internal class")]
    [InlineData("internal class Box<T>; internal class Maker { public Box<Session>? Make; } internal class")]
    [InlineData("internal class Maker { public string Make() => \"Session\"; } internal class")]
    [InlineData("internal interface IOne { } internal class Maker { public T Make<T>(Func<T> make) => make(); public object Call() => Make<Session>(() => new Session(1)); } internal class")]
    public Task Makes_nothing_that_others_may_make(string kind, string use = "Open(new Session(1));") => Made.NoFix<ThisEscapesConstructorFix>(Shared(Early, use, kind: kind));

    [Theory]
    [InlineData("Open(new Session(1) { });")]
    [InlineData("System.Linq.Expressions.Expression<Func<Session>> make = () => new Session(1);")]
    [InlineData("dynamic id = 1; Open(new Session(id));")]
    [InlineData("var Session = 1; Open(new Session(Session));")]
    [InlineData("Open(new /* first */ Session(1));")]
    public Task Makes_nothing_where_it_would_be_another_call(string use) => Made.NoFix<ThisEscapesConstructorFix>(Shared(Early, use));

    [Theory]
    [InlineData("public void Create() { }")]
    [InlineData("public Session(string user) : this(1, user) { }")]
    [InlineData("public Session? Next; public void Add() => Next = new(2) { Next = this };")]
    public Task Makes_nothing_beside_other_ways(string members) => Made.NoFix<ThisEscapesConstructorFix>(Shared(Early, members: members));

    [Fact]
    public Task Makes_nothing_that_friends_may_make() => Made.NoFix<ThisEscapesConstructorFix>("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tests\")]\n" + Shared(Early));

    [Fact]
    public Task Makes_nothing_that_another_file_makes() => Made.NoFix<ThisEscapesConstructorFix>(Shared(Early), "internal class Maker { public Session Make() => new(3); }");

    [Theory]
    [InlineData("id = id + 1;", "[|s_all[id]|] = this;", "")]
    [InlineData("var key = id;", "[|s_all[key]|] = this;", "")]
    [InlineData("if (id == 0) return;", "[|s_all[id]|] = this;", "")]
    [InlineData("", "[|s_all[Key()]|] = this;", "")]
    [InlineData("", "[|s_all[id]|] = this;", "Console.WriteLine();")]
    [InlineData("", "[|s_all[id]|] = this;", "s_all[2] = this;")]
    [InlineData("Action later = () => Work();", "[|s_all[id]|] = this;", "later();")]
    public Task Makes_nothing_of_what_needs_the_constructor(string before, string escape, string after) => Made.NoFix<ThisEscapesConstructorFix>(
        Shared($"public Session(int id, string? user)\n    {{\n        {before}\n        {escape}\n        _user = user;\n        {after}\n    }}", members: "private int Key() => 1;"));

    [Theory]
    [InlineData("private Task _run;", "_run = Task.Run([|Work|]);")]
    [InlineData("private readonly Task? _run;", "_run = Task.Run([|Work|]);")]
    public Task Makes_nothing_of_what_the_constructor_has_to_set(string field, string start) => Made.NoFix<ThisEscapesConstructorFix>(
        Shared($"{field}\n    public Session(int id, string? user)\n    {{\n        {start}\n        _calls = 1;\n    }}"));

    [Theory]
    [InlineData("public void Create() { }")]
    [InlineData("internal sealed class Create { }")]
    [InlineData("private static string Again() => Create(1, null); } internal sealed class Unused {")]
    [InlineData("private string Again() => this.Create(1); } internal sealed class Unused {")]
    public Task Makes_nothing_where_the_name_of_the_method_means_something_else(string members) => Made.NoFix<ThisEscapesConstructorFix>(
        "using static Others;\n\n" + Shared(Early, members: members)
        + "\ninternal static class Others { internal static string Create(int id, string? user) => user + id; internal static string Create(this Session session, int id) => session + \"\" + id; }");

    [Fact]
    public Task Makes_nothing_where_an_extension_by_its_name_is_called_elsewhere() => Made.NoFix<ThisEscapesConstructorFix>(Shared(Early),
        "internal static class Others { internal static string Create(this Session session, int id) => session + \"\" + id; internal static string Again(Session session) => session.Create(1); }");

    [Fact]
    public Task Makes_nothing_that_nobody_is_seen_to_make() => Made.NoFix<ThisEscapesConstructorFix>(Shared(Early, "Open(Session.s_all[1]);"));

    [Theory]
    [InlineData("_number = s_all.Count;")]
    [InlineData("s_all.Clear();")]
    public Task Makes_nothing_where_what_follows_looks_at_what_is_changed(string after) => Made.NoFix<ThisEscapesConstructorFix>(
        Shared($"private int _number = 1;\n    public Session(int id, string? user)\n    {{\n        [|s_all[id]|] = this;\n        _user = user;\n        {after}\n    }}"));

    [Fact]
    public Task Makes_nothing_where_what_follows_changes_what_is_looked_at() => Made.NoFix<ThisEscapesConstructorFix>(
        Shared("private static readonly List<int> s_ids = new();\n    public Session(int id, string? user)\n    {\n        [|s_all[s_ids.Count]|] = this;\n        _user = user;\n        s_ids.Add(id);\n    }"));

    [Theory]
    [InlineData("private Task _run, _more;", "_more = _run = Task.Run([|Work|]);")]
    [InlineData("private Task _run;", "(_run, _calls) = (Task.Run([|Work|]), 1);")]
    public Task Makes_nothing_of_what_the_constructor_has_to_set_beside_others(string field, string start) => Made.NoFix<ThisEscapesConstructorFix>(
        Shared($"{field}\n    public Session(int id, string? user)\n    {{\n        {start}\n        _calls = 1;\n    }}"));

    [Fact]
    public Task Makes_nothing_that_code_finds_by_its_constructors() => Made.NoFix<ThisEscapesConstructorFix>(
        Shared(Early, kind: "internal class Maker { public object Make(object x) => x.GetType().GetConstructors()[0].Invoke(new object?[] { 1, null }); } internal class"));

    [Fact]
    public Task Makes_it_with_tabs_and_other_line_ends() => Made.Fixes<ThisEscapesConstructorFix>(
        Shared(Early).Replace("    ", "\t").Replace("\n", "\r\n"), Shared(Done).Replace("new Session(1", "Session.Create(1").Replace("    ", "\t").Replace("\n", "\r\n"));
}
