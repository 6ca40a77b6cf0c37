using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>Ways by which async code comes to stop its thread that are taken seldom, once or never.</summary>
public sealed class BlockingFurtherDown
{
    private static string Calls(string call, string members) => $$"""
        using System.Collections.Concurrent;
        public class C(Task<int> source, ConcurrentDictionary<int, int> all)
        {
            private int? _value;
            private static object? s_value;
            private bool _isLoaded;
            public async Task M(bool bad)
            {
                await Task.Yield();
                {{call}}
            }
            private int Load() => source.Result;
            {{members}}
        }
        public enum CacheMode { AllowDownload, CacheOnly }
        """;

    [Theory]
    [InlineData("if (bad) throw Broken();", "private Exception Broken() { source.Wait(); return new(); }")]
    [InlineData("Console.WriteLine(bad ? 1 : throw Broken());", "private Exception Broken() { source.Wait(); return new(); }")]
    [InlineData("Check(bad);", "private void Check(bool bad) { if (bad) throw new InvalidOperationException(Load().ToString()); }")]
    [InlineData("Check(bad);", "private int Check(bool bad) { if (source.IsCompleted) return source.Result; throw new InvalidOperationException(Load().ToString()); }")]
    public Task Silent_where_it_makes_what_is_thrown(string call, string members) => Verify<TransitiveBlocking>.Silent(Calls(call, members));

    [Theory]
    [InlineData("Stop(false);", "private void Stop(bool disposing) { if (disposing) source.Wait(); }")]
    [InlineData("Stop(false);", "private void Stop(bool disposing) { if (disposing) { Wait(); } } private void Wait() => source.Wait();")]
    [InlineData("Outer();", "private void Outer() => Stop(waits: false, times: 2); private void Stop(int times, bool waits) { if (!waits) return; source.Wait(times); }")]
    [InlineData("Console.WriteLine(Peek(CacheMode.CacheOnly));", "private int Peek(CacheMode mode) => Find(CacheMode.CacheOnly).Result; private Task<int> Find(CacheMode mode) => source;")]
    public Task Silent_where_constants_lead_another_way(string call, string members) => Verify<TransitiveBlocking>.Silent(Calls(call, members));

    private static string Gate(string others) => $$"""
        public class C
        {
            private readonly SemaphoreSlim _gate = new(1);
            private readonly List<int> _all = new();
            public async Task M() { await Task.Yield(); {{others}}
            private void Add(int i) { _gate.Wait(); try { _all.Add(i); } finally { _gate.Release(); } }
        }
        """;

    [Fact]
    public Task Silent_where_a_semaphore_is_never_held_longer_than_a_lock() => Verify<TransitiveBlocking>.Silent(Gate(
        "Add(1); } public async Task Other() { await _gate.WaitAsync(); try { _all.Clear(); } finally { _gate.Release(); } await Task.Yield(); }"));

    [Theory]
    [InlineData("[|Add(1)|]; } public async Task Other() { await _gate.WaitAsync(); try { await Task.Delay(1); } finally { _gate.Release(); } }")]
    [InlineData("[|Add(1)|]; } public void Other() { _gate.Wait(); try { Thread.Sleep(1); } finally { _gate.Release(); } }")]
    [InlineData("[|Add(1)|]; } public Task Begin() => _gate.WaitAsync(); public void End() => _gate.Release();")]
    public Task Fires_where_a_semaphore_may_be_held_for_long(string others) => Verify<TransitiveBlocking>.Fires(Gate(others));

    [Theory]
    [InlineData("public Task<int> OpenAsync() => Task.FromResult(1);", true)]
    [InlineData("public Task<int> OpenAsync() { if (Size > 1) return Task.FromResult(1); return Task.FromResult(2); } private int Size => 1;", true)]
    [InlineData("public Task<int> OpenAsync() { if (Size > 1) return Task.FromResult(1); return Later(); } private int Size => 1; private async Task<int> Later() { await Task.Yield(); return 1; }", false)]
    public Task Silent_where_only_complete_tasks_are_returned(string open, bool isSilent)
    {
        var code = $"public class Partition {{ {open} }} public class Reader(Partition partition) {{ public int Read() => partition.OpenAsync().Result; }}";
        return isSilent
            ? Verify<TransitiveBlockingAcrossTypes>.Silent(code + "public class Page(Reader reader) { public async Task M() { await Task.Yield(); reader.Read(); } }")
            : Verify<TransitiveBlockingAcrossTypes>.Fires(code + "public class Page(Reader reader) { public async Task M() { await Task.Yield(); [|reader.Read()|]; } }");
    }

