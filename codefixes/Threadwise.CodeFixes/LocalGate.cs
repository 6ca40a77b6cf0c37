using System.Globalization;

namespace Threadwise.CodeFixes;

/// <summary>A local object that is there to be locked, declared beside the variable it guards.</summary>
internal static class LocalGate
{
    /// <summary>Its name, with its declaration in the patch; null where none can stand.</summary>
    public static string? Name(Finding finding, ISymbol variable)
    {
        var member = Function.Member(finding.Node);
        var taken = new HashSet<string>(member.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)
            .Concat(finding.Model.LookupSymbols(finding.Node.SpanStart).Select(symbol => symbol.Name)), StringComparer.Ordinal);
        return Enumerable.Range(1, int.MaxValue - 1)
            .Select(i => variable.Name + "Gate" + (i == 1 ? "" : i.ToString(CultureInfo.InvariantCulture)))
            .First(name => !taken.Contains(name));
    }

    /// <summary>Declares the gate behind the variable's own declaration, or, for a parameter, at the start of its method.</summary>
    public static bool Declare(Finding finding, Patch patch, ISymbol variable, string name)
    {
        var declaration = $"var {name} = new object();";
        var layout = finding.Layout;
        switch (variable)
        {
            case ILocalSymbol { DeclaringSyntaxReferences: [var local] } when local.GetSyntax(finding.Cancel)
                .FirstAncestorOrSelf<StatementSyntax>() is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0,
                    Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement:
                var last = statement.GetLastToken();
                patch.After(Layout.EndOfLine(last), layout.StartsLine(statement.GetFirstToken()) && layout.EndsLine(last)
                    ? layout.NewLine + layout.Indentation(statement.SpanStart) + declaration
                    : " " + declaration);
                return true;
            case IParameterSymbol { DeclaringSyntaxReferences: [var parameter] }
                when parameter.GetSyntax(finding.Cancel).Parent?.Parent is BaseMethodDeclarationSyntax { Body: { Statements: [var first, ..] } }:
                patch.Before(first.SpanStart, declaration + (layout.StartsLine(first.GetFirstToken()) ? layout.NewLine + layout.Indentation(first.SpanStart) : " "));
                return true;
            default:
                return false;
        }
    }
}
