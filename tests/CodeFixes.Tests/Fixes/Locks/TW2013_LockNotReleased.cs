using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Fixes;
using Threadwise.Testing;
using Xunit;

namespace CodeFixes.Tests.Fixes;

public class TW2013_LockNotReleased
{
    private static readonly Trial<LockNotReleasedFix> Fix = new(new StandIn("TW2013", Finds));

    /// <summary>A call that takes a lock and is not followed at once by a <c>try</c>.</summary>
    private static Dictionary<string, string?>? Finds(SyntaxNode node, SemanticModel model)
    {
        if (node is not InvocationExpressionSyntax || model.GetSymbolInfo(node).Symbol is not IMethodSymbol { Name: "Enter" or "Wait" or "WaitAsync" or "WaitOne" or "EnterReadLock" or "EnterWriteLock" })
            return null;
        var statement = node.FirstAncestorOrSelf<StatementSyntax>()!;
        var siblings = statement.Parent is BlockSyntax block ? block.Statements.ToList() : [statement];
        return siblings.ElementAtOrDefault(siblings.IndexOf(statement) + 1) is TryStatementSyntax { Finally: not null } ? null : new() { ["exit"] = "exception" };
    }

    private static string Method(string body) => $$"""
        class C
        {
            readonly object _g = new(), _h = new();
            readonly Lock _lock = new();
            readonly SemaphoreSlim _s = new(1);
            readonly ReaderWriterLockSlim _rw = new();
            readonly Mutex _mutex = new();
            static int Work(params object?[] values) => 1;
            async Task<int> M(bool stop)
            {
                {{body.Replace("\n", "\n        ")}}
                await Task.Yield();
                return 1;
            }
        }
        """;

    private static Task Fixes(string before, string after) => Fix.Fixes(Method(before), Method(after));

    [Theory]
    [InlineData("[|Monitor.Enter(_g)|];\nWork();\nMonitor.Exit(_g);", "lock (_g)\n{\n    Work();\n}")]
    [InlineData("[|Monitor.Enter(this._g)|]; // take\n// work\nWork(); // do\n\n// done\nMonitor.Exit(this._g); // give", "lock (this._g) // take\n{\n    // work\n    Work(); // do\n\n    // done\n} // give")]
    [InlineData("[|Monitor.Enter(_g)|]; Work(); Monitor.Exit(_g);", "lock (_g) { Work(); }")]
    [InlineData("Work(); [|Monitor.Enter(_g)|]; Work(); Work(1); Monitor.Exit(_g); Work();", "Work(); lock (_g) { Work(); Work(1); } Work();")]
    [InlineData("[|_lock.Enter()|];\nWork();\n_lock.Exit();", "lock (_lock)\n{\n    Work();\n}")]
    [InlineData("[|Monitor.Enter(_g)|];\nif (stop)\n    return 1;\nWork();\nMonitor.Exit(_g);", "lock (_g)\n{\n    if (stop)\n        return 1;\n    Work();\n}")]
    [InlineData("[|Monitor.Enter(_g)|];\nvar a = Work();\nMonitor.Exit(_g);\nWork(a);", "int a;\nlock (_g)\n{\n    a = Work();\n}\nWork(a);")]
    [InlineData("[|Monitor.Enter(_g)|];\n[|Monitor.Enter(_h)|];\nWork();\nMonitor.Exit(_h);\nMonitor.Exit(_g);", "lock (_g)\n{\n    lock (_h)\n    {\n        Work();\n    }\n}")]
    [InlineData("[|Monitor.Enter(_g)|];\nWork(1);\nMonitor.Exit(_g);\n[|Monitor.Enter(_g)|];\nWork(2);\nMonitor.Exit(_g);", "lock (_g)\n{\n    Work(1);\n}\nlock (_g)\n{\n    Work(2);\n}")]
    [InlineData("[|Monitor.Enter(_g)|];\nWork(@\"\n x\");\nMonitor.Exit(_g);", "lock (_g)\n{\n    Work(@\"\n x\");\n}")]
    public Task Becomes_a_lock_statement(string before, string after) => Fixes(before, after);

    [Theory]
    [InlineData("[|_s.Wait()|];\nWork();\n_s.Release();", "_s.Wait();\ntry\n{\n    Work();\n}\nfinally\n{\n    _s.Release();\n}")]
    [InlineData("await [|_s.WaitAsync()|]; // take\n\nawait Task.Delay(1);\n// done\n_s.Release(); // give", "await _s.WaitAsync(); // take\ntry\n{\n\n    await Task.Delay(1);\n    // done\n}\nfinally\n{\n    _s.Release(); // give\n}")]
    [InlineData("await [|_s.WaitAsync()|].ConfigureAwait(false); Work(); _s.Release();", "await _s.WaitAsync().ConfigureAwait(false); try { Work(); } finally { _s.Release(); }")]
    [InlineData("[|_rw.EnterWriteLock()|];\nWork();\n_rw.ExitWriteLock();", "_rw.EnterWriteLock();\ntry\n{\n    Work();\n}\nfinally\n{\n    _rw.ExitWriteLock();\n}")]
    [InlineData("[|_mutex.WaitOne()|];\nvar a = Work();\n_mutex.ReleaseMutex();\nWork(a);", "int a;\n_mutex.WaitOne();\ntry\n{\n    a = Work();\n}\nfinally\n{\n    _mutex.ReleaseMutex();\n}\nWork(a);")]
    [InlineData("[|_s.Wait()|];\n[|_rw.EnterReadLock()|];\nWork();\n_rw.ExitReadLock();\n_s.Release();", "_s.Wait();\ntry\n{\n    _rw.EnterReadLock();\n    try\n    {\n        Work();\n    }\n    finally\n    {\n        _rw.ExitReadLock();\n    }\n}\nfinally\n{\n    _s.Release();\n}")]
    [InlineData("[|Monitor.Enter(_g)|];\nawait Task.Delay(1);\nMonitor.Exit(_g);", "Monitor.Enter(_g);\ntry\n{\n    await Task.Delay(1);\n}\nfinally\n{\n    Monitor.Exit(_g);\n}")]
    public Task Becomes_a_try_with_a_finally(string before, string after) => Fixes(before, after);

