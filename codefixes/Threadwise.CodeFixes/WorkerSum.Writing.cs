namespace Threadwise.CodeFixes;

internal sealed partial class WorkerSum
{
    /// <summary>The loop with a sum for each worker.</summary>
    public Patch? PerWorker()
    {
        var isAtomic = Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;
        var patch = isAtomic ? _finding.Patch(_loop, alone: true) : new Patch(_finding.Root, Function.Member(_loop).Span, alone: false);
        if (Whole(isAtomic, patch) is not { } whole || !Take(patch))
            return null;
        patch.Before(_body.SpanStart, $"() => {Zero(Type)}, ");
        if (_body.ExpressionBody is { } expression)
            Value(patch, expression);
        else
            Return(patch, _body.Block!);
        return patch.After(_body.Span.End, $", {_mine} => {whole}");
    }

    /// <summary>How a worker hands in what it has.</summary>
    private string? Whole(bool isAtomic, Patch patch)
    {
        if (isAtomic)
            return _finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Interlocked") is { } interlocked
                ? $"{interlocked.ToMinimalDisplayString(_finding.Model, _loop.SpanStart)}.Add(ref {_sum.Name}, {_mine})"
                : null;
        return LocalGate.Name(_finding, _sum) is { } gate && LocalGate.Declare(_finding, patch, _sum, gate) ? $"{{ lock ({gate}) {{ {_sum.Name} += {_mine}; }} }}" : null;
    }

    /// <summary>The body gets the worker's sum, after the state of the loop.</summary>
    private bool Take(Patch patch)
    {
        var state = FreeName.In(Function.Member(_loop), "state");
        if (_body is SimpleLambdaExpressionSyntax simple)
        {
            patch.Replace(simple.Parameter.Span, $"({simple.Parameter}, {state}, {_mine})");
            return true;
        }

        if (_body is not ParenthesizedLambdaExpressionSyntax { ReturnType: null, ParameterList.Parameters: { Count: > 0 } parameters }
            || parameters.Any(static parameter => parameter.Modifiers.Count > 0 || parameter.AttributeLists.Count > 0 || parameter.Default is not null))
            return false;
        var isTyped = parameters[0].Type is not null;
        var more = parameters.Count > 1 ? ""
            : isTyped
                ? $", {_finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.ParallelLoopState")!.ToMinimalDisplayString(_finding.Model, _loop.SpanStart)} {state}"
            : $", {state}";
        patch.After(parameters.Last().Span.End, more + (isTyped ? $", {Type.ToMinimalDisplayString(_finding.Model, _loop.SpanStart)} {_mine}" : $", {_mine}"));
        return true;
    }

    /// <summary><c>sum += x</c> becomes <c>mine + x</c>.</summary>
    private void Value(Patch patch, ExpressionSyntax change)
    {
        if (Added(change) is not var (sign, value))
        {
            patch.Replace(change.Span, $"{_mine} {(change.IsKind(SyntaxKind.PostIncrementExpression) || change.IsKind(SyntaxKind.PreIncrementExpression) ? "+" : "-")} 1");
            return;
        }

        var isTight = value is LiteralExpressionSyntax or IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax
            or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax
            || value.Kind() is SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression;
        patch.Replace(TextSpan.FromBounds(change.SpanStart, value.SpanStart), $"{_mine} {sign} {(isTight ? "" : "(")}").After(value.Span.End, isTight ? "" : ")");
    }

    /// <summary>The worker's sum is changed in place of the whole one, and given back at every end.</summary>
    private void Return(Patch patch, BlockSyntax block)
    {
        foreach (var name in _inside)
            patch.Replace(name.Span, _mine);
        foreach (var left in Function.Nodes(block).OfType<ReturnStatementSyntax>())
            patch.After(left.ReturnKeyword.Span.End, " " + _mine);
        if (_finding.Model.AnalyzeControlFlow(block.Statements.First(), block.Statements.Last()) is { Succeeded: true, EndPointIsReachable: false })
            return;
        var (layout, last) = (_finding.Layout, block.Statements.Last());
        if (layout.StartsLine(last.GetFirstToken()) && layout.EndsLine(last.GetLastToken()))
            patch.After(Layout.EndOfLine(last.GetLastToken()), $"{layout.NewLine}{layout.Indentation(last.SpanStart)}return {_mine};");
        else
            patch.After(last.Span.End, $" return {_mine};");
    }
}
