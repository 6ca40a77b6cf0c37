using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A sleep, or a wait for what was begun before the lock, at the lock's end follows the lock. What is read or written keeps the lock: that is what the lock may be for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingCallUnderLockFix))]
public sealed class BlockingCallUnderLockFix() : Fix("TW2010", "Wait after the lock")
{
    private protected override Patch? For(Finding finding) =>
        IsWait(finding) && LastInLock.Of(finding) is { HasOthers: true } last && last.Copies.Cover(last.Value) && !BeginsInside(finding, last)
            && !IsDisposed(finding, last) ? last.Out() : null;

    /// <summary>Does nothing but wait.</summary>
    private static bool IsWait(Finding finding) => finding.Symbol(finding.Node) is { } member && finding["kind"] is var kind
        && finding.Facts.About(member, Effect.Blocks) is not null
        && (kind is "sleep" or "join" or "wait"
            || kind is "signal" && member.Name.StartsWith("Wait", StringComparison.Ordinal)
                && member.ContainingType.ContainingNamespace is { Name: "Threading", ContainingNamespace.Name: "System" });

    /// <summary>Work begun under the lock may be meant to be over when the next thread gets it.</summary>
    private static bool BeginsInside(Finding finding, LastInLock last)
    {
        var waitedFor = last.Value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(finding.Symbol).ToList();
        bool IsWaitedFor(SyntaxNode node) => finding.Symbol(node) is { } symbol && waitedFor.Contains(symbol, SymbolEqualityComparer.Default);
        return last.Copies.All.Any(copy => copy.Of.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax))
            || last.Held.Statement.DescendantNodes().Any(node => node switch
            {
                AssignmentExpressionSyntax assignment => IsWaitedFor(assignment.Left),
                VariableDeclaratorSyntax or SingleVariableDesignationSyntax =>
                    finding.Model.GetDeclaredSymbol(node, finding.Cancel) is { } local && waitedFor.Contains(local, SymbolEqualityComparer.Default),
                ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => IsWaitedFor(argument.Expression),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start" } start } => IsWaitedFor(start.Expression),
                _ => false,
            });
    }

    /// <summary>The type disposes of what is waited for, perhaps as soon as it gets the lock.</summary>
    private static bool IsDisposed(Finding finding, LastInLock last)
    {
        var type = last.Held.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? finding.Root;
        var copied = last.Value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => finding.Symbol(name) is IFieldSymbol or IPropertySymbol).Select(name => name.Identifier.ValueText).ToList();
        return copied.Count > 0 && type.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText is "Dispose" or "Close")
            .Any(name => name.Ancestors().First(node => node is StatementSyntax or MemberDeclarationSyntax).DescendantTokens()
            .Any(token => copied.Contains(token.ValueText)));
    }
}
