using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>A call that takes a lock or gives it back, and the source text of that lock.</summary>
internal sealed class LockCall
{
    private readonly IMethodSymbol _method;

    private LockCall(InvocationExpressionSyntax call, IMethodSymbol method, ExpressionSyntax @lock, Fact fact, bool isAffine)
    {
        _method = method;
        Call = call;
        Lock = @lock;
        Fact = fact;
        IsAffine = isAffine;
    }

    public InvocationExpressionSyntax Call { get; }

    public ExpressionSyntax Lock { get; }

    public Fact Fact { get; }

    /// <summary>The lock belongs to the thread that took it.</summary>
    public bool IsAffine { get; }

    /// <summary>A <c>lock</c> statement over the same expression takes the same lock.</summary>
    public bool IsThatOfStatement(Finding finding) => _method.ContainingType.Name switch
    {
        "Monitor" => finding.Model.GetTypeInfo(Lock, finding.Cancel).Type is { IsReferenceType: true, Name: not "Lock" },
        "Lock" => finding.Speaks(LockBlock.KnowsLockType),
        _ => false,
    };

    public bool Takes => Fact.Effect is Effect.Acquires or Effect.Tries;

    public bool Releases(LockCall taken) =>
        Fact.Effect == Effect.Releases && Fact.Mode == taken.Fact.Mode && IsSameLock(taken);

    public bool IsSameLock(LockCall other) => SyntaxFactory.AreEquivalent(Lock, other.Lock);

    /// <summary>The name of the member that does the same to the lock in another mode.</summary>
    public string? NameIn(Finding finding, Mode mode) => _method.ContainingType.GetMembers().OfType<IMethodSymbol>()
        .Where(member => member.Parameters.Select(parameter => parameter.Type)
        .SequenceEqual(_method.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default)
            && finding.Facts.About(member, Fact.Effect) is { } fact && fact.Mode == mode)
        .Select(member => member.Name).FirstOrDefault();

    /// <summary>Where that name is written.</summary>
    public SyntaxToken? Name => Call.Expression is MemberAccessExpressionSyntax access ? access.Name.Identifier : null;

    public static LockCall? Of(Finding finding, SyntaxNode? node)
    {
        if (node is not InvocationExpressionSyntax call || finding.Symbol(call) is not IMethodSymbol method)
            return null;
        var receiver = call.Expression is MemberAccessExpressionSyntax access ? finding.Model.GetTypeInfo(access.Expression, finding.Cancel).Type : null;
        var fact = finding.Facts.About(method, receiver).FirstOrDefault(row => row.Effect is Effect.Acquires or Effect.Tries or Effect.Releases);
        if (fact is null || On(call, fact.On) is not { } @lock)
            return null;
        return new LockCall(call, method, @lock, fact, finding.Facts.LockOf(method, receiver) is not { Affine: false });
    }

    /// <summary>Locks that code earlier in the same function took, and may still hold at the place.</summary>
    public static IEnumerable<LockCall> HeldAt(Finding finding, SyntaxNode place)
    {
        var before = Function.Nodes(Function.Around(place))
            .Where(node => node.Span.End <= place.SpanStart)
            .Select(node => Of(finding, node))
            .Where(call => call is not null)
            .ToList();
        return before.Where((call, i) => call!.Takes && !before.Skip(i).Any(later => later!.Releases(call)))!;
    }

    private static ExpressionSyntax? On(InvocationExpressionSyntax call, int on) =>
        on >= 0 ? call.ArgumentList.Arguments.ElementAtOrDefault(on)?.Expression
        : call.Expression is MemberAccessExpressionSyntax access ? access.Expression
        : null;
}
