using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.StartedBeforeInitializedAcrossTypes>;

namespace Analyzers.Tests.Rules;

/// <summary>Work that a base constructor starts, and what the derived one assigns too late for it.</summary>
public class TW1136_StartedBeforeInitializedAcrossTypes
{
    private static string Base(string start) => $$"""
        public abstract class Worker
        {
            private Timer _timer;
            protected Worker(CancellationToken token = default)
            {
                {{start}}
            }
            protected Worker(string name) { }
            protected abstract void Step();
            protected virtual int Size => 0;
            private void Run() => Loop();
            private void Loop() { while (true) Step(); }
            public int Sum() => Size;
        }
        """;

    private const string Started = "Task.Run(Run);";

    private static string Derived(string members) => $$"""
        public class Mailer : Worker
        {
            {{members}}
        }
        """;

    [Fact]
    public Task Names_the_start_and_the_override_that_reads() => Verify.Fires(
        [Base(Started), Derived("""
            private readonly List<string> _letters;
            public Mailer() => [|_letters|] = new();
            protected override void Step() => _letters.Add("a");
            """)],
        "'Mailer._letters' is assigned after the base constructor has started work (Test0.cs:6) that calls 'Mailer.Step', which reads it (Test1.cs:5)");

    [Theory]
    [InlineData("Task.Run(Step);")]
    [InlineData("Task.Run(() => Step());")]
    [InlineData("new Thread(Loop).Start();")]
    [InlineData("var thread = new Thread(Run) { IsBackground = true }; thread.Start();")]
    [InlineData("_timer = new Timer(_ => Step(), null, 0, 100);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Loop());")]
    [InlineData("token.Register(Step);")]
    public Task Fires_on_every_start(string start) => Verify.Fires([Base(start), Derived("""
        private readonly string _name;
        public Mailer(string name) { [|_name|] = name; }
        protected override void Step() => Console.WriteLine(_name.Length);
        """)]);

    [Fact]
    public Task Fires_on_a_getter_and_two_types_further_down() => Verify.Fires([
        Base("Task.Run(() => Size);"),
        "public abstract class Middle : Worker { }",
        """
        public class Last : Middle
        {
            private string _name;
            public Last(string name) => [|_name|] = name;
            protected override void Step() { }
            protected override int Size => _name.Length;
        }
        """]);

    [Theory]
    [InlineData("_timer = new Timer(_ => Step(), null, Timeout.Infinite, Timeout.Infinite);")]
    [InlineData("_timer = null;")]
    [InlineData("Task.Run(() => { });")]
    [InlineData("Task.Run(() => Sum()).Wait();")]
    [InlineData("Task.Run(() => Console.WriteLine(1));")]
    public Task Silent_where_the_base_starts_nothing_that_comes_to_it(string start) => Verify.Silent(Base(start), Derived("""
        private readonly string _name;
        public Mailer(string name) { _name = name; }
        protected override void Step() => Console.WriteLine(_name.Length);
        """));

    [Theory]
    [InlineData("private readonly List<string> _letters = new(); protected override void Step() => _letters.Add(\"a\");")]
    [InlineData("private List<string> _letters; public Mailer() => _letters = new(); protected override void Step() => _letters?.Add(\"a\");")]
    [InlineData("private List<string> _letters; public Mailer() => _letters = new(); protected override void Step() { if (_letters != null) _letters.Add(\"a\"); }")]
    [InlineData("private List<string> _letters = new(); public Mailer() => _letters = new(7); protected override void Step() => _letters.Add(\"a\");")]
    [InlineData("private readonly int _size; public Mailer() => _size = 7; protected override void Step() => Console.WriteLine(_size);")]
    [InlineData("private readonly List<string> _letters; public Mailer() => _letters = new(); protected override void Step() { } public int Count => _letters.Count;")]
    [InlineData("private readonly List<string> _letters; public Mailer() => _letters = new(); protected override void Step() { } private new void Run() => _letters.Clear();")]
    public Task Silent_where_the_override_finds_something_or_does_not_look(string members) => Verify.Silent(Base(Started), Derived(members));

    [Fact]
    public Task Silent_where_the_derived_type_starts_it_last() => Verify.Silent(
        """
        public abstract class Worker
        {
            protected void Start() => Task.Run(Run);
            private void Run() => Step();
            protected abstract void Step();
        }
        """,
        """
        public class Mailer : Worker
        {
            private readonly List<string> _letters;
            public Mailer() { _letters = new(); Start(); }
            protected override void Step() => _letters.Add("a");
        }
        """);

    [Fact]
    public Task Silent_where_another_constructor_of_the_base_is_called() => Verify.Silent(Base(Started), Derived("""
        private readonly List<string> _letters;
        public Mailer() : base("m") => _letters = new();
        protected override void Step() => _letters.Add("a");
        """));

    [Fact]
    public Task Known_miss_where_the_base_starts_it_by_a_helper() => Verify.Silent(
        Base("Begin(Run);").Replace("private void Run()", "private void Begin(Action run) => Task.Run(Run); private void Run()", StringComparison.Ordinal),
        Derived("""
            private readonly List<string> _letters;
            public Mailer() : base(default(CancellationToken)) => _letters = new();
            protected override void Step() => _letters.Add("a");
            """));
}