    [Fact]
    public async Task Silent_where_an_async_method_awaits_nothing()
    {
        const string Code = """
            public class Disk(IPartition partition)
            {
                public async Task M() { await Task.Yield(); Load(); }
                private int Load() => partition.OpenAsync().Result;
            }
            public interface IPartition { Task<int> OpenAsync(); }
            public class Partition : IPartition
            {
                public async Task<int> OpenAsync() { Func<Task> later = async () => await Task.Yield(); return later is null ? 0 : 1; }
            }
            public class Page(Reader reader) { public async Task M() { await Task.Yield(); [|reader.Read()|]; } }
            public class Reader(Partition partition) { public int Read() => partition.OpenAsync().Result; }
            """;
        await Verify<TransitiveBlockingAcrossTypes>.Silent(Code.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        await Verify<TransitiveBlockingAcrossTypes>.Fires(Code.Replace("return later", "await later(); return later", StringComparison.Ordinal).Replace("Load();", "Console.WriteLine();", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[|Stop(true)|];", "private void Stop(bool disposing) { if (disposing) source.Wait(); }")]
    [InlineData("[|Stop(bad)|];", "private void Stop(bool disposing) { if (disposing) source.Wait(); }")]
    [InlineData("[|Stop(false)|];", "private void Stop(bool disposing) { if (disposing) source.Wait(); else Thread.Sleep(10); }")]
    [InlineData("[|Stop(false)|];", "private void Stop(bool disposing) { if (disposing) source.Wait(1); source.Wait(); }")]
    [InlineData("Console.WriteLine([|Peek()|]);", "private int Peek() => Find(CacheMode.AllowDownload).Result; private Task<int> Find(CacheMode mode) => source;")]
    public Task Fires_where_constants_lead_to_it(string call, string members) => Verify<TransitiveBlocking>.Fires(Calls(call, members));

    [Theory]
    [InlineData("Value", "private int Value => _value ??= Load();")]
    [InlineData("Value", "private int Value => (int)(s_value ?? (s_value = Load()));")]
    [InlineData("Value", "private int Value { get { if (_value == null) _value = Load(); return _value.Value; } }")]
    [InlineData("Value", "private int Value { get { if (_value is null) { _value = source.Result; } return _value.Value; } }")]
    [InlineData("Value", "private int Value { get { if (_value.HasValue) return _value.Value; _value = Load(); return 1; } }")]
    [InlineData("Value", "private object Value { get { if (s_value != null) return s_value; var loaded = Load(); return s_value = loaded; } }")]
    [InlineData("Value", "private int Value { get { lock (all) { if (!_isLoaded) { Load(); _isLoaded = true; } } return 1; } }")]
    [InlineData("Value", "private int Value => all.GetOrAdd(1, i => Load());")]
    [InlineData("Value", "private int Value => Kept + 1; private int Kept => _value ??= Load();")]
    [InlineData("_value ??= Load()", "")]
    public async Task An_information_where_it_happens_once(string value, string members) =>
        Assert.Equal([DiagnosticSeverity.Info], await Severities(Calls($"Console.WriteLine({value});", members)));

    [Theory]
    [InlineData("Value", "private int Value => _value ?? Load();")]
    [InlineData("Value", "private int Value { get { if (_value == null) Load(); return 1; } }")]
    [InlineData("Value", "private int Value { get { int? value = null; if (value == null) value = Load(); return value.Value; } }")]
    [InlineData("Value", "private int Value { get { if (_isLoaded) return 1; return Load(); } }")]
    [InlineData("Value", "private int Value { get { _value ??= Load(); return Load(); } }")]
    [InlineData("Value", "private int Value => (_value ??= Load()) + Other(); private int Other() => Load();")]
    public async Task A_warning_where_nothing_is_kept(string value, string members) =>
        Assert.Equal([DiagnosticSeverity.Warning], await Severities(Calls($"Console.WriteLine({value});", members)));

    [Theory]
    [InlineData(2, 2)]
    [InlineData(9, 1)]
    public async Task Of_very_many_who_come_to_one_wait_one_is_warned(int callers, int warnings)
    {
        var severities = await Severities("public class C(Task source) { private void Wait() => source.Wait(); "
            + string.Concat(Enumerable.Range(0, callers).Select(i => $"public async Task M{i}() {{ await Task.Yield(); Wait(); }} ")) + "}");
        Assert.Equal(callers, severities.Count);
        Assert.Equal(warnings, severities.Count(severity => severity == DiagnosticSeverity.Warning));
    }

    private static async Task<List<DiagnosticSeverity>> Severities(string source)
    {
        var analyzer = new ThreadwiseAnalyzer();
        var analysis = await Analysis.Of(new Verify<TransitiveBlocking>.Case().Project([new("C.cs", source)], analyzer), analyzer);
        Assert.Empty(analysis.Errors);
        return [.. analysis.Findings.Where(finding => finding.Id == "TW3003").Select(finding => finding.Severity)];
    }
}
