using Microsoft.CodeAnalysis.CSharp;
using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.StaleReadAcrossAwait>;

namespace Analyzers.Tests.Rules;

public partial class TW1013_StaleReadAcrossAwait
{
    private const string LockTitle = "Hold an asynchronous lock";

    private static readonly Verify.Case Locks = new() { HasRuntime = true, Title = LockTitle };

    private static readonly Verify.Case LocksToo = new() { HasRuntime = true, Action = 1, Title = LockTitle };

    private static readonly Verify.Case LocksBySemaphore = new() { Title = LockTitle };

    /// <summary>A local that is used in between keeps the first fix away.</summary>
    private static string Meter(string members, string fields = "private volatile int _sum;", string kind = "class") => $$"""
        using Threadwise;

        public {{kind}} Meter
        {
            private readonly object _gate = new();
            {{fields}}

            {{members}}

            private static Task<int> LoadAsync(int k) => Task.FromResult(k);
            private Task<int> SumAsync() => Task.FromResult(_sum);
            public void Use() { lock (_gate) Console.WriteLine(_gate); }
        }
        """;

    private const string Update = "var before = _sum; await LoadAsync(before); [|_sum = before + 1|];";

    private const string Beside = "public async Task SetAsync(int k) { await Task.Delay(k); _sum = k; }";

    private const string BesideLocked = "public async Task SetAsync(int k) { await Task.Delay(k); using (await _sumLock.EnterAsync()) { _sum = k; } }";

    [Fact]
    public Task Holds_a_lock_wherever_it_is_written() => Locks.Fixes<StaleReadAcrossAwaitFix>(Meter("""
        public async Task AddAsync(int k)
            {
                Console.WriteLine(k);
                // what it was
                var before = _sum; // read
                var added = await LoadAsync(before);

                // more
                [|_sum = before + added|]; // written
                Console.WriteLine(added);
            }

            public async Task ResetAsync()
            {
                await Task.Delay(1);
                _sum = 0;
            }

            public int Sum => _sum;
        """), Meter("""
        public async Task AddAsync(int k)
            {
                Console.WriteLine(k);
                // what it was
                int added;
                using (await _sumLock.EnterAsync())
                {
                    var before = _sum; // read
                    added = await LoadAsync(before);

                    // more
                    _sum = before + added; // written
                }
                Console.WriteLine(added);
            }

            public async Task ResetAsync()
            {
                await Task.Delay(1);
                using (await _sumLock.EnterAsync())
                {
                    _sum = 0;
                }
            }

            public int Sum => _sum;
        """, "private volatile int _sum;\n    private readonly AsyncLock _sumLock = new();"));

    [Fact]
    public Task Holds_a_semaphore_without_the_library() => LocksBySemaphore.Fixes<StaleReadAcrossAwaitFix>(Meter("""
        public async Task AddAsync(int k)
            {
                var before = _sum;
                await LoadAsync(before).ConfigureAwait(false);
                [|_sum = before + 1|];
            }

            public async Task SetAsync(int k) { _sum = k; await LoadAsync(k).ConfigureAwait(false); }
        """).Replace("using Threadwise;\n\n", ""), Meter("""
        public async Task AddAsync(int k)
            {
                await _sumLock.WaitAsync().ConfigureAwait(false);
                try
                {
                    var before = _sum;
                    await LoadAsync(before).ConfigureAwait(false);
                    _sum = before + 1;
                }
                finally
                {
                    _sumLock.Release();
                }
            }

            public async Task SetAsync(int k) { await _sumLock.WaitAsync().ConfigureAwait(false); try { _sum = k; } finally { _sumLock.Release(); } await LoadAsync(k).ConfigureAwait(false); }
        """, "private volatile int _sum;\n    private readonly SemaphoreSlim _sumLock = new(1, 1);").Replace("using Threadwise;\n\n", ""));

