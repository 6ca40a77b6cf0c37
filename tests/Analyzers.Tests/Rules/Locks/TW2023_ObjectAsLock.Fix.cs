using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ObjectAsLockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ObjectAsLock>;

namespace Analyzers.Tests.Rules;

public partial class TW2023_ObjectAsLock
{
    private static Task Fixes(string marked, string @fixed) =>
        Language.KnowsLock ? Verify.Fixes<Fix>(marked, @fixed) : Verify.Silent(marked.Replace("[|", "").Replace("|]", ""));

    private static Task NoFix(string marked) =>
        Language.KnowsLock ? Verify.NoFix<Fix>(marked) : Verify.Silent(marked.Replace("[|", "").Replace("|]", ""));

    [Fact]
    public Task Fixes_the_type_of_the_field() => Fixes("""
        public class C
        {
            // kept
            private readonly object [|_gate|] = new(); // kept too
            private static readonly object [|s_gate|] = new object();

            public void M()
            {
                lock (_gate)
                    lock (this._gate) { }
                lock (s_gate) { }
                Console.WriteLine(nameof(C));
            }
        }
        """, """
        public class C
        {
            // kept
            private readonly Lock _gate = new(); // kept too
            private static readonly Lock s_gate = new Lock();

            public void M()
            {
                lock (_gate)
                    lock (this._gate) { }
                lock (s_gate) { }
                Console.WriteLine(nameof(C));
            }
        }
        """);

    [Fact]
    public Task Fixes_with_the_full_name_where_another_type_has_the_short_one() => Fixes("""
        public class Lock { }

        public class C
        {
            private readonly object [|_gate|] = new();
            public void M() { lock (_gate) { } }
        }
        """, """
        public class Lock { }

        public class C
        {
            private readonly System.Threading.Lock _gate = new();
            public void M() { lock (_gate) { } }
        }
        """);

    [Fact]
    public Task No_fix_when_several_fields_share_the_type() => NoFix("""
        public class C
        {
            private readonly object [|_a|] = new(), [|_b|] = new();
            public void M() { lock (_a) lock (_b) { } }
        }
        """);

    [Fact]
    public Task No_fix_when_another_build_uses_it_otherwise() => NoFix("""
        public class C
        {
            private readonly object [|_gate|] = new();
            public void M()
            {
                lock (_gate) { }
        #if OTHER
                Monitor.Pulse(_gate);
        #endif
            }
        }
        """);
}
