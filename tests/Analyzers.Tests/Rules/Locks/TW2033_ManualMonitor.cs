using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ManualMonitorFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ManualMonitor>;

namespace Analyzers.Tests.Rules;

public class TW2033_ManualMonitor
{
    private static string Method(string body, string head = "public void M()") => $$"""
        public class C
        {
            private readonly object _g = new(), _h = new();
            private readonly Lock _lock = new();
            private static void Work() { }

            {{head}}
            {
                {{body.Replace("\n", "\n        ")}}
            }
        }
        """;

    [Theory]
    [InlineData("[|Monitor.Enter(_g)|];\ntry\n{\n    Work();\n}\nfinally\n{\n    Monitor.Exit(_g);\n}")]
    [InlineData("[|Monitor.Enter(this)|]; try { Work(); } finally { Monitor.Exit(this); }")]
    [InlineData("var taken = false;\ntry\n{\n    [|Monitor.Enter(_g, ref taken)|];\n    Work();\n}\nfinally\n{\n    if (taken)\n        Monitor.Exit(_g);\n}")]
    [InlineData("bool taken = false; try { [|Monitor.Enter(_g, ref taken)|]; Work(); } finally { if (taken) { Monitor.Exit(_g); } }")]
    [InlineData("Action a = () => { [|Monitor.Enter(_g)|]; try { Work(); } finally { Monitor.Exit(_g); } }; a();")]
    public Task Fires_on_what_a_lock_statement_is_compiled_to(string body) => Verify.Fires(Method(body));

    [Fact]
    public Task Fires_with_the_names() => Verify.Fires(
        Method("[|Monitor.Enter(_g)|]; try { Work(); } finally { Monitor.Exit(_g); }"),
        "'C.M' takes and gives back '_g' by calls; a lock statement does the same and cannot be torn apart");

    [Theory]
    [InlineData("Monitor.Enter(_g); try { Work(); } finally { Monitor.Exit(_h); }")]
    [InlineData("Monitor.Enter(_g); try { Work(); } finally { Monitor.Exit(_g); Work(); }")]
    [InlineData("Monitor.Enter(_g); try { Work(); } catch (Exception) { } finally { Monitor.Exit(_g); }")]
    [InlineData("Monitor.Enter(_g); Work(); try { Work(); } finally { Monitor.Exit(_g); }")]
    [InlineData("Monitor.Enter(_g); try { Monitor.Exit(_g); Work(); Monitor.Enter(_g); } finally { Monitor.Exit(_g); }")]
    [InlineData("if (Monitor.TryEnter(_g)) { try { Work(); } finally { Monitor.Exit(_g); } }")]
    [InlineData("Monitor.Enter(_g); try { Work(); } finally { if (Monitor.IsEntered(_g)) Monitor.Exit(_g); }")]
    [InlineData("Monitor.Enter(_g); Work(); Monitor.Exit(_g);")]
    [InlineData("lock (_g) { Work(); }")]
    [InlineData("var taken = false; try { Work(); Monitor.Enter(_g, ref taken); Work(); } finally { if (taken) Monitor.Exit(_g); }")]
    public Task Silent_when_a_lock_statement_would_not_do_the_same(string body) => Verify.Silent(Method(body));

    [Fact]
    public Task Silent_when_it_awaits_inside() => Verify.Silent(
        Method("Monitor.Enter(_g); try { await Task.Yield(); } finally { Monitor.Exit(_g); }", "public async Task M()"));

    [Fact]
    public Task Silent_when_the_object_is_a_lock_of_another_kind() => Verify.Silent(
        "#pragma warning disable CS9216\n" + Method("Monitor.Enter(_lock); try { Work(); } finally { Monitor.Exit(_lock); }"));

    [Theory]
    [InlineData("[|Monitor.Enter(_g)|];\ntry\n{\n    // work\n    Work();\n}\nfinally\n{\n    Monitor.Exit(_g);\n}\nWork();", "lock (_g)\n{\n    // work\n    Work();\n}\nWork();")]
    [InlineData("[|Monitor.Enter(_g)|]; try { Work(); } finally { Monitor.Exit(_g); }", "lock (_g) { Work(); }")]
    [InlineData("var taken = false;\ntry\n{\n    [|Monitor.Enter(_g, ref taken)|];\n    Work(); // do\n}\nfinally\n{\n    if (taken)\n        Monitor.Exit(_g);\n}", "lock (_g)\n{\n    Work(); // do\n}")]
    [InlineData("[|Monitor.Enter(_g)|];\ntry\n{\n    [|Monitor.Enter(_h)|];\n    try\n    {\n        Work();\n    }\n    finally\n    {\n        Monitor.Exit(_h);\n    }\n}\nfinally\n{\n    Monitor.Exit(_g);\n}", "lock (_g)\n{\n    lock (_h)\n    {\n        Work();\n    }\n}")]
    public Task Fixes_with_a_lock_statement(string before, string after) => Verify.Fixes<Fix>(Method(before), Method(after));

    [Theory]
    [InlineData("[|Monitor.Enter(_g)|]; // take\ntry { Work(); } finally { Monitor.Exit(_g); }")]
    [InlineData("[|Monitor.Enter(_g)|];\ntry { Work(); }\n// always\nfinally { Monitor.Exit(_g); }")]
    [InlineData("var taken = false; try { [|Monitor.Enter(_g, ref taken)|]; Work(); } finally { if (taken) Monitor.Exit(_g); } Console.WriteLine(taken);")]
    [InlineData("var taken = false; Work(); try { [|Monitor.Enter(_g, ref taken)|]; Work(); } finally { if (taken) Monitor.Exit(_g); }")]
    public Task No_fix_when_a_comment_or_a_use_of_the_flag_would_be_lost(string body) => Verify.NoFix<Fix>(Method(body));
}