    [Theory]
    [InlineData("while (k > 0) { " + Update + " }", "while (k > 0) { using (await _sumLock.EnterAsync()) { var before = _sum; await LoadAsync(before); _sum = before + 1; } }")]
    [InlineData("if (k > 0) { k++; } " + Update + " k++;", "if (k > 0) { k++; } using (await _sumLock.EnterAsync()) { var before = _sum; await LoadAsync(before); _sum = before + 1; } k++;")]
    [InlineData("var before = _sum; if (k > before) return; var x = await System.IO.File.ReadAllTextAsync(\"x\"); [|_sum = before + x.Length|];", "using (await _sumLock.EnterAsync()) { var before = _sum; if (k > before) return; var x = await System.IO.File.ReadAllTextAsync(\"x\"); _sum = before + x.Length; }")]
    public Task Holds_it_no_longer_than_needed(string body, string locked) => Locks.Fixes<StaleReadAcrossAwaitFix>(
        Meter($"public async Task AddAsync(int k) {{ {body} }} {Beside}"),
        Meter($"public async Task AddAsync(int k) {{ {locked} }} {BesideLocked}", "private volatile int _sum;\n    private readonly AsyncLock _sumLock = new();"));

    [Fact]
    public Task Holds_one_lock_for_two_findings() => LocksToo.Fixes<StaleReadAcrossAwaitFix>(Meter("""
        public async Task AddAsync(int k)
            {
                [|_sum += await LoadAsync(k)|];
            }

            public async Task TakeAsync(int k)
            {
                [|_sum -= await LoadAsync(k)|];
            }
        """), Meter("""
        public async Task AddAsync(int k)
            {
                using (await _sumLock.EnterAsync())
                {
                    _sum += await LoadAsync(k);
                }
            }

            public async Task TakeAsync(int k)
            {
                using (await _sumLock.EnterAsync())
                {
                    _sum -= await LoadAsync(k);
                }
            }
        """, "private volatile int _sum;\n    private readonly AsyncLock _sumLock = new();"));

    [Fact]
    public Task Holds_a_lock_of_the_type_for_a_static() => Locks.Fixes<StaleReadAcrossAwaitFix>(
        Meter($"public static async Task AddAsync(int k) {{ {Update} }} {Beside}", "private static volatile int _sum = 1;"),
        Meter("public static async Task AddAsync(int k) { using (await _sumLock.EnterAsync()) { var before = _sum; await LoadAsync(before); _sum = before + 1; } } " + BesideLocked, "private static volatile int _sum = 1;\n    private static readonly AsyncLock _sumLock = new();"));

    [Fact]
    public Task Holds_a_semaphore_in_an_older_language() => new Verify.Case { Title = LockTitle, Language = LanguageVersion.CSharp7_3 }.Fixes<StaleReadAcrossAwaitFix>(
        Old($"public async Task AddAsync(int k) {{ {Update} }} {Beside}", ""),
        Old("public async Task AddAsync(int k) { await _sumLock.WaitAsync(); try { var before = _sum; await LoadAsync(before); _sum = before + 1; } finally { _sumLock.Release(); } } public async Task SetAsync(int k) { await Task.Delay(k); await _sumLock.WaitAsync(); try { _sum = k; } finally { _sumLock.Release(); } }",
            "\n    private readonly SemaphoreSlim _sumLock = new SemaphoreSlim(1, 1);"));

    private static string Old(string members, string more) => Meter(members, "private volatile int _sum;" + more).Replace("using Threadwise;", "using System;\nusing System.Threading;\nusing System.Threading.Tasks;").Replace("_gate = new()", "_gate = new object()");

    [Theory]
    [InlineData("public void Set(int k) => _sum = k;")]
    [InlineData("public async Task SetAsync(int k) { await Task.Delay(k); lock (_gate) _sum = k; }")]
    [InlineData("public async Task SetAsync(int k) { await Task.Delay(k); Interlocked.Increment(ref _sum); } public void Set() => Interlocked.Increment(ref _sum);")]
    [InlineData("public async Task SetAsync(int k) => _sum = await LoadAsync(k);")]
    [InlineData("public async Task SetAsync(int k) { await Task.Run(() => _sum = k); }")]
    [InlineData("public async Task SetAsync(Meter other) { await Task.Delay(1); other._sum = 2; }")]
    [InlineData(Beside + " public void Set() => (_sum, _) = (1, 2);")]
    [InlineData("public async IAsyncEnumerable<int> SetAsync(int k) { await Task.Delay(k); _sum = k; yield return k; }")]
    public Task Holds_nothing_where_a_write_cannot_wait(string writer) => Locks.NoFix<StaleReadAcrossAwaitFix>(Meter($"public async Task AddAsync(int k) {{ {Update} }} {writer}"));

