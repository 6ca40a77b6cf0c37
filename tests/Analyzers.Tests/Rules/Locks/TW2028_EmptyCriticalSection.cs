using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.EmptyCriticalSectionFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.EmptyCriticalSection>;

namespace Analyzers.Tests.Rules;

public class TW2028_EmptyCriticalSection
{
    private static string Method(string body) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly List<object> _all = new();
            private object Next() => _all[0];

            public void M(object other)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("lock ([|_g|]) { }")]
    [InlineData("lock ([|this|])\n        {\n        }")]
    [InlineData("lock ([|other|]) { ; }")]
    [InlineData("lock (_g) { lock ([|other|]) { } Console.WriteLine(); }")]
    [InlineData("Action a = () => { lock ([|_g|]) { } }; a();")]
    public Task Fires_on_nothing(string body) => Verify.Fires(Method(body));

    [Fact]
    public Task Fires_with_the_name_of_the_lock() => Verify.Fires(Method("lock ([|_g|]) { }"), "'C.M' takes '_g' for nothing: no code is inside the lock statement");

    [Fact]
    public Task Fires_beside_calls_that_take_locks() => Verify.Fires(Method("Monitor.Enter(other); lock ([|_g|]) { } Monitor.Exit(other);"));

    [Theory]
    [InlineData("lock (_g) { /* wait until the writer is out */ }")]
    [InlineData("// wait until the writer is out\n        lock (_g) { }")]
    [InlineData("lock (_g) { } // barrier")]
    [InlineData("lock (_g)\n        {\n#if DEBUG\n            Console.WriteLine();\n#endif\n        }")]
    public Task Silent_when_a_comment_says_why(string body) => Verify.Silent(Method(body));

    [Theory]
    [InlineData("lock (Next()) { }")]
    [InlineData("lock (_all[0]) { }")]
    [InlineData("lock (new object()) { }")]
    public Task Silent_when_naming_the_lock_does_something(string body) => Verify.Silent(Method(body));

    [Theory]
    [InlineData("lock (_g) { Console.WriteLine(); }")]
    [InlineData("lock (_g) _all.Clear();")]
    [InlineData("lock (_g) { var x = 1; }")]
    [InlineData("lock (_g) { return; }")]
    public Task Silent_when_something_is_inside(string body) => Verify.Silent(Method(body));

    [Theory]
    [InlineData("Console.WriteLine(1);\n        lock ([|_g|]) { }\n        Console.WriteLine(2);", "Console.WriteLine(1);\n        Console.WriteLine(2);")]
    [InlineData("Console.WriteLine(1);\n\n        lock ([|_g|])\n        {\n        }\n\n        // two\n        Console.WriteLine(2);", "Console.WriteLine(1);\n\n\n        // two\n        Console.WriteLine(2);")]
    [InlineData("Console.WriteLine(1); lock ([|_g|]) { } Console.WriteLine(2);", "Console.WriteLine(1); Console.WriteLine(2);")]
    [InlineData("lock ([|_g|]) { ; } Console.WriteLine(2);", "Console.WriteLine(2);")]
    public Task Fixes_by_removing_it(string before, string after) => Verify.Fixes<Fix>(Method(before), Method(after));

    [Theory]
    [InlineData("if (other != null) lock ([|_g|]) { }")]
    [InlineData("lock ([|_g|]) ;")]
    public Task No_fix_where_a_statement_must_stand_or_the_braces_are_missing(string body) => Verify.NoFix<Fix>(Method(body));
}
