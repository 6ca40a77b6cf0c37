using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A change of a number is made in one step; other changes are made under a lock of their own. Or each worker of a parallel loop adds up for itself, and hands in what it has when it ends.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CapturedVariableRaceFix))]
public sealed class CapturedVariableRaceFix() : Fix("TW1007", "Make the change in one step", "Add up for each worker")
{
    private protected override Patch? For(Finding finding) =>
        finding["kind"] == "scratch" || finding.Node is not ExpressionSyntax changed || Variable(finding, changed) is not { } variable ? null
        : AtOnce(finding, changed) ?? Locked(finding, variable);

    private protected override Patch? OtherFor(Finding finding) => finding["kind"] == "scratch" ? null : WorkerSum.Of(finding)?.PerWorker();

    private static ISymbol? Variable(Finding finding, ExpressionSyntax changed)
    {
        var root = changed;
        while (root is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax)
            root = root is MemberAccessExpressionSyntax member ? member.Expression : ((ElementAccessExpressionSyntax)root).Expression;
        return root is IdentifierNameSyntax && finding.Symbol(root) is { } variable and (ILocalSymbol or IParameterSymbol) ? variable : null;
    }

    /// <summary><c>x++</c> becomes <c>Interlocked.Increment(ref x)</c>, <c>x += y</c> becomes <c>Interlocked.Add(ref x, y)</c>.</summary>
    private static Patch? AtOnce(Finding finding, ExpressionSyntax changed)
    {
        if (finding.Model.GetTypeInfo(changed, finding.Cancel).Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64)
            || finding.Symbol(changed) is IPropertySymbol || changed.Ancestors().Any(node => node is CheckedExpressionSyntax or CheckedStatementSyntax)
            || finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Interlocked") is not { } interlocked)
            return null;
        var call = interlocked.ToMinimalDisplayString(finding.Model, changed.SpanStart);
        return changed.Parent switch
        {
            PostfixUnaryExpressionSyntax change when By(change) is { } by =>
                Written(finding, change, $"{call}.{by}(ref {changed})", IsUsed(change) ? by == "Increment" ? " - 1" : " + 1" : ""),
            PrefixUnaryExpressionSyntax change when By(change) is { } by => Written(finding, change, $"{call}.{by}(ref {changed})", ""),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression } change =>
                Added(finding, change, call),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression,
                Right: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } sum } change
                when sum.Left.ToString() == changed.ToString() && !Names(sum.Right, changed) =>
                    Written(finding, change, $"{call}.Add(ref {changed}, {Amount(sum.Right, sum.IsKind(SyntaxKind.SubtractExpression))})", ""),
            _ => null,
        };
    }

    private static string? By(ExpressionSyntax change) => change.Kind() switch
    {
        SyntaxKind.PostIncrementExpression or SyntaxKind.PreIncrementExpression => "Increment",
        SyntaxKind.PostDecrementExpression or SyntaxKind.PreDecrementExpression => "Decrement",
        _ => null,
    };

    private static Patch? Added(Finding finding, AssignmentExpressionSyntax change, string call)
    {
        var negative = change.IsKind(SyntaxKind.SubtractAssignmentExpression);
        if (!change.Right.DescendantNodesAndSelf().Any(node => node is AwaitExpressionSyntax))
            return Written(finding, change, $"{call}.Add(ref {change.Left}, {Amount(change.Right, negative)})", "");
        // What is awaited is waited for first: nothing may stand between finding the variable and changing it.
        if (change.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax } statement || !finding.Layout.StartsLine(statement.GetFirstToken())
            || finding.Model.LookupSymbols(change.SpanStart, name: "amount").Any())
            return null;
        return finding.Patch(statement)
            .Before(statement.SpanStart, $"var amount = {change.Right};{finding.Layout.NewLine}{finding.Layout.Indentation(statement.SpanStart)}")
            .Replace(change.Span, $"{call}.Add(ref {change.Left}, {(negative ? "-" : "")}amount)");
    }

    private static Patch Written(Finding finding, ExpressionSyntax change, string call, string more) =>
        finding.Patch(change).Replace(change.Span, more.Length > 0
            && change.Parent is not (EqualsValueClauseSyntax or AssignmentExpressionSyntax or ArgumentSyntax or ReturnStatementSyntax) ? $"({call}{more})" : call + more);

    private static string Amount(ExpressionSyntax value, bool negative) =>
        !negative ? value.ToString()
            : value is LiteralExpressionSyntax or IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax
                ? "-" + value
            : $"-({value})";

    private static bool Names(ExpressionSyntax value, ExpressionSyntax changed) => value.DescendantNodesAndSelf().Any(node => node.ToString() == changed.ToString());

    /// <summary>Somebody looks at what the expression gives.</summary>
    private static bool IsUsed(ExpressionSyntax change) =>
        change.Parent is not (ExpressionStatementSyntax or ForStatementSyntax) && !(change.Parent is LambdaExpressionSyntax);

    private static Patch? Locked(Finding finding, ISymbol variable)
    {
        if (LocalGate.Name(finding, variable) is not { } gate || new LockedChanges(finding, variable).With(gate, IsChange) is not { } patch)
            return null;
        return LocalGate.Declare(finding, patch, variable, gate) ? patch : null;
    }

    private static bool IsChange(IdentifierNameSyntax name)
    {
        ExpressionSyntax whole = name;
        while (whole.Parent is MemberAccessExpressionSyntax member && member.Expression == whole
            || whole.Parent is ElementAccessExpressionSyntax element && element.Expression == whole)
            whole = (ExpressionSyntax)whole.Parent;
        return whole.Parent is AssignmentExpressionSyntax assignment && assignment.Left == whole || whole.Parent is ExpressionSyntax change && By(change) is not null;
    }
}