    [Theory]
    [InlineData("Task more", "await more;")]
    [InlineData("Func<Task> more", "await more();")]
    [InlineData("Task more", "await more.ConfigureAwait(false);")]
    [InlineData("Task more", "await more.WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("int k", "await SetAsync(k);")]
    [InlineData("int k", "await SumAsync();")]
    [InlineData("int k", "await Task.Run(() => SetAsync(k));")]
    [InlineData("System.Threading.Channels.ChannelReader<int> all", "await all.ReadAsync();")]
    [InlineData("SemaphoreSlim turn", "await turn.WaitAsync();")]
    [InlineData("IMore more", "await more.LoadAsync();")]
    [InlineData("Stored more", "await more.LoadAsync(this);")]
    [InlineData("Stored more", "await more.WaitAsync(Task.CompletedTask);")]
    [InlineData("int k", "while (k > 0) await Task.Delay(k);")]
    [InlineData("int k", "lock (_gate) k++; await Task.Delay(k);")]
    public Task Holds_nothing_where_it_may_wait_for_others(string parameter, string between) => Locks.NoFix<StaleReadAcrossAwaitFix>(
        Meter($"public async Task AddAsync({parameter}) {{ var before = _sum; Console.WriteLine(before); {between} [|_sum = before + 1|]; }} {Beside}")
        + "\npublic interface IMore { Task LoadAsync(); }\npublic sealed class Stored { public Task LoadAsync(object o) => Task.CompletedTask; public async Task WaitAsync(Task t) { await t; } }");

    [Theory]
    [InlineData("internal volatile int _sum;")]
    [InlineData("private volatile int _sum, _more;")]
    public Task Holds_nothing_for_a_field_that_others_have(string field) => Locks.NoFix<StaleReadAcrossAwaitFix>(Meter($"public async Task AddAsync(int k) {{ {Update} }} {Beside}", field));

    [Fact]
    public Task Holds_nothing_in_parts() => Locks.NoFix<StaleReadAcrossAwaitFix>(Meter($"public async Task AddAsync(int k) {{ {Update} }} {Beside}", kind: "partial class"));

    [Theory]
    [InlineData("await ReadyAsync();", "private Task? _ready; private Task ReadyAsync() => _ready!; public void Start() => _ready = SetAsync(1);")]
    [InlineData("await ReadyAsync(k > 0);", "private readonly TaskCompletionSource _done = new(); private Task ReadyAsync(bool wait) { if (wait) return _done.Task; return Task.CompletedTask; }")]
    [InlineData("await _all.GetValueOrDefault(k)!;", "private readonly Dictionary<int, Task> _all = new();")]
    [InlineData("await _reader.ReadLineAsync();", "private readonly System.IO.StreamReader _reader = new(\"x\");")]
    [InlineData("await _stream.ReadAsync(new byte[1]);", "private readonly System.IO.Stream _stream = System.IO.Stream.Null;")]
    [InlineData("await _socket.ReceiveAsync(new byte[1]);", "private readonly System.Net.Sockets.UdpClient _socket0 = new(); private System.Net.Sockets.Socket _socket => _socket0.Client;")]
    [InlineData("await _pipe.WaitForConnectionAsync();", "private readonly System.IO.Pipes.NamedPipeServerStream _pipe = new(\"x\");")]
    [InlineData("await _process.WaitForExitAsync();", "private readonly System.Diagnostics.Process _process = new();")]
    [InlineData("await _writer.FlushAsync();", "private readonly System.IO.TextWriter _writer = new Own(); private sealed class Own : System.IO.StringWriter { public override Task FlushAsync() => Task.CompletedTask; }")]
    public Task Holds_nothing_where_it_waits_for_what_others_do(string between, string members) => Locks.NoFix<StaleReadAcrossAwaitFix>(
        Meter($"public async Task AddAsync(int k) {{ var before = _sum; Console.WriteLine(before); {between} [|_sum = before + 1|]; }} {Beside} {members}"));

    [Theory]
    [InlineData("public Meter(Meter other) { other._sum = 0; }")]
    [InlineData("public void Set(int k) => (_sum) = k;")]
    [InlineData("public void Set(int k) => (_sum)++;")]
    public Task Holds_nothing_where_a_write_is_seen_only_at_second_sight(string writer) =>
        Locks.NoFix<StaleReadAcrossAwaitFix>(Meter($"public async Task AddAsync(int k) {{ {Update} }} {Beside} {writer}"));

    [Fact]
    public Task Holds_nothing_in_code_of_one_thread() =>
        Locks.NoFix<StaleReadAcrossAwaitFix>(Meter($"public async Task AddAsync(int k) {{ Thread.CurrentThread.Name = \"\"; {Update} }} {Beside}"));

    [Fact]
    public Task Holds_a_semaphore_before_a_comment_that_ends_the_line() => LocksBySemaphore.Fixes<StaleReadAcrossAwaitFix>(
        Meter($"public async Task AddAsync(int k) {{ {Update} }}\n    public async Task SetAsync(int k) {{ await Task.Delay(k); _sum = k; // set\n    }}").Replace("using Threadwise;\n\n", ""),
        Meter("public async Task AddAsync(int k) { await _sumLock.WaitAsync(); try { var before = _sum; await LoadAsync(before); _sum = before + 1; } finally { _sumLock.Release(); } }\n"
            + "    public async Task SetAsync(int k) { await Task.Delay(k); await _sumLock.WaitAsync(); try { _sum = k; } finally { _sumLock.Release(); } // set\n    }",
            "private volatile int _sum;\n    private readonly SemaphoreSlim _sumLock = new(1, 1);").Replace("using Threadwise;\n\n", ""));

    [Theory]
    [InlineData("while (k-- > 0) { try { if (k == 3) continue; " + Update + " if (_sum > 3) break; } catch (IOException) when (k > 1) { Console.WriteLine(k); } }",
        "while (k-- > 0) { try { if (k == 3) continue; using (await _sumLock.EnterAsync()) { var before = _sum; await LoadAsync(before); _sum = before + 1; if (_sum > 3) break; } } catch (IOException) when (k > 1) { Console.WriteLine(k); } }")]
    [InlineData("try { k++; } finally { " + Update + " }", "try { k++; } finally { using (await _sumLock.EnterAsync()) { var before = _sum; await LoadAsync(before); _sum = before + 1; } }")]
    public Task Holds_it_within_loops_and_handlers(string body, string locked) => Locks.Fixes<StaleReadAcrossAwaitFix>(
        "using System.IO;\n" + Meter($"public async Task AddAsync(int k) {{ {body} }} {Beside}"),
        "using System.IO;\n" + Meter($"public async Task AddAsync(int k) {{ {locked} }} {BesideLocked}", "private volatile int _sum;\n    private readonly AsyncLock _sumLock = new();"));

    [Fact]
    public Task Holds_a_lock_in_a_generic_type_with_tabs_and_other_line_ends() => Locks.Fixes<StaleReadAcrossAwaitFix>(
        Meter($"public async Task AddAsync(int k)\n    {{\n        {Update.Replace("; ", ";\n        ")}\n    }} {Beside}").Replace("class Meter", "class Meter<T>").Replace("    ", "\t").Replace("\n", "\r\n"),
        Meter("public async Task AddAsync(int k)\n    {\n        using (await _sumLock.EnterAsync())\n        {\n            var before = _sum;\n            await LoadAsync(before);\n            _sum = before + 1;\n        }\n    } " + BesideLocked,
            "private volatile int _sum;\n    private readonly AsyncLock _sumLock = new();").Replace("class Meter", "class Meter<T>").Replace("    ", "\t").Replace("\n", "\r\n"));
}
