using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.CallbackUnderLockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CallbackUnderLock>;

namespace Analyzers.Tests.Rules;

public class TW2011_CallbackUnderLock_Fix
{
    private static string Class(string members) => $$"""
        public class ValueEventArgs(int value) : EventArgs
        {
            public int Value => value;
        }

        public class C
        {
            private readonly object _g = new();
            private readonly List<int> _list = new();
            private readonly Action<object?>? _report;
            private readonly string _name = "";
            private Func<int, int>? _map;
            private int _x;
            private object? _last;

            public event EventHandler? Changed;

            public event EventHandler<ValueEventArgs>? Valued;

            public event Action<object?>? Said;

            public static event Action<int>? Any;

            public int Count { get; private set; }

            public int Twice => _x * 2;

            protected virtual void OnChanged() => Changed?.Invoke(this, EventArgs.Empty);

            protected virtual void OnValued(int value) { if (Valued is { } valued) valued(this, new(value)); }

            protected virtual void OnCleared() { }

            protected virtual void OnReset() { _list.Clear(); Changed?.Invoke(this, EventArgs.Empty); }

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    private static string Set(string body) => $"public void Set(int value, string text, object item, List<int> items, Action<int> done)\n{{\n    {body.Replace("\n", "\n    ")}\n}}";

    private static Task Fixes(string declared, string call, string kept, string after) => Verify.Fixes<Fix>(
        Class(Set($"lock (_g)\n{{\n    _x = value;\n    {call}\n}}")),
        Class(Set($"{Lines(declared, "")}lock (_g)\n{{\n    _x = value;\n{Lines(kept, "    ")}}}\n{after}")));

    private static string Lines(string statements, string indentation) => string.Concat(statements.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(statement => $"{indentation}{statement.TrimEnd(';')};\n"));

    private static Task NoFix(string body) => Verify.NoFix<Fix>(Class(Set(body)));

    [Theory]
    [InlineData("Changed?[|.Invoke(this, EventArgs.Empty)|];", "EventHandler? changed;", "changed = Changed;", "changed?.Invoke(this, EventArgs.Empty);")]
    [InlineData("this.Changed?[|.Invoke(this, EventArgs.Empty)|];", "EventHandler? changed;", "changed = this.Changed;", "changed?.Invoke(this, EventArgs.Empty);")]
    [InlineData("[|Changed!(this, EventArgs.Empty)|];", "EventHandler changed;", "changed = Changed!;", "changed(this, EventArgs.Empty);")]
    [InlineData("[|Changed!.Invoke(this, EventArgs.Empty)|];", "EventHandler changed;", "changed = Changed!;", "changed.Invoke(this, EventArgs.Empty);")]
    [InlineData("Any?[|.Invoke(value)|];", "Action<int>? any;", "any = Any;", "any?.Invoke(value);")]
    public Task Keeps_the_handlers_and_calls_them_after_the_lock(string call, string declared, string kept, string after) => Fixes(declared, call, kept, after);

    [Theory]
    [InlineData("Any?[|.Invoke(_x)|];", "Action<int>? any; int x;", "any = Any; x = _x;", "any?.Invoke(x);")]
    [InlineData("Any?[|.Invoke(Count + _x * _x)|];", "Action<int>? any; int count; int x;", "any = Any; count = Count; x = _x;", "any?.Invoke(count + x * x);")]
    [InlineData("Valued?[|.Invoke(this, new ValueEventArgs(_x))|];", "EventHandler<ValueEventArgs>? valued; int x;", "valued = Valued; x = _x;", "valued?.Invoke(this, new ValueEventArgs(x));")]
    [InlineData("Said?[|.Invoke($\"{_name} {_x}\")|];", "Action<object?>? said; int x;", "said = Said; x = _x;", "said?.Invoke($\"{_name} {x}\");")]
    [InlineData("Said?[|.Invoke(item)|];", "Action<object?>? said;", "said = Said;", "said?.Invoke(item);")]
    [InlineData("[|done(_list.Count)|];", "int count;", "count = _list.Count;", "done(count);")]
    [InlineData("[|done(Twice)|];", "int twice;", "twice = Twice;", "done(twice);")]
    [InlineData("_ = [|_map!(Count)|];", "Func<int, int> map; int count;", "map = _map!; count = Count;", "_ = map(count);")]
    public Task Keeps_what_the_handlers_are_given(string call, string declared, string kept, string after) => Fixes(declared, call, kept, after);

    [Theory]
    [InlineData("[|done(value)|];")]
    [InlineData("_report?[|.Invoke(text)|];")]
    [InlineData("[|_report!(_name)|];")]
    [InlineData("[|OnChanged()|];")]
    [InlineData("[|OnValued(value)|];")]
    public Task Needs_no_copy_of_what_nobody_changes(string call) => Fixes("", call, "", call.Replace("[|", "").Replace("|]", ""));

    [Fact]
    public Task Declares_before_the_lock_what_is_declared_inside() => Verify.Fixes<Fix>(Class(Set("""
        lock (_g)
        {
            var handler = Changed;
            var before = _x;
            _x = value;
            if (before == value)
                return;

            // told late
            handler?[|.Invoke(this, EventArgs.Empty)|];
        }
        """)), Class(Set("""
        EventHandler? handler;
        lock (_g)
        {
            handler = Changed;
            var before = _x;
            _x = value;
            if (before == value)
                return;
        }

