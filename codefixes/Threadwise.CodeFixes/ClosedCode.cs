using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Async code that may hold a new lock while it waits: it awaits only what it calls itself, all it calls is of the framework or can be read,
/// and nothing of that comes back to where the lock is taken.</summary>
internal static class ClosedCode
{
    /// <param name="field">It is used in the code, and wherever else the lock is taken.</param>
    public static bool Is(Finding finding, IReadOnlyList<StatementSyntax> code, IFieldSymbol field)
    {
        var open = new OpenCode(finding, member => IsFramework(finding, member));
        return code.All(open.Is) && code.All(statement => IsClosed(finding, statement))
            && open.Read.All(member => IsClosed(finding, member) && (member.SyntaxTree != finding.Root.SyntaxTree || !FieldUses.Names(finding, field, member)));
    }

    /// <summary>It hands on neither the object nor a function, and waits for nothing that others have begun.</summary>
    private static bool IsClosed(Finding finding, SyntaxNode code) =>
        finding.Model.Compilation.GetSemanticModel(code.SyntaxTree) is var model && !code.DescendantNodesAndSelf().Any(node =>
        node is AnonymousFunctionExpressionSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
            || node is ThisExpressionSyntax { Parent: not MemberAccessExpressionSyntax }
        || node is AwaitExpressionSyntax { Expression: var awaited } && !IsCall(awaited)
        || IsKept(finding, node, model));

    /// <summary>A task that was kept somewhere, and may be waiting for the lock itself.</summary>
    private static bool IsKept(Finding finding, SyntaxNode node, SemanticModel model) =>
        node is SimpleNameSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax
        && model.GetTypeInfo(node, finding.Cancel).Type is { } type && Shapes.IsAwaited(type)
        && model.GetSymbolInfo(node, finding.Cancel).Symbol switch
        {
            IMethodSymbol method => method.OriginalDefinition.ReturnType is ITypeParameterSymbol,
            INamespaceOrTypeSymbol => false,
            { } member => !finding.Facts.About(member).Any(static fact => fact.Effect == Effect.Completed),
            null => true,
        };

    private static bool IsCall(ExpressionSyntax awaited) => KeyedCall.Bare(awaited) is InvocationExpressionSyntax call
        && (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait", Expression: var configured } || IsCall(configured));

    /// <summary>It does its own work: it is not written by who uses it, starts nothing, and waits for no other thread.</summary>
    private static bool IsFramework(Finding finding, ISymbol member) =>
        !member.IsAbstract && member.ContainingNamespace?.ToDisplayString() is { } space && (space + ".").StartsWith("System.", StringComparison.Ordinal)
        && !IsOpenEnded(member, space) && !IsOverridden(finding, member)
        && finding.Facts.About(member) is var facts && !facts.Any(static fact => fact.Effect is Effect.Starts or Effect.Defers)
        && (!(space.StartsWith("System.Threading", StringComparison.Ordinal) || space == "System.IO.Pipelines") || member.Name == "ConfigureAwait"
            || facts.Any(static fact => fact.Effect is Effect.Delays or Effect.Completed));

    /// <summary>It may wait for an answer to what somebody else is to send, who waits for the lock.</summary>
    private static bool IsOpenEnded(ISymbol member, string space) =>
        (space + ".").StartsWith("System.Net.", StringComparison.Ordinal) && space != "System.Net.Http" || space == "System.IO.Pipes"
        || member.ContainingType is { Name: "Process" } && space == "System.Diagnostics"
        || member.ContainingType is { Name: "Stream" or "TextReader" or "StreamReader" }
            && (member.Name.StartsWith("Read", StringComparison.Ordinal) || member.Name.StartsWith("CopyTo", StringComparison.Ordinal));

    /// <summary>Code of the project may be called in its place.</summary>
    private static bool IsOverridden(Finding finding, ISymbol member) =>
        member is IMethodSymbol { ContainingType: { IsSealed: false, SpecialType: not SpecialType.System_Object } type }
            and ({ IsVirtual: true } or { IsOverride: true, IsSealed: false })
        && InSource.Derives(finding, type);
}
