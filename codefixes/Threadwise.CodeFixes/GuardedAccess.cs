namespace Threadwise.CodeFixes;

/// <summary>An access to a member marked <c>[GuardedBy]</c>, or a call of one marked <c>[RequiresLock]</c>: the guard it names and the object it is reached through.</summary>
internal static class GuardedAccess
{
    /// <summary>Whether the code itself, without nested statements or functions, has an access with the same guard of the same object; without a written guard, to the same member.</summary>
    public static bool SharesGuard(Finding finding, SyntaxNode access, SyntaxNode code) =>
        Guard(finding, access) is { } guard ? Own(code).Any(node => Guard(finding, node) == guard)
        : finding.Symbol(access) is { } state
            && Own(code).Any(node => node is IdentifierNameSyntax named && named.Identifier.ValueText == state.Name
                && SymbolEqualityComparer.Default.Equals(finding.Symbol(named), state));

    private static IEnumerable<SyntaxNode> Own(SyntaxNode code) =>
        code.DescendantNodes(node => node == code || (node is not StatementSyntax and not SwitchSectionSyntax and not CatchClauseSyntax && !Function.Is(node)));

    private static string? Guard(Finding finding, SyntaxNode node)
    {
        if (node is not (IdentifierNameSyntax or MemberAccessExpressionSyntax) || node.Parent is MemberAccessExpressionSyntax access && access.Name == node)
            return null;
        var guard = finding.Symbol(node)?.GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass?.Name is "GuardedByAttribute" or "GuardedBy" or "RequiresLockAttribute" or "RequiresLock")?
            .ConstructorArguments.FirstOrDefault().Value as string;
        return guard is null ? null : Receiver(node) + guard;
    }

    private static string Receiver(SyntaxNode node) =>
        node is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax and var receiver } ? receiver + "." : "";
}
