namespace Threadwise.CodeFixes;

/// <summary>Locks that a thread may hold besides that of one <c>lock</c> statement: of the same body, or of those that call it. Asked by name, so rather too often yes than too seldom.</summary>
internal static class OtherLocks
{
    public static bool MayBeHeld(Finding finding, LockStatementSyntax held, StatementSyntax inside) =>
        held.Ancestors().Any(node => node is LockStatementSyntax) || LockCall.HeldAt(finding, inside).Any()
            || MayBeHeldByCallers(finding, held, new HashSet<string>(StringComparer.Ordinal));

    /// <summary>By those who call the code around this place.</summary>
    public static bool MayBeHeldByCallers(Finding finding, SyntaxNode place) => MayBeHeldByCallers(finding, place, new HashSet<string>(StringComparer.Ordinal));

    private static bool MayBeHeldByCallers(Finding finding, SyntaxNode place, HashSet<string> asked)
    {
        if (Function.Around(place) is AnonymousFunctionExpressionSyntax lambda)
            return !IsCalledByOthers(finding, lambda) || LockCall.HeldAt(finding, lambda).Any() || MayBeHeldByCallers(finding, lambda, asked);
        var function = place.Ancestors().FirstOrDefault(node => node is MemberDeclarationSyntax or LocalFunctionStatementSyntax);
        if (function is MemberDeclarationSyntax member && member.AttributeLists.SelectMany(list => list.Attributes).Any(IsAboutLocks))
            return true;
        return Name(function) is { } name && asked.Add(name) && Uses(finding, function!, name).Any(use =>
            use.SyntaxTree != finding.Root.SyntaxTree || use.Ancestors().Any(node => node is LockStatementSyntax) || LockCall.HeldAt(finding, use).Any()
                || MayBeHeldByCallers(finding, use, asked));
    }

    /// <summary>Handed to code of another assembly.</summary>
    private static bool IsCalledByOthers(Finding finding, AnonymousFunctionExpressionSyntax lambda) =>
        lambda.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ExpressionSyntax call } }
            && finding.Symbol(call) is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: true, ContainingType.DeclaringSyntaxReferences.IsEmpty: true };

    private static bool IsAboutLocks(AttributeSyntax attribute) =>
        attribute.Name.ToString() is var name && (name.Contains("RequiresLock") || name.Contains("MethodImpl"));

    /// <summary>The name of what only code of the same type can call.</summary>
    private static string? Name(SyntaxNode? function) => function switch
    {
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method when IsPrivate(method) => method.Identifier.ValueText,
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property when IsPrivate(property) => property.Identifier.ValueText,
        _ => null,
    };

    private static bool IsPrivate(MemberDeclarationSyntax member) =>
        !member.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);

    private static IEnumerable<SyntaxNode> Uses(Finding finding, SyntaxNode function, string name) =>
        (function.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() is { } type && finding.Model.GetDeclaredSymbol(type, finding.Cancel) is { } owner
            ? owner.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(finding.Cancel))
            : [finding.Root])
        .SelectMany(declaration => declaration.DescendantNodes())
        .Where(node => node is SimpleNameSyntax simple && simple.Identifier.ValueText == name);
}
