using System.Collections.Immutable;
using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Rules;

/// <summary>What findings carry for fixes and tools besides their text.</summary>
public class Carried
{
    [Theory]
    [InlineData("object", "new()", "monitor")]
    [InlineData("Lock", "new()", "lock")]
    [InlineData("SemaphoreSlim", "new(1, 1)", "semaphore")]
    [InlineData("ReaderWriterLockSlim", "new()", "readerwriter")]
    [InlineData("Mutex", "new()", "other")]
    public async Task The_kind_of_the_guard(string type, string value, string kind)
    {
        var finding = Assert.Single(await Of("TW1002", $$"""
            public class C
            {
                private readonly {{type}} _g = {{value}};
                [GuardedBy("_g")] private int _x;
                public object Gate => _g;
                public int X => _x;
            }
            """));
        Assert.Equal(("_g", kind, "false"), (finding["guard"], finding["kind"], finding["write"]));
    }

    [Fact]
    public async Task The_guard_as_seen_from_the_access()
    {
        var findings = await Of("TW1002", """
            public class C
            {
                internal static readonly object Gate = new();
                internal readonly object _g = new();
                [GuardedBy("_g")] internal int _x;
                [GuardedBy("Gate")] internal static int _s;
                [GuardedBy("this")] internal int _t;
                [GuardedBy("typeof(C)")] internal int _u;
                public void M(C other) => other._x = 1;
                public int N() => _s;
                public int O() => _t;
                public int P(C other) => other._t;
                public int Q() => _u;
            }
            """);
        Assert.Equal(["other._g", "C.Gate", "this", "other", "typeof(C)"], findings.Select(finding => finding["guard"]));
        Assert.Equal(["true", "false", "false", "false", "false"], findings.Select(finding => finding["write"]));
    }

    [Fact]
    public async Task Nothing_when_the_guard_does_not_exist()
    {
        var finding = Assert.Single(await Of("TW1002", """
            public class C
            {
                [GuardedBy("missing")] private int _x;
                public int X => _x;
            }
            """));
        Assert.False(finding.ContainsKey("guard"));
    }

    [Fact]
    public async Task The_cycle_its_legs_and_its_steps()
    {
        var findings = await Of("TW2001", """
            public class C
            {
                private readonly object _a = new();
                private readonly object _b = new();

                public void M()
                {
                    lock (_a)
                    {
                        lock (_b)
                        {
                        }
                    }
                }

                public void N()
                {
                    lock (_b)
                    {
                        lock (_a)
                        {
                        }
                    }
                }
            }
            """);
        Assert.Equal(2, findings.Count);
        Assert.Single(findings.Select(finding => finding["cycleId"]).Distinct());
        Assert.All(findings, finding => Assert.Equal(("1", "2"), (finding["schema"], finding["legs"])));
        Assert.All(findings, finding => Assert.True(finding.ContainsKey("step.0") && finding.ContainsKey("step.1")));
        Assert.Equal(["false", "true"], findings.Select(finding => finding["swap"]));
    }

    [Fact]
    public async Task No_leg_of_a_longer_cycle_is_to_be_exchanged()
    {
        var findings = await Of("TW2001", """
            public class C
            {
                private readonly object _a = new();
                private readonly object _b = new();
                private readonly object _c = new();
                public void M() { lock (_a) lock (_b) { } }
                public void N() { lock (_b) lock (_c) { } }
                public void O() { lock (_c) lock (_a) { } }
            }
            """);
        Assert.Equal(3, findings.Count);
        Assert.Single(findings.Select(finding => finding["cycleId"]).Distinct());
        Assert.All(findings, finding => Assert.Equal(("3", "false"), (finding["legs"], finding["swap"])));
    }

    [Theory]
    [InlineData("private", "", "true")]
    [InlineData("internal", "", "false")]
    [InlineData("private", "public void N() { lock (_g) { lock (_g) { } } }", "false")]
    [InlineData("private", "public void N() { lock (_g) { Monitor.Wait(_g); } }", "false")]
    [InlineData("private", "public object N() => _g;", "false")]
    public async Task Whether_the_lock_may_become_a_semaphore(string access, string more, string convert)
    {
        var finding = Assert.Single(await Of("TW2008", $$"""
            public class C
            {
                {{access}} readonly object _g = new();
                {{more}}
                public async Task M()
                {
                    Monitor.Enter(_g);
                    try
                    {
                        await Task.Delay(1);
                    }
                    finally
                    {
                        Monitor.Exit(_g);
                    }
                }
            }
            """));
        Assert.Equal(("_g", convert), (finding["lock"], finding["convert"]));
    }

    [Fact]
    public async Task The_way_out_on_which_the_lock_is_kept()
    {
        var findings = await Of("TW2013", """
            public class C
            {
                private readonly object _g = new();

                public void M()
                {
                    Monitor.Enter(_g);
                    Console.WriteLine();
                    Monitor.Exit(_g);
                }

                public void N(bool b)
                {
                    Monitor.Enter(_g);
                    if (b)
                        return;
                    Monitor.Exit(_g);
                }
            }
            """);
        Assert.Equal(["exception", "normal"], findings.Select(finding => finding["exit"]));
    }

    [Fact]
    public async Task What_to_await_instead()
    {
        var findings = await Of("TW3001", """
            public class C
            {
                public async Task M(Task t, Task<int> u, Task[] all)
                {
                    await Task.Yield();
                    t.Wait();
                    _ = u.Result;
                    Task.WaitAll(all);
                }
            }
            """);
        Assert.Equal(["await", "await", "System.Threading.Tasks.Task.WhenAll"], findings.Select(finding => finding["twin"]));
        var sleep = Assert.Single(await Of("TW3005", """
            public class C
            {
                public async Task M()
                {
                    await Task.Yield();
                    Thread.Sleep(10);
                }
            }
            """));
        Assert.Equal("System.Threading.Tasks.Task.Delay", sleep["twin"]);
    }

    /// <summary>The properties of each finding of one rule, in the order of source.</summary>
    private static async Task<IReadOnlyList<ImmutableDictionary<string, string?>>> Of(string id, string source)
    {
        var analyzer = new ThreadwiseAnalyzer([Rule.All.Single(rule => rule.Id() == id)]);
        var analysis = await Analysis.Of(new Case().Project([new("Test0.cs", source)], analyzer), analyzer);
        Assert.Empty(analysis.Errors);
        return [.. analysis.Findings.OrderBy(finding => finding.Location.SourceSpan).Select(finding => finding.Properties)];
    }
}
