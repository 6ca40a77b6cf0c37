using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A value of the request is read before the work is started, and handed to it; or the work takes a service from a scope of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RequestStateInBackgroundFix))]
public sealed class RequestStateInBackgroundFix() : Fix("TW1031", "Read it before the work is started", "Create a scope for the work")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax used || Whole(finding, used) is not { } value || Started(finding, value) is not { } statement)
            return null;
        var layout = finding.Layout;
        var name = FreeName.In(Function.Around(statement), Plain(((MemberAccessExpressionSyntax)value).Name.Identifier.ValueText));
        return finding.Patch(statement)
            .Before(statement.SpanStart, $"var {name} = {value};{layout.NewLine}{layout.Indentation(statement.SpanStart)}")
            .Replace(value.Span, name);
    }

    private protected override Patch? OtherFor(Finding finding) => WorkScope.For(finding);

    /// <summary>The chain of properties that begins at the request, as far as it leads to a value that never changes.</summary>
    private static ExpressionSyntax? Whole(Finding finding, ExpressionSyntax used)
    {
        var value = used;
        while (value.Parent is MemberAccessExpressionSyntax access && access.Expression == value && finding.Symbol(access) is IPropertySymbol or IFieldSymbol)
            value = access;
        return value is MemberAccessExpressionSyntax && used is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } && value != used
            && finding.Model.GetTypeInfo(value, finding.Cancel).Type is { } type
            && (type.SpecialType != SpecialType.None && type.SpecialType != SpecialType.System_Object || type.TypeKind == TypeKind.Enum || type.Name == "Guid")
            && value.Parent is not (AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax
                or ArgumentSyntax { RefKindKeyword.RawKind: not 0 }) ? value : null;
    }

    /// <summary>The statement that starts the work, on a line of its own: the work is one function, and no other function is around the value.</summary>
    private static StatementSyntax? Started(Finding finding, ExpressionSyntax value) =>
        value.Ancestors().OfType<AnonymousFunctionExpressionSyntax>().ToList() is [var work]
            && work.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax } statement
            && finding.Layout.StartsLine(statement.GetFirstToken()) ? statement : null;

    private static string Plain(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
