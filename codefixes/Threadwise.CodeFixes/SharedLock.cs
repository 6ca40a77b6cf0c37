using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>A lock that all objects of a type share, in place of the one that each of them has, for what they share; it is held where no other lock is, and for nothing that takes one.</summary>
internal sealed class SharedLock
{
    private readonly Finding _finding;
    private readonly IFieldSymbol _state;
    private readonly IFieldSymbol _own;
    private readonly FieldUses _uses;

    private SharedLock(Finding finding, IFieldSymbol state, IFieldSymbol own, FieldUses uses) => (_finding, _state, _own, _uses) = (finding, state, own, uses);

    /// <param name="own">The name of the lock that each object has.</param>
    public static Patch? For(Finding finding, IFieldSymbol state, string own)
    {
        if (!state.IsStatic || state.ContainingType.GetMembers(own) is not [IFieldSymbol { IsStatic: false } gate] || FieldUses.Of(finding, state) is not { } uses)
            return null;
        var shared = new SharedLock(finding, state, gate, uses);
        return state.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => field.IsStatic && OwnGate.IsGate(finding, field))
            ? OwnGate.Of(finding, state) is { } there ? shared.Instead(there) : null
            : shared.Widened();
    }

    /// <summary>The one that the type has, at every use of the state.</summary>
    private Patch? Instead(string shared)
    {
        var (taken, written, handedOut) = (new HashSet<LockStatementSyntax>(), new List<Patch>(), new HandedOut(_finding, _state, _uses));
        return _uses.Patch(_finding, (use, whole) => OwnGate.IsConstruction(use, _state)
            || !OtherLocks.MayBeHeldByCallers(_finding, use) && (Locks(use) switch
            {
                [var held] => IsOwn(held) && OneState.IsAll(_finding, held.Statement, _state) && IsOpen(held.Statement)
                    && (!taken.Add(held) || whole.Replace(held.Expression.Span, shared).IsSafe),
                [] => !handedOut.Is(use) && HeldGuard.Around(_finding, use, shared) is { } patch && OwnGate.Join(patch, whole, written),
                _ => false,
            }));
    }

    /// <summary>The objects' own, which becomes static: each then waits for all others, so nobody may wait for anything else meanwhile.</summary>
    private Patch? Widened()
    {
        if (DeclarationOf(_own) is not { } declaration || FieldUses.Of(_finding, _own) is not { } locks
            || !locks.All(use => use is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
                && use.Parent is LockStatementSyntax held && held.Expression == use && IsOpen(held.Statement) && Locks(held).Count == 0
                && !OtherLocks.MayBeHeldByCallers(_finding, held))
            || !_uses.All(use => OwnGate.IsConstruction(use, _state) || Locks(use) is [var held] && IsOwn(held)))
            return null;
        var patch = _finding.Patch(declaration.Parent!)
            .Before(declaration.Modifiers.First(static modifier => modifier.IsKind(SyntaxKind.ReadOnlyKeyword)).SpanStart, "static ");
        foreach (var use in locks.Every.OfType<MemberAccessExpressionSyntax>())
            if (_finding.Model.LookupSymbols(use.SpanStart, name: _own.Name) is [IFieldSymbol])
                patch.Replace(use.Span, _own.Name);
            else
                return null;
        return patch;
    }

    /// <summary>Of a private object that is there to be locked, in a type whose objects are not compared by it or stored with it.</summary>
    private FieldDeclarationSyntax? DeclarationOf(IFieldSymbol gate) =>
        OwnGate.IsGate(_finding, gate) && !gate.ContainingType.IsRecord
            && gate.DeclaringSyntaxReferences[0]
                .GetSyntax(_finding.Cancel) is { Parent: VariableDeclarationSyntax { Variables.Count: 1,
                    Parent: FieldDeclarationSyntax { AttributeLists.Count: 0, Parent: TypeDeclarationSyntax type } field } }
        && GateField.MayDeclare(gate.ContainingType, type, isStatic: false) ? field : null;

    private static List<LockStatementSyntax> Locks(SyntaxNode code) =>
        code.Ancestors().TakeWhile(static node => !Function.Is(node)).OfType<LockStatementSyntax>().ToList();

    private bool IsOwn(LockStatementSyntax held) => held.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
        && SymbolEqualityComparer.Default.Equals(_finding.Symbol(held.Expression), _own);

    private bool IsOpen(StatementSyntax block) => new OpenCode(_finding, IsBrief).Is(block) && !LockCall.HeldAt(_finding, block).Any();

    private bool IsBrief(ISymbol member) => (!member.IsAbstract || member.ContainingType is { TypeKind: TypeKind.Interface, ContainingNamespace.Name: "Generic" })
        && !_finding.Facts.About(member).Any(static fact => fact.Effect is Effect.Blocks);
}
