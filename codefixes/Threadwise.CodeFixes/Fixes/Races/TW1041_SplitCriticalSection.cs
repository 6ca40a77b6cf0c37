using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The lock is kept from the first section to the second, where nothing in between waits, takes long or runs unseen code.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SplitCriticalSectionFix))]
public sealed class SplitCriticalSectionFix() : Fix("TW1041", "Make it one critical section")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Others is not [var read, var named]
            || named.FirstAncestorOrSelf<LockStatementSyntax>() is not { Statement: BlockSyntax { Statements.Count: > 0 } second, Parent: BlockSyntax around } later
            || read.Ancestors().OfType<LockStatementSyntax>()
                .FirstOrDefault(held => held.Parent == around) is not { Statement: BlockSyntax { Statements.Count: > 0 } first } earlier
            || earlier.SpanStart >= later.SpanStart || !SyntaxFactory.AreEquivalent(earlier.Expression, later.Expression))
            return null;
        var all = around.Statements.SkipWhile(statement => statement != earlier).TakeWhile(statement => statement.SpanStart <= later.SpanStart).ToList();
        var between = all.GetRange(1, all.Count - 2);
        var run = new StatementRun(finding, all);
        return run is { MayMove: true, Yields: false, Awaits: false } && Stays(finding, earlier, later)
            && between.All(statement => new OpenCode(finding, member => IsBrief(finding, member)).Is(statement))
            ? Joined(finding, run, earlier, first, later, second) : null;
    }

    /// <summary>The lock is the same object at both places.</summary>
    private static bool Stays(Finding finding, LockStatementSyntax earlier, LockStatementSyntax later) =>
        earlier.Expression.DescendantNodesAndSelf()
            .All(node => node is ThisExpressionSyntax or TypeOfExpressionSyntax or PredefinedTypeSyntax
                || node is SimpleNameSyntax or MemberAccessExpressionSyntax && finding.Symbol(node) switch
        {
            IFieldSymbol field => field.IsReadOnly,
            { Kind: SymbolKind.Local or SymbolKind.Parameter } variable =>
                finding.Model.AnalyzeDataFlow(earlier, later) is { Succeeded: true } flow && !flow.WrittenInside.Contains(variable),
            ITypeSymbol or INamespaceSymbol => true,
            _ => false,
        });

    /// <summary>What is called takes no longer than a few instructions do: it computes, or looks into a collection.</summary>
    private static bool IsBrief(Finding finding, ISymbol member) => member is ITypeSymbol type
        ? finding.Facts.About(type).Any(static fact => fact.Effect is Effect.Container or Effect.Immutable)
        : member.ContainingType is { TypeKind: TypeKind.Class or TypeKind.Struct } owner
            && (owner is { SpecialType: not (SpecialType.None or SpecialType.System_Object) } or { ContainingNamespace.Name: "System", Name: "Math" or "MathF" }
                || IsException(owner)
            || finding.Facts.About(owner.OriginalDefinition, Effect.Immutable) is not null
            || finding.Facts.About(member).Any(static fact => fact.Effect is Effect.Reads or Effect.Writes));

    private static bool IsException(INamedTypeSymbol? type) =>
        type is { Name: "Exception", ContainingNamespace.Name: "System" } || type is not null && IsException(type.BaseType);

    /// <summary>The first section loses its end, the second one its head, and what is between moves in.</summary>
    private static Patch? Joined(Finding finding, StatementRun run, LockStatementSyntax earlier, BlockSyntax first, LockStatementSyntax later, BlockSyntax second)
    {
        var layout = finding.Layout;
        var patch = new Patch(finding.Root, run.Span, alone: true);
        var separator = layout.StartsLine(run.First) ? layout.NewLine + layout.Indentation(run.First.SpanStart) : " ";
        if (run.Declare(patch, separator) is not { } declarations)
            return null;
        if (declarations.Length > 0)
            patch.Before(run.First.SpanStart, declarations);
        Remove(finding, patch, first.CloseBraceToken, first.CloseBraceToken);
        Remove(finding, patch, later.LockKeyword, second.OpenBraceToken);
        return patch.Indent(TextSpan.FromBounds(first.CloseBraceToken.SpanStart, Math.Max(first.CloseBraceToken.SpanStart, layout.StartOfLine(later.LockKeyword))),
            layout.Step(earlier.Parent!));
    }

    /// <summary>With the lines that the tokens have for themselves; a comment stays.</summary>
    private static void Remove(Finding finding, Patch patch, SyntaxToken from, SyntaxToken to)
    {
        var (lines, rest) = (TextSpan.FromBounds(finding.Layout.StartOfLine(from), to.FullSpan.End), TextSpan.FromBounds(from.SpanStart, to.GetNextToken().SpanStart));
        var endsLine = to.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        if (endsLine && finding.Layout.StartsLine(from) && IsBlank(finding, lines))
            patch.Replace(lines, "");
        else if (!endsLine && IsBlank(finding, rest))
            patch.Replace(rest, "");
        else
            patch.Replace(from, to, "");
    }

    private static bool IsBlank(Finding finding, TextSpan span) =>
        finding.Root.DescendantTrivia(span).All(trivia => !trivia.Span.OverlapsWith(span) || Layout.IsBlank(trivia));
}
