using System.Reflection;
using Xunit;

namespace Threadwise.Runtime.Tests.Mutation;

/// <summary>Each lock, fence and interlocked operation is needed: without it, the test that <c>killers.txt</c> names fails.</summary>
/// <remarks>CI tries every tenth; <c>mutants.sh</c> all, and finds the killers anew.</remarks>
public class Mutants
{
    private const int Every = 10;
    private const int Few = 100;

    /// <summary>Whose fences, locks and interlocked operations are all listed.</summary>
    private static readonly string[] s_folders = ["Locking", "Tasks", "Parallel", "Messaging"];

    /// <summary>Nothing, <c>all</c>, <c>new</c> for those of which no killer is known, or a part of the names of those to try.</summary>
    private static readonly string? s_wanted = Environment.GetEnvironmentVariable("MUTANTS");

    [Fact]
    public void Are_all_killed()
    {
        var killers = new Killers(Path.Combine(Laboratory.Folder, "killers.txt"));
        var mutants = s_folders.SelectMany(Laboratory.Mutants).ToList();
        if (s_wanted is not null)
            killers.Renew(mutants, mutant => s_wanted == "all" || (s_wanted == "new" && killers.Of(mutant) is null) || mutant.Name.Contains(s_wanted, StringComparison.Ordinal));
        Assert.Equal(mutants.Select(static mutant => mutant.Name), killers.Mutants);
        Assert.Empty(mutants.Where(mutant => killers.Of(mutant) is null).Select(static mutant => mutant.Name));
        Assert.All(mutants, mutant => Assert.True(Laboratory.TestsFor(mutant).Contains(killers.Of(mutant)!), $"{mutant.Name} is killed by no test of that name"));
        var alive = mutants.Where((mutant, index) => s_wanted is null && index % Every == 0 && Laboratory.Try(killers.Of(mutant)!, Laboratory.Grow(mutant)) is not (Verdict.Fails or Verdict.Hangs));
        Assert.Empty(alive.Select(static mutant => mutant.Name));
    }

    [Fact]
    public void The_library_itself_is_not()
    {
        var itself = Laboratory.Mutants(s_folders[0]).First();
        var whole = Laboratory.Grow(Laboratory.Unchanged(itself));
        Assert.Equal(Verdict.Passes, Laboratory.Try("AsyncLock_Interleavings.One_is_inside_at_a_time", whole));
    }

    [Fact]
    public void The_library_itself_is_not_where_writes_are_seen_late()
    {
        var killers = new Killers(Path.Combine(Laboratory.Folder, "killers.txt"));
        Assert.DoesNotContain(
            s_folders.SelectMany(Laboratory.Mutants).Where(static mutant => mutant.Sight == Sight.LateWrites),
            mutant => Laboratory.Try(killers.Of(mutant)!, Laboratory.Grow(Laboratory.Unchanged(mutant)), Few) is Verdict.Fails or Verdict.Hangs);
    }

    /// <summary>What is read with no fence has no point of its own in the other explorations: here there is one before each statement.</summary>
    [Fact]
    public void The_library_itself_is_not_where_others_come_in_between_any_two_statements()
    {
        var itself = Laboratory.Mutants("Parallel").First();
        var interleaved = Laboratory.Grow(Laboratory.Unchanged(itself) with { Sight = Sight.EachStatement });
        Assert.DoesNotContain(Laboratory.TestsFor(itself), test => Laboratory.Try(test, interleaved, Few) is Verdict.Fails or Verdict.Hangs);
    }
}

/// <summary>Which test kills which mutant, as recorded. Where none is known it says <c>none:</c>, and that does not pass.</summary>
internal sealed class Killers(string file)
{
    private const string None = "none: ";
    private const string Separator = " -> ";
    private const string Unknown = None + "not known";
    private const int Short = 150;
    private const int Long = 2_000;

    private readonly Dictionary<(string, (Sight, string?), int), bool> _right = [];
    private readonly Dictionary<(Sight, string?), Assembly> _unchanged = [];

    private readonly Dictionary<string, string> _recorded = File.ReadAllLines(file)
        .Select(static line => (Line: line, At: line.LastIndexOf(Separator, StringComparison.Ordinal))).ToDictionary(static line => line.Line[..line.At], static line => line.Line[(line.At + Separator.Length)..]);

    public IEnumerable<string> Mutants => _recorded.Keys;

    /// <summary>The test, if there is one.</summary>
    public string? Of(Mutant mutant) => _recorded.GetValueOrDefault(mutant.Name) is { } recorded && !recorded.StartsWith(None, StringComparison.Ordinal) ? recorded : null;

    /// <summary>Finds the killer of each anew, and writes the file after each.</summary>
    public void Renew(IReadOnlyList<Mutant> mutants, Func<Mutant, bool> isWanted)
    {
        var before = new Dictionary<string, string>(_recorded);
        _recorded.Clear();
        foreach (var mutant in mutants)
            _recorded.Add(mutant.Name, before.GetValueOrDefault(mutant.Name, Unknown));
        Write();
        foreach (var mutant in mutants.Where(isWanted))
        {
            _recorded[mutant.Name] = Find(mutant) ?? (Of(mutant) is null ? _recorded[mutant.Name] : Unknown);
            Write();
        }
    }

    private void Write() => File.WriteAllLines(file, _recorded.Select(static pair => pair.Key + Separator + pair.Value));

    /// <summary>The recorded one if it still kills, or the first that does: of all after a short look, or of those of its own type after a longer one.</summary>
    private string? Find(Mutant mutant)
    {
        var grown = Laboratory.Grow(mutant);
        var tests = Laboratory.TestsFor(mutant);
        if (Of(mutant) is { } recorded && tests.Contains(recorded) && Laboratory.Try(recorded, grown) is Verdict.Fails or Verdict.Hangs)
            return recorded;
        var own = tests.TakeWhile(test => test.StartsWith(mutant.Type, StringComparison.Ordinal)).ToList();
        return own.Find(test => IsKilledBy(test, Short)) ?? own.Find(test => IsKilledBy(test, Long)) ?? tests.Find(test => IsKilledBy(test, Short));

        bool IsKilledBy(string test, int schedules) => Laboratory.Try(test, grown, schedules) is Verdict.Fails or Verdict.Hangs && IsRight(test, mutant, schedules);
    }

    /// <summary>Whether the test passes on the library itself, explored as closely as the mutant.</summary>
    private bool IsRight(string test, Mutant mutant, int schedules)
    {
        if (!_right.TryGetValue((test, Closeness(mutant), schedules), out var isRight))
            _right.Add((test, Closeness(mutant), schedules), isRight = Laboratory.Try(test, Unchanged(mutant), schedules) == Verdict.Passes);
        return isRight;
    }

    /// <summary>What can happen to the library itself when it is explored like the mutant, and in which of its files if not in all.</summary>
    private static (Sight, string?) Closeness(Mutant mutant) => (mutant.Sight, mutant.Sight == Sight.LateWrites ? mutant.Path : null);

    private Assembly Unchanged(Mutant mutant)
    {
        if (!_unchanged.TryGetValue(Closeness(mutant), out var unchanged))
            _unchanged.Add(Closeness(mutant), unchanged = Laboratory.Grow(Laboratory.Unchanged(mutant)));
        return unchanged;
    }
}
