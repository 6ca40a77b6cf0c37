using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers;

/// <summary>One place in the code, and the questions a rule may ask about it.</summary>
internal readonly struct Site(TypeModel type, Body body, Event at, LockState before, DiagnosticDescriptor descriptor, Action<Diagnostic> report)
{
    public TypeModel Type => type;

    /// <summary>What is known about members and types.</summary>
    public Facts Facts => type.Model.Facts;

    /// <summary>The locks that are certainly held.</summary>
    public ImmutableArray<Held> Held => before.Must;

    /// <summary>The body as messages name it.</summary>
    public string In => body.Name;

    public bool IsInAsyncCode => body.IsAsync;

    /// <summary>The caller asked for synchronous execution, as dual-mode methods let it.</summary>
    public bool IsAskedToBeSynchronous => before.IsSynchronous;

    /// <summary>Every task waited for is known to be over.</summary>
    public bool IsComplete(Block block)
    {
        var known = before.Completed;
        return block.IsComplete || block.Tasks.Any(known.Contains);
    }

    /// <summary>The guard of the touched member is held, or nobody else can have the object yet.</summary>
    public bool IsProtected(Touch touch, Guard guard) => Protection.IsGiven(type, body, touch, guard, before);

    public string Text(ISymbol member) => Body.NameOf(member);

    /// <summary>Reports here.</summary>
    public void Report(ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, Location.Create(body.Tree, at.Span), properties, args));
}

/// <summary>One outermost type with everything known about it.</summary>
internal readonly struct TypeSite(TypeModel type, DiagnosticDescriptor descriptor, Action<Diagnostic> report)
{
    public TypeModel Type => type;

    public static Location At(SyntaxTree tree, TextSpan span) => Location.Create(tree, span);

    public void Report(Location location, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, location, properties, args));

    /// <summary>Reports what is no defect yet: as an information, unless the user says otherwise of the rule.</summary>
    public void Suggest(Location location, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, location, DiagnosticSeverity.Info, additionalLocations: null, properties, args));

    public void Report(Location location, IEnumerable<Location> others, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, location, others, properties, args));
}

/// <summary>The whole compilation with everything known about it.</summary>
internal readonly struct CodeSite(CompilationCode code, DiagnosticDescriptor descriptor, Action<Diagnostic> report)
{
    public CompilationCode Code => code;

    public void Report(Location location, IEnumerable<Location> others, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, location, others, properties, args));
}