        // told late
        handler?.Invoke(this, EventArgs.Empty);
        """)));

    [Fact]
    public Task Two_methods_are_fixed_at_once_and_two_locks_of_one_have_a_local_each() => Verify.Fixes<Fix>(Class("""
        public void A()
        {
            lock (_g) { _x++; Changed?[|.Invoke(this, EventArgs.Empty)|]; }
            lock (_g) { _x--; Changed?[|.Invoke(this, EventArgs.Empty)|]; }
        }

        public void B()
        {
            lock (_g) { _x++; Changed?[|.Invoke(this, EventArgs.Empty)|]; }
        }
        """), Class("""
        public void A()
        {
            EventHandler? changed;
            lock (_g) { _x++; changed = Changed; } changed?.Invoke(this, EventArgs.Empty);
            EventHandler? changed2;
            lock (_g) { _x--; changed2 = Changed; } changed2?.Invoke(this, EventArgs.Empty);
        }

        public void B()
        {
            EventHandler? changed;
            lock (_g) { _x++; changed = Changed; } changed?.Invoke(this, EventArgs.Empty);
        }
        """));

    [Theory]
    [InlineData("lock (_g) { _x = 1; [|OnCleared()|]; }")]
    [InlineData("lock (_g) { _x = 1; [|OnReset()|]; }")]
    public Task Nothing_for_a_member_whose_overrides_may_rely_on_the_lock(string body) => NoFix(body);

    [Theory]
    [InlineData("lock (_g) { _list.Add(1); Said?[|.Invoke(_list)|]; }")]
    [InlineData("lock (_g) { _list.Add(1); Said?[|.Invoke(_last)|]; }")]
    [InlineData("lock (_g) { items.Add(1); Said?[|.Invoke(items)|]; }")]
    [InlineData("object last; lock (_g) { last = _list; Said?[|.Invoke(last)|]; }")]
    [InlineData("lock (_g) { _list.Add(1); Said?[|.Invoke($\"{_last}\")|]; }")]
    [InlineData("lock (_g) { _list.Add(1); Said?[|.Invoke(new List<int>(_list))|]; }")]
    public Task Nothing_when_an_object_is_handed_out_that_the_lock_may_protect(string body) => NoFix(body);

    [Theory]
    [InlineData("lock (_g) { _x = 1; Any?[|.Invoke(_x++)|]; }")]
    [InlineData("lock (_g) { _x = 1; Any?[|.Invoke(Twice)|]; }")]
    [InlineData("lock (_g) { _x = 1; Any?[|.Invoke(_list.Count)|]; }")]
    [InlineData("lock (_g) { _x = 1; Said?[|.Invoke(() => _x)|]; }")]
    [InlineData("lock (_g) { _x = 1; Said?[|.Invoke(new object[] { _x })|]; }")]
    public Task Nothing_when_the_arguments_cannot_be_copied_as_they_are_evaluated(string body) => NoFix(body);

    [Theory]
    [InlineData("lock (_g) { Changed?[|.Invoke(this, EventArgs.Empty)|]; _x = 1; }")]
    [InlineData("lock (_g) { _x = [|_map!(1)|]; }")]
    [InlineData("lock (_g) { if (_x > 0) Changed?[|.Invoke(this, EventArgs.Empty)|]; }")]
    [InlineData("lock (_g) { foreach (var i in _list) Any?[|.Invoke(i)|]; }")]
    [InlineData("lock (_g) Changed?[|.Invoke(this, EventArgs.Empty)|];")]
    [InlineData("lock (_g) { [|done(value)|]; }")]
    [InlineData("lock (_g) { Changed?[|.Invoke(this, EventArgs.Empty)|]; }")]
    [InlineData("lock (_list) { lock (_g) { _x = 1; [|done(value)|]; } }")]
    [InlineData("void Inner() { lock (_g) { _x = 1; Changed?[|.Invoke(this, EventArgs.Empty)|]; } } lock (_list) Inner();")]
    public Task Nothing_when_it_is_not_the_last_statement_of_the_only_lock(string body) => NoFix(body);

    [Theory]
    [InlineData("Action<int> inner = i => { lock (_g) { _x = i; [|_map!(i)|]; } };")]
    [InlineData("Run(i => { lock (_g) { _x = i; [|_map!(i)|]; } }); void Run(Action<int> body) => body(1);")]
    public Task Nothing_in_a_lambda_that_code_of_ones_own_may_call_under_a_lock(string body) => NoFix(body);

    [Fact]
    public Task Fixes_a_lambda_that_the_framework_calls() => Verify.Fixes<Fix>(
        Class(Set("_ = Task.Run(() => { lock (_g) { _x = value; Changed?[|.Invoke(this, EventArgs.Empty)|]; } });")),
        Class(Set("_ = Task.Run(() => { EventHandler? changed; lock (_g) { _x = value; changed = Changed; } changed?.Invoke(this, EventArgs.Empty); });")));

    [Fact]
    public Task Nothing_when_a_captured_variable_may_change_after_the_lock_and_cannot_be_copied() => NoFix("""
        object last = item;
        _ = Task.Run(() => { lock (_g) last = new(); });
        lock (_g)
        {
            _x = 1;
            Said?[|.Invoke(last)|];
        }
        """);

    [Fact]
    public Task Copies_a_captured_variable_that_may_change_after_the_lock() => Verify.Fixes<Fix>(Class(Set("""
        var sum = 0;
        _ = Task.Run(() => { lock (_g) sum++; });
        lock (_g)
        {
            _x = 1;
            [|done(sum)|];
        }
        """)), Class(Set("""
        var sum = 0;
        _ = Task.Run(() => { lock (_g) sum++; });
        int sum2;
        lock (_g)
        {
            _x = 1;
            sum2 = sum;
        }
        done(sum2);
        """)));
}
