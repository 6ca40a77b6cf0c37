using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers;

/// <summary>The families of rules; a family is a category, so that one line of <c>.editorconfig</c> sets all of it.</summary>
internal enum Family { Races = 1, Locks, Blocking, Tasks, Parallel, Messaging, Configuration = 9 }

/// <summary>A rule: what it says, and the moments at which it looks. Everything else is shared. Found by reflection: nothing to register.</summary>
internal abstract class Rule
{
    /// <param name="title">The wrong pattern as a noun phrase.</param>
    /// <param name="message">One line, the code element first; at most 240 characters when filled in.</param>
    /// <param name="description">Two sentences: what happens, and why it is wrong.</param>
    /// <param name="atEnd">Known only when the whole compilation is: found by builds, not while typing.</param>
    private protected Rule(string id, string title, string message, string description, DiagnosticSeverity severity = DiagnosticSeverity.Warning, bool atEnd = false)
    {
        Family = (Family)(id[2] - '0');
        Descriptor = new DiagnosticDescriptor(id, title, message, $"Threadwise.{Family}", severity, isEnabledByDefault: true, description, Help.Link(this, id, Family),
            atEnd ? new[] { WellKnownDiagnosticTags.CompilationEnd } : Array.Empty<string>());
    }

    public DiagnosticDescriptor Descriptor { get; }

    public Family Family { get; }

    public string Name => GetType().Name;

    /// <summary>Says when the rule looks, and what it reports there.</summary>
    public abstract void Look(When when);

    /// <summary>Every rule of the package, by id.</summary>
    public static ImmutableArray<Rule> All { get; } = typeof(Rule).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(Rule).IsAssignableFrom(type))
        .Select(type => (Rule)Activator.CreateInstance(type)!)
        .OrderBy(rule => rule.Descriptor.Id, StringComparer.Ordinal)
        .ToImmutableArray();
}
