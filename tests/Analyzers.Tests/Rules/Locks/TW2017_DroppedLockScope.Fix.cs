using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.DroppedLockScopeFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.DroppedLockScope>;

namespace Analyzers.Tests.Rules;

public partial class TW2017_DroppedLockScope
{
    [Fact]
    public Task Fixes_with_using() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly Lock _gate = new();

            public void M()
            {
                // kept
                [|_gate.EnterScope()|]; // kept too
                Console.WriteLine();
            }

            public void N(object scope)
            {
                _ = [|_gate.EnterScope()|];
                Console.WriteLine(scope);
            }

            public void O()
            {
                var held = [|_gate.EnterScope()|];
                Console.WriteLine();
            }
        }
        """, """
        public class C
        {
            private readonly Lock _gate = new();

            public void M()
            {
                // kept
                using var scope = _gate.EnterScope(); // kept too
                Console.WriteLine();
            }

            public void N(object scope)
            {
                using var held = _gate.EnterScope();
                Console.WriteLine(scope);
            }

            public void O()
            {
                using var held = _gate.EnterScope();
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task Fixes_async_locks() => Verify.Fixes<Fix>([AsyncLock, """
        public class C
        {
            private readonly AsyncLock _gate = new();

            public async Task M()
            {
                await [|_gate.LockAsync()|].ConfigureAwait(false);
                await Task.Yield();
            }
        }
        """], [AsyncLock, """
        public class C
        {
            private readonly AsyncLock _gate = new();

            public async Task M()
            {
                using var scope = await _gate.LockAsync().ConfigureAwait(false);
                await Task.Yield();
            }
        }
        """]);

    [Fact]
    public Task No_fix_when_nothing_would_be_under_the_lock() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly Lock _gate = new();

            public void M(bool b)
            {
                if (b)
                    [|_gate.EnterScope()|];
                Console.WriteLine();
                if (b)
                {
                    [|_gate.EnterScope()|];
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_the_task_is_dropped_as_well() => Verify.NoFix<Fix>(AsyncLock, """
        public class C
        {
            private readonly AsyncLock _gate = new();

            public void M()
            {
                [|_gate.LockAsync()|];
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task No_fix_in_a_language_without_using_declarations() => new Verify.Case { Language = LanguageVersion.CSharp7_3 }.NoFix<Fix>("""
        public class C
        {
            private readonly System.Threading.Lock _gate = new System.Threading.Lock();

            public void M()
            {
                [|_gate.EnterScope()|];
                System.Console.WriteLine();
            }
        }
        """);
}
