using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ExposedLockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ExposedLock>;

namespace Analyzers.Tests.Rules;

public partial class TW2018_ExposedLock
{
    [Fact]
    public Task Fixes_every_lock_of_this_in_the_type() => Verify.Fixes<Fix>("""
        public class C
        {
            private int _x;

            public void M()
            {
                lock ([|this|]) // kept
                    _x++;
            }

            public void N()
            {
                Monitor.Enter([|this|]);
                try { Monitor.PulseAll(this); }
                finally { Monitor.Exit(this); }
            }
        }
        """, """
        public class C
        {
            private readonly object _gate = new();
            private int _x;

            public void M()
            {
                lock (_gate) // kept
                    _x++;
            }

            public void N()
            {
                Monitor.Enter(_gate);
                try { Monitor.PulseAll(_gate); }
                finally { Monitor.Exit(_gate); }
            }
        }
        """);

    [Fact]
    public Task Fixes_a_lock_that_is_one_of_a_set_too() => new Verify.Case { HasRuntime = true }.Fixes<Fix>("""
        public class C
        {
            private readonly object _other = new();
            public void M() { lock ([|this|]) { } }
            public void N() { using (Threadwise.LockSet.Enter(_other, this)) { } }
        }
        """, """
        public class C
        {
            private readonly object _gate = new();
            private readonly object _other = new();
            public void M() { lock (_gate) { } }
            public void N() { using (Threadwise.LockSet.Enter(_other, _gate)) { } }
        }
        """);

    [Fact]
    public Task Fixes_a_type_object_with_a_static_field() => Verify.Fixes<Fix>("""
        internal static class C
        {
            public static void M()
            {
                lock ([|typeof(C)|])
                    Console.WriteLine();
            }

            public static void N() { lock (([|typeof(C)|])) { } }
        }
        """, """
        internal static class C
        {
            private static readonly object s_gate = new();

            public static void M()
            {
                lock (s_gate)
                    Console.WriteLine();
            }

            public static void N() { lock (s_gate) { } }
        }
        """);

    [Fact]
    public Task Fixes_a_public_member_and_keeps_it() => Verify.Fixes<Fix>("""
        public class C
        {
            public readonly List<int> Items = new();
            private static int _gate;

            public void M(C other)
            {
                lock ([|Items|])
                    Items.Add(_gate);
                lock ([|this.Items|])
                    Items.Clear();
                lock ([|other.Items|])
                    other.Items.Clear();
            }
        }
        """, """
        public class C
        {
            private readonly object _gate2 = new();
            public readonly List<int> Items = new();
            private static int _gate;

            public void M(C other)
            {
                lock (_gate2)
                    Items.Add(_gate);
                lock (this._gate2)
                    Items.Clear();
                lock (other._gate2)
                    other.Items.Clear();
            }
        }
        """);

    [Fact]
    public Task Fixes_texts_and_boxes() => Verify.Fixes<Fix>("""
        internal class C
        {
            private static int s_count;

            public void M()
            {
                s_count++;
                lock ([|"text"|]) { }
            }
        }

        internal class D
        {
            private int count;

            public void M()
            {
                lock ([|(object)count|]) { count++; }
            }
        }
        """, """
        internal class C
        {
            private static readonly object s_gate = new();
            private static int s_count;

            public void M()
            {
                s_count++;
                lock (s_gate) { }
            }
        }

        internal class D
        {
            private readonly object gate = new();
            private int count;

            public void M()
            {
                lock (gate) { count++; }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_other_code_may_lock_the_same_object() => Verify.NoFix<Fix>("""
        public class C
        {
            public void M() { lock ([|this|]) { } }
        }

        internal class D
        {
            private readonly C _c = new();
            public void M() { lock (_c) { } }
        }
        """);

    [Fact]
    public Task No_fix_when_another_file_locks_it() => Verify.NoFix<Fix>("""
        public class C
        {
            public readonly object Gate = new();
            public void M() { lock ([|Gate|]) { } }
        }
        """, """
        internal class D
        {
            public void M(C c) { Monitor.Enter([|c.Gate|]); }
        }
        """);

    [Fact]
    public Task No_fix_when_the_type_has_parts_or_its_base_is_not_seen() => Verify.NoFix<Fix>("""
        public partial class C
        {
            public void M() { lock ([|this|]) { } }
        }

        public partial class C { }

        public class D : System.IO.MemoryStream
        {
            public void M() { lock ([|this|]) { } }
        }
        """);

    [Fact]
    public Task No_fix_when_a_base_or_a_derived_type_locks_the_object_too() => Verify.NoFix<Fix>("""
        public class B
        {
            public void M() { lock ([|this|]) { } }
        }

        internal class D : B
        {
            public void N() { lock (this) { } }
        }
        """);

    [Fact]
    public Task No_fix_when_the_language_locks_the_object_too() => Verify.NoFix<Fix>("""
        using System.Runtime.CompilerServices;

        public class C
        {
            public void M() { lock ([|this|]) { } }

            [MethodImpl(MethodImplOptions.Synchronized)]
            public void N() { }
        }
        """);

    [Fact]
    public Task No_fix_when_a_field_would_change_what_the_type_is() => Verify.NoFix<Fix>("""
        public record R(int X)
        {
            public void M() { lock ([|this|]) { } }
        }

        [Serializable]
        public class S
        {
            public void M() { lock ([|this|]) { } }
        }
        """);

    [Fact]
    public Task No_fix_for_a_text_that_may_be_another_one() => Verify.NoFix<Fix>("""
        internal class C
        {
            private const string Name = "text";

            public void M(string id)
            {
                lock ([|"text"|]) { }
                lock ([|Name|]) { }
                lock ([|id|]) { }
                lock ([|GetType()|]) { }
            }
        }
        """);

    [Fact]
    public Task Fixes_in_an_older_language_and_on_one_line() => new Verify.Case { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp8 }.Fixes<Fix>("""
        public class C { public void M() { lock ([|this|]) { } } }
        """, """
        public class C { private readonly object _gate = new object(); public void M() { lock (_gate) { } } }
        """);
}
