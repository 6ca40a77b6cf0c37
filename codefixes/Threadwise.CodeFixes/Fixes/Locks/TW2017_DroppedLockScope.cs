using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>What taking the lock returns goes into a <c>using</c> that gives it back at the end of the block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DroppedLockScopeFix))]
public sealed class DroppedLockScopeFix() : Fix("TW2017", "Give the lock back at the end of the block")
{
    private protected override Patch? For(Finding finding)
    {
        if (!finding.Speaks(LanguageVersion.CSharp8) || finding.Node.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement
            || block.Statements.Last() == statement)
            return null;
        return statement switch
        {
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Right: var value } } => Using(finding, statement, value, "var " + Name(finding) + " = "),
            ExpressionStatementSyntax { Expression: var value } => Using(finding, statement, value, "var " + Name(finding) + " = "),
            LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value }] } => Using(finding, statement, value, declaration: null),
            _ => null,
        };
    }

    private static Patch? Using(Finding finding, StatementSyntax statement, ExpressionSyntax value, string? declaration)
    {
        if (finding.Model.GetTypeInfo(value, finding.Cancel).Type is not { } scope || scope.Name is "Task" or "ValueTask")
            return null;
        var isAsync = !IsDisposable(scope) && scope.AllInterfaces.Append(scope).Any(type => type.Name == "IAsyncDisposable");
        var word = (isAsync ? "await " : "") + "using ";
        return declaration is null
            ? finding.Patch(statement).Before(statement.SpanStart, word)
            : finding.Patch(statement).Replace(TextSpan.FromBounds(statement.SpanStart, value.SpanStart), word + declaration);
    }

    private static bool IsDisposable(ITypeSymbol scope) =>
        scope.IsRefLikeType || scope.AllInterfaces.Append(scope).Any(type => type is { Name: "IDisposable", ContainingNamespace.Name: "System" });

    private static string Name(Finding finding)
    {
        var taken = new HashSet<string>(Function.Member(finding.Node).DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
        return new[] { "scope", "held", "lockScope", "heldLock" }.FirstOrDefault(name => !taken.Contains(name))
            ?? "scope" + finding.Node.SpanStart.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
