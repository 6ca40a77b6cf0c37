using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

internal sealed partial class LazyValues
{
    /// <summary><c>k => f</c> becomes <c>k => new Lazy&lt;V>(() => f)</c>.</summary>
    private bool Later(LambdaExpressionSyntax lambda)
    {
        var isAsync = lambda.AsyncKeyword.RawKind != 0;
        if (isAsync)
            _patch.Replace(TextSpan.FromBounds(lambda.AsyncKeyword.SpanStart, lambda.AsyncKeyword.GetNextToken().SpanStart), "");
        _patch.After(lambda.ArrowToken.Span.End, $" new {_type}({(isAsync ? "async " : "")}() =>").After(lambda.Body.Span.End, ")");
        return true;
    }

    /// <summary>The same; what fails is taken out again, so that who asks next tries again.</summary>
    private bool Retried(ExpressionSyntax use, LambdaExpressionSyntax lambda)
    {
        if (Key(lambda) is not { } key)
            return false;
        var (layout, indentation) = (_finding.Layout, _finding.Layout.Indentation(lambda.SpanStart));
        var inner = indentation + layout.Step(lambda);
        var (head, tail) = Attempt(use, key, indentation);
        if (lambda.ExpressionBody is not { } value)
        {
            _patch.After(lambda.ArrowToken.Span.End, head).After(lambda.Body.Span.End, tail)
                .Indent(TextSpan.FromBounds(lambda.ArrowToken.Span.End, lambda.Body.Span.End), layout.Step(lambda));
            return true;
        }

        _patch.Replace(TextSpan.FromBounds(lambda.ArrowToken.Span.End,
            value.SpanStart), $"{head}{layout.OpenBrace(inner)}{layout.NewLine}{inner}{layout.Step(lambda)}return ")
            .After(value.Span.End, $";{layout.NewLine}{inner}}}{tail}")
            .Indent(value.Span, layout.Step(lambda) + layout.Step(lambda));
        return true;
    }

    /// <summary>What stands before the block that may fail, and after it.</summary>
    private (string Head, string Tail) Attempt(ExpressionSyntax use, string key, string indentation)
    {
        var layout = _finding.Layout;
        var step = layout.Step(use);
        var (inner, line) = (indentation + step, layout.NewLine + indentation + step);
        return ($" new {_type}(() =>{layout.OpenBrace(indentation)}{line}try",
            $"{layout.Continue(inner, "catch")}{line}{step}{use}.TryRemove({key}, out _);{line}{step}throw;{line}}}{layout.NewLine}{indentation}}})");
    }

    /// <summary>The name by which the function knows the key, and keeps it.</summary>
    private string? Key(LambdaExpressionSyntax lambda)
    {
        var parameter = lambda is SimpleLambdaExpressionSyntax simple ? simple.Parameter : ((ParenthesizedLambdaExpressionSyntax)lambda).ParameterList.Parameters[0];
        var uses = lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == parameter.Identifier.ValueText).ToList();
        if (parameter.Identifier.ValueText != "_")
            return uses.Exists(FieldUses.IsWritten) ? null : parameter.Identifier.Text;
        var key = FreeName.In(Function.Member(lambda), "key");
        _patch.Replace(parameter.Identifier.Span, key);
        return uses.Count == 0 ? key : null;
    }

    /// <summary><c>F</c> becomes <c>k => new Lazy&lt;V>(() => F(k))</c>.</summary>
    private bool Named(ExpressionSyntax use, InvocationExpressionSyntax call, ExpressionSyntax method, bool isSafe)
    {
        if (_finding.Symbol(method) is not IMethodSymbol
            || method is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax }))
            return false;
        var (key, more) = (FreeName.In(Function.Member(call), "key"), FreeName.In(Function.Member(call), "argument"));
        var (given, passed) = call.ArgumentList.Arguments.Count > 2 ? ($"({key}, {more})", $"({key}, {more})") : (key, $"({key})");
        if (isSafe)
        {
            _patch.Before(method.SpanStart, $"{given} => new {_type}(() => ").After(method.Span.End, passed + ")");
            return true;
        }

        var (layout, indentation) = (_finding.Layout, _finding.Layout.Indentation(method.SpanStart));
        var inner = indentation + layout.Step(method);
        var (head, tail) = Attempt(use, key, indentation);
        _patch.Before(method.SpanStart, $"{given} =>{head}{layout.OpenBrace(inner)}{layout.NewLine}{inner}{layout.Step(method)}return ")
            .After(method.Span.End, $"{passed};{layout.NewLine}{inner}}}{tail}");
        return true;
    }
}
