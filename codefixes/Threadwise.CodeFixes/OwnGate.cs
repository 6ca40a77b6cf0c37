namespace Threadwise.CodeFixes;

/// <summary>The private object of a type that is there to be locked and for nothing else, taken for every access to one of its fields.</summary>
internal static class OwnGate
{
    /// <summary>Every access of the field outside of construction is put inside a lock of the gate; null where one of them cannot be, where it would hand out what is guarded, or where the type has no such gate, or several.</summary>
    public static Patch? Around(Finding finding, IFieldSymbol field)
    {
        if (Of(finding, field) is not { } gate || FieldUses.Of(finding, field) is not { } uses)
            return null;
        var (written, birth, handedOut) = (new List<Patch>(), new Birth(finding, field), new HandedOut(finding, field, uses));
        return uses.Patch(finding, (use, whole) => birth.IsBeforeOthers(use)
            || IsOwn(use, field) && !handedOut.Is(use) && !OtherLocks.MayBeHeldByCallers(finding, use)
                && HeldGuard.Around(finding, use, gate) is { } patch && Join(patch, whole, written));
    }

    /// <summary>Two accesses beside each other are in one lock statement.</summary>
    public static bool Join(Patch patch, Patch whole, List<Patch> written)
    {
        if (written.Any(patch.Is))
            return true;
        if (written.Any(other => other.Extent.OverlapsWith(patch.Extent)))
            return false;
        written.Add(patch);
        return whole.With(patch);
    }

    /// <summary>Its name; null where the type has none, or several.</summary>
    public static string? Of(Finding finding, IFieldSymbol field) =>
        field.ContainingType.GetMembers().OfType<IFieldSymbol>().Where(gate => gate.IsStatic == field.IsStatic && IsGate(finding, gate)).ToList() is [var only]
            ? only.Name
            : null;

    public static bool IsGate(Finding finding, IFieldSymbol gate) =>
        gate is { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private }
            && (gate.Type.SpecialType == SpecialType.System_Object || finding.Facts.IsTakenByStatement(gate.Type))
        && gate.DeclaringSyntaxReferences is [var declared]
        && declared.GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax }
        && FieldUses.Of(finding, gate) is { } uses && uses.All(static use => use.Parent is LockStatementSyntax held && held.Expression == use);

    public static bool IsConstruction(ExpressionSyntax use, IFieldSymbol field) =>
        Function.Around(use) is ConstructorDeclarationSyntax constructor && constructor.Modifiers.Any(SyntaxKind.StaticKeyword) == field.IsStatic;

    /// <summary>Of the object whose gate it is.</summary>
    private static bool IsOwn(ExpressionSyntax use, IFieldSymbol field) => field.IsStatic || FieldUses.IsOwn(use);
}
