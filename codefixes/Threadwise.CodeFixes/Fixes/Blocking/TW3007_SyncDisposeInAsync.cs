using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary><c>using</c> becomes <c>await using</c>, <c>x.Dispose()</c> becomes <c>await x.DisposeAsync()</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SyncDisposeInAsyncFix))]
public sealed class SyncDisposeInAsyncFix() : Fix("TW3007", "Await DisposeAsync")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>(node => node.Span == finding.Node.Span) is { } call
            && finding.Symbol(call) is IMethodSymbol { Name: "Dispose" } ? Called(finding, call)
        : !finding.Speaks(LanguageVersion.CSharp8) ? null
        : finding.Node.AncestorsAndSelf().FirstOrDefault(node => node is UsingStatementSyntax or LocalDeclarationStatementSyntax || Function.Is(node)) switch
        {
            UsingStatementSyntax { Expression: { } resource } block => Block(finding, block.UsingKeyword, resource, isDeclared: false),
            UsingStatementSyntax { Declaration: { } declared } block => Block(finding, block.UsingKeyword, Value(declared), isDeclared: true),
            LocalDeclarationStatementSyntax { Declaration: var declared, UsingKeyword: var keyword } when keyword.IsKind(SyntaxKind.UsingKeyword) =>
                Block(finding, keyword, Value(declared), isDeclared: true),
            _ => null,
        };

    private static ExpressionSyntax? Value(VariableDeclarationSyntax declared) => declared.Variables.Count == 1 ? declared.Variables[0].Initializer?.Value : null;

    /// <summary>A declared variable must keep its type, so that its end cannot be configured.</summary>
    private static Patch? Block(Finding finding, SyntaxToken keyword, ExpressionSyntax? resource, bool isDeclared)
    {
        if (resource is null || !finding.MayAwait(resource) || finding.Model.GetTypeInfo(resource, finding.Cancel).Type is not { } type)
            return null;
        var configured = finding.Configured(resource, Ending(finding, type));
        var patch = finding.Patch(keyword.Parent!).Before(keyword.SpanStart, "await ");
        return configured.Length == 0 ? patch
            : isDeclared ? null
            : resource is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
                ? patch.After(resource.Span.End, configured)
            : patch.Before(resource.SpanStart, "(").After(resource.Span.End, ")" + configured);
    }

    private static Patch? Called(Finding finding, InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name: var name, Expression: var receiver } && receiver is not BaseExpressionSyntax
        && finding.MayAwait(call) && finding.Model.GetTypeInfo(receiver, finding.Cancel).Type is { } type
            ? finding.Patch(call).Replace(name.Span, "DisposeAsync").After(call.Span.End, finding.Configured(call, Ending(finding, type))).Await(call)
            : null;

    /// <summary>What its DisposeAsync returns.</summary>
    private static ITypeSymbol? Ending(Finding finding, ITypeSymbol type)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
            if (declaring.GetMembers("DisposeAsync").OfType<IMethodSymbol>().FirstOrDefault() is { } method)
                return method.ReturnType;
        return finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask");
    }
}
