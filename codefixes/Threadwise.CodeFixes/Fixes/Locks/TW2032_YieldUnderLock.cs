using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A lock around a loop that hands out the elements of a collection as they are copies them instead, and the loop comes after it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(YieldUnderLockFix))]
public sealed class YieldUnderLockFix() : Fix("TW2032", "Copy the elements under the lock")
{
    private const string Copy = "snapshot";

    private protected override Patch? For(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<YieldStatementSyntax>() is not { Expression: IdentifierNameSyntax element } yield
            || Loop(yield) is not { AwaitKeyword.RawKind: 0 } loop
            || element.Identifier.ValueText != loop.Identifier.ValueText
            || loop.Parent is not BlockSyntax { Statements.Count: 1, Parent: LockStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } held } block
            || List(finding, loop) is not { } list || IsTaken(finding, held))
            return null;
        var layout = finding.Layout;
        if (!layout.StartsLine(held.LockKeyword) || !layout.StartsLine(loop.ForEachKeyword) || !layout.StartsLine(block.CloseBraceToken)
            || !layout.EndsLine(loop.GetLastToken()))
            return null;
        var indentation = layout.Indentation(held.SpanStart);
        var line = layout.NewLine + indentation;
        var patch = finding.Patch(held, alone: true)
            .Before(held.SpanStart, $"{list} {Copy};{line}")
            .Before(loop.SpanStart, $"{Copy} = new {list}({loop.Expression});{line}}}{line}")
            .Replace(loop.Expression.Span, Copy)
            .Replace(TextSpan.FromBounds(Layout.EndOfLine(loop.GetLastToken()), block.CloseBraceToken.Span.End), "");
        return Outdent.Lines(finding, patch, TextSpan.FromBounds(loop.SpanStart, loop.Span.End), indentation, layout.Step(held)) ? patch : null;
    }

    private static ForEachStatementSyntax? Loop(YieldStatementSyntax yield) => yield.Parent switch
    {
        ForEachStatementSyntax loop => loop,
        BlockSyntax { Statements.Count: 1, Parent: ForEachStatementSyntax loop } => loop,
        _ => null,
    };

    /// <summary>The type of the copy: a list of what the loop sees, unless the loop converts it.</summary>
    private static string? List(Finding finding, ForEachStatementSyntax loop)
    {
        var info = finding.Model.GetForEachStatementInfo(loop);
        var sequence = finding.Model.Compilation.GetTypeByMetadataName("System.Collections.Generic.IEnumerable`1");
        return info is { ElementType: { } element, ElementConversion.IsIdentity: true } && sequence is not null
            && finding.Model.Compilation.GetTypeByMetadataName("System.Collections.Generic.List`1") is { } list
            && finding.Model.GetTypeInfo(loop.Expression, finding.Cancel).Type is { } type
            && type.AllInterfaces.Append(type).Any(known => SymbolEqualityComparer.Default.Equals(known, sequence.Construct(element)))
                ? list.Construct(element).ToMinimalDisplayString(finding.Model, loop.SpanStart, StatementRun.TypeName)
                : null;
    }

    private static bool IsTaken(Finding finding, SyntaxNode place) =>
        !finding.Model.LookupSymbols(place.SpanStart, name: Copy).IsEmpty
        || Function.Around(place).DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Copy);
}