    [Theory]
    [InlineData("[|Monitor.Enter(_g)|];\nWork(1); // one\n// why\ntry\n{\n    Work(2);\n}\nfinally\n{\n    Monitor.Exit(_g);\n}", "Monitor.Enter(_g);\ntry\n{\n    Work(1); // one\n    // why\n    Work(2);\n}\nfinally\n{\n    Monitor.Exit(_g);\n}")]
    [InlineData("[|_s.Wait()|];\nvar a = Work();\ntry\n{\n    Work(a);\n}\nfinally\n{\n    _s.Release();\n}", "_s.Wait();\ntry\n{\n    var a = Work();\n    Work(a);\n}\nfinally\n{\n    _s.Release();\n}")]
    [InlineData("[|_s.Wait()|];\nvar a = Work();\ntry\n{\n    Work();\n}\nfinally\n{\n    _s.Release();\n}\nWork(a);", "int a;\n_s.Wait();\ntry\n{\n    a = Work();\n    Work();\n}\nfinally\n{\n    _s.Release();\n}\nWork(a);")]
    public Task Moves_up_the_try_that_is_there(string before, string after) => Fixes(before, after);

    [Theory]
    [InlineData("[|Monitor.Enter(_g)|]; Work();")]
    [InlineData("[|Monitor.Enter(_g)|]; Work(); if (stop) Monitor.Exit(_g);")]
    [InlineData("[|Monitor.Enter(_g)|]; if (stop) { Monitor.Exit(_g); return 1; } Work(); Monitor.Exit(_g);")]
    [InlineData("if (stop) [|Monitor.Enter(_g)|]; Work(); Monitor.Exit(_g);")]
    [InlineData("[|Monitor.Enter(_g)|]; Work(); Monitor.Exit(_h);")]
    [InlineData("[|_rw.EnterReadLock()|]; Work(); _rw.ExitWriteLock();")]
    [InlineData("var taken = false; [|Monitor.Enter(_g, ref taken)|]; Work(); Monitor.Exit(_g);")]
    [InlineData("if ([|_s.Wait(1)|]) { Work(); _s.Release(); }")]
    [InlineData("var t = [|_s.WaitAsync()|]; Work(); _s.Release();")]
    [InlineData("[|Monitor.Enter(_g)|]; using var a = new Timer(_ => { }); Monitor.Exit(_g); Work(a);")]
    [InlineData("[|Monitor.Enter(_g)|]; int L() => 1; Monitor.Exit(_g); L();")]
    [InlineData("[|Monitor.Enter(_g)|]; var a = new { X = 1 }; Monitor.Exit(_g); Work(a);")]
    [InlineData("again: [|Monitor.Enter(_g)|]; if (stop) goto again; Monitor.Exit(_g);")]
    [InlineData("[|Monitor.Enter(_g)|];\n#if DEBUG\nWork();\n#endif\nWork();\nMonitor.Exit(_g);")]
    [InlineData("[|Monitor.Enter(_g)|]; Work(); try { Work(); } catch (InvalidOperationException) { } finally { Monitor.Exit(_g); }")]
    [InlineData("[|_s.Wait()|];\nvar a = Work();\ntry\n{\n    Work();\n}\nfinally\n{\n    Work(a);\n    _s.Release();\n}")]
    [InlineData("[|Monitor.Enter(_g)|];\nWork();\ntry // here\n{\n    Work();\n}\nfinally { Monitor.Exit(_g); }")]
    public Task Nothing_where_giving_it_back_is_not_one_plain_step(string statements) => Fix.NoFix(Method(statements));

    [Fact]
    public Task Uses_a_try_where_the_lock_statement_would_take_another_lock() => Fix.Fixes("""
        using System.Threading;
        class C {
            readonly Lock _lock = new Lock();
            void M() {
                [|_lock.Enter()|]; // take
                M();
                _lock.Exit();
                Monitor.Enter(this);
                try { M(); } finally { Monitor.Exit(this); }
            }
        }
        """, """
        using System.Threading;
        class C {
            readonly Lock _lock = new Lock();
            void M() {
                _lock.Enter(); // take
                try {
                    M();
                } finally {
                    _lock.Exit();
                }
                Monitor.Enter(this);
                try { M(); } finally { Monitor.Exit(this); }
            }
        }
        """, new Case { Language = LanguageVersion.CSharp8 });

    [Fact]
    public Task Opens_the_brace_before_a_comment_where_braces_end_lines() => Fix.Fixes("""
        class C {
            void M() {
                [|Monitor.Enter(this)|]; // take
                M();
                Monitor.Exit(this);
            }
        }
        """, """
        class C {
            void M() {
                lock (this) { // take
                    M();
                }
            }
        }
        """);
}
