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
