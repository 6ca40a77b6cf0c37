using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.SplitCriticalSectionFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SplitCriticalSection>;

namespace Analyzers.Tests.Rules;

public partial class TW1041_SplitCriticalSection
{
    [Fact]
    public Task Fixes_by_keeping_the_lock() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();
            private int _n;

            public bool M(int k)
            {
                int n;
                lock (_g)
                {
                    n = _n; // first
                }

                // enough?
                if (n < Math.Max(k, 1))
                {
                    return false;
                }

                // takes
                lock (_g)
                {
                    [|_n|] = n - k; // second
                }

                return true;
            }

            public void N(int k)
            {
                var n = 0;
                lock (_g) {
                    n = _n;
                } // kept
                lock (_g) { // kept too
                    [|_n|] = n + k;
                }
            }
        }
        """, """
        public class C
        {
            private readonly object _g = new();
            private int _n;

            public bool M(int k)
            {
                int n;
                lock (_g)
                {
                    n = _n; // first

                    // enough?
                    if (n < Math.Max(k, 1))
                    {
                        return false;
                    }

                    // takes
                    _n = n - k; // second
                }

                return true;
            }

            public void N(int k)
            {
                var n = 0;
                lock (_g) {
                    n = _n;
                 // kept
                 // kept too
                    _n = n + k;
                }
            }
        }
        """);

    [Theory]
    [InlineData("lock (_g) { n = _n; } lock (_g) { [|_n|] = n + 1; }", "lock (_g) { n = _n; _n = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } k += Half(n); lock (_g) { [|_n|] = n + k; }", "lock (_g) { n = _n; k += Half(n); _n = n + k; }")]
    [InlineData("lock (this._g) { n = _n; } k += Rest; lock (this._g) { [|_n|] = n + k; }", "lock (this._g) { n = _n; k += Rest; _n = n + k; }")]
    [InlineData("lock (_g) { n = _n; } var m = n + 1; lock (_g) { [|_n|] = n + m; } Console.WriteLine(m);", "int m;\n        lock (_g) { n = _n; m = n + 1; _n = n + m; } Console.WriteLine(m);")]
    [InlineData("lock (_g) { n = _n; } if (!_map.TryGetValue(n, out var m)) return; lock (_g) { [|_n|] = n + m; }", "lock (_g) { n = _n; if (!_map.TryGetValue(n, out var m)) return; _n = n + m; }")]
    [InlineData("lock (_g) { n = _n; } if (n < k) throw new ArgumentException(nameof(k)); lock (_g) { [|_n|] = 0; }", "lock (_g) { n = _n; if (n < k) throw new ArgumentException(nameof(k)); _n = 0; }")]
    [InlineData("lock (_g) { n = _n; } foreach (var i in new[] { 1, 2 }) k += i; lock (_g) { [|_n|] = n + k; }", "lock (_g) { n = _n; foreach (var i in new[] { 1, 2 }) k += i; _n = n + k; }")]
    public Task Fixes_what_is_between_by_moving_it_in(string before, string after) => Verify.Fixes<Fix>(Around(before), Around(after));

    [Theory]
    [InlineData("lock (_g) { n = _n; } Console.WriteLine(n); lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } Thread.Sleep(n); lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } lock (_h) { k++; } lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } TakesLock(); lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } TakesLockBelow(); lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } Virtual(); lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } _called(); lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } Raised?.Invoke(); lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } k = Slow; lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } k = new Opens().N; lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } using (var s = new System.IO.MemoryStream()) { k++; } lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } while (_n == n) k++; lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } foreach (var i in Many()) k += i; lock (_g) { [|_n|] = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } if (n > 1) goto end; lock (_g) { [|_n|] = n + 1; } end: ;")]
    [InlineData("lock (_g) { var i = _n; n = _n; } var j = n; lock (_g) { var i = j; [|_n|] = n + i; }")]
    [InlineData("lock (_g) n = _n; lock (_g) { [|_n|] = n + 1; }")]
    public Task Offers_nothing_where_others_would_wait_or_meaning_changes(string statements) => Verify.NoFix<Fix>(Around(statements));

    [Fact]
    public Task Offers_nothing_where_it_awaits_in_between() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();
            private int _n;

            public async Task M()
            {
                int n;
                lock (_g)
                {
                    n = _n;
                }

                await Task.Yield();
                lock (_g)
                {
                    [|_n|] = n + 1;
                }
            }

            public IEnumerable<int> N()
            {
                int n;
                lock (_g)
                {
                    n = _n;
                }

                yield return n;
                lock (_g)
                {
                    [|_n|] = n + 1;
                }
            }
        }
        """);

    [Fact]
    public Task Offers_nothing_where_a_directive_is_in_between() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();
            private int _n;

            public void M()
            {
                int n;
                lock (_g)
                {
                    n = _n;
                }
        #if DEBUG
                n++;
        #endif
                lock (_g)
                {
                    [|_n|] = n + 1;
                }
            }
        }
        """);

    private static string Around(string statements) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly object _h = new();
            private readonly Dictionary<int, int> _map = new();
            private readonly Action _called = () => { };
            public event Action? Raised;
            private int _n;
            private int Rest { get; set; }
            private int Slow => new System.IO.DirectoryInfo("a").GetFiles().Length;

            private static int Half(int k) => Math.Abs(k) / 2;
            private void TakesLockBelow() => TakesLock();
            private void TakesLock() { lock (_h) { } }
            protected virtual void Virtual() { }
            private static IEnumerable<int> Many() { yield return 1; }

            public void M(int k)
            {
                int n;
                {{statements}}
            }

            private sealed class Opens
            {
                private readonly System.IO.FileStream _file = System.IO.File.OpenRead("a");
                public int N => (int)_file.Length;
            }
        }
        """;
}
