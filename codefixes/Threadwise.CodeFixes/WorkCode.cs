using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>A function that is handed to what runs it once and on its own, and whose code can be put into a <c>using</c> statement.</summary>
internal sealed class WorkCode
{
    private readonly Finding _finding;
    private readonly IMethodSymbol _symbol;

    private WorkCode(Finding finding, AnonymousFunctionExpressionSyntax code, ExpressionSyntax start, IMethodSymbol symbol) =>
        (_finding, Code, Start, _symbol) = (finding, code, start, symbol);

    public AnonymousFunctionExpressionSyntax Code { get; }

    /// <summary>The call or creation that it is handed to.</summary>
    public ExpressionSyntax Start { get; }

    /// <summary>The function around the node; null if it is handed to something else, or looks otherwise in another build.</summary>
    public static WorkCode? Around(Finding finding, SyntaxNode node) =>
        node.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ExpressionSyntax start } } } code
        && finding.Symbol(start) is IMethodSymbol starter && finding.Facts.About(starter, Effect.Starts) is { Many: false, Kind: "pool" or "thread" }
        && finding.Symbol(code) is IMethodSymbol symbol && !code.DescendantTrivia().Any(StatementRun.IsConditional) ? new(finding, code, start, symbol) : null;

    /// <summary>It awaits what it begins, or will: its only expression is a task.</summary>
    public bool Awaits => Code.AsyncKeyword.RawKind != 0 || BecomesAsync;

    private bool BecomesAsync =>
        Code is { AsyncKeyword.RawKind: 0, ExpressionBody: InvocationExpressionSyntax } && _symbol.ReturnType is { Name: "Task", ContainingNamespace.Name: "Tasks" };

    /// <summary>What whoever waits for it gets; null if that is nothing.</summary>
    public ITypeSymbol? Result => _symbol.ReturnsVoid ? null : !Awaits ? _symbol.ReturnType : (_symbol.ReturnType as INamedTypeSymbol)?.TypeArguments.FirstOrDefault();

    /// <summary>The code itself uses the object, keeps it nowhere, and waits for everything that it begins with it.</summary>
    public bool EndsAll(IEnumerable<ExpressionSyntax> uses) => uses.All(use => Function.Around(use) == Code && IsPlain(use)
        && use.AncestorsAndSelf().TakeWhile(outer => outer != Code).OfType<ExpressionSyntax>().All(value => !IsTask(value) || IsWaitedFor(value)));

    private bool IsTask(ExpressionSyntax value) => _finding.Model.GetTypeInfo(value, _finding.Cancel).Type is { } type && Shapes.IsAwaited(type);

    private bool IsPlain(ExpressionSyntax use) => use.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == use && (_finding.Symbol(access) is not IMethodSymbol || access.Parent is InvocationExpressionSyntax),
        ConditionalAccessExpressionSyntax access => access.Expression == use,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or ElementAccessExpressionSyntax
            or CommonForEachStatementSyntax or UsingStatementSyntax => true,
        ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: ExpressionSyntax call } => _finding.Symbol(call) is { } called
            && !_finding.Facts.About(called).Any(static fact => fact.Effect is Effect.Starts or Effect.Defers or Effect.Writes or Effect.Step),
        _ => false,
    };

    private bool IsWaitedFor(ExpressionSyntax task) => task.Parent switch
    {
        AwaitExpressionSyntax => true,
        ParenthesizedExpressionSyntax outer => IsWaitedFor(outer),
        MemberAccessExpressionSyntax access when access.Expression == task && _finding.Symbol(access) is { } member =>
            _finding.Facts.About(member, Effect.Blocks) is not null
            || access.Parent is InvocationExpressionSyntax call && _finding.Facts.About(member, Effect.Same) is not null && IsWaitedFor(call),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } =>
            _finding.Symbol(call) is { } called && _finding.Facts.About(called, Effect.Combines) is { All: true } && IsWaitedFor(call),
        _ => BecomesAsync && task == Code.ExpressionBody,
    };

    /// <summary>Puts all of the code into a statement with this head, behind this first line.</summary>
    /// <param name="outdent">White space by which the lines of the code move out at the same time.</param>
    public Patch Inside(Patch patch, string head, string? first = null, string outdent = "")
    {
        if (BecomesAsync)
            patch.Before(Code.SpanStart, "async ");
        return Code.Block is { } block ? Block(patch, block, head, first, outdent) : Expression(patch, Code.ExpressionBody!, head, first, outdent);
    }

    private Patch Block(Patch patch, BlockSyntax block, string head, string? first, string outdent)
    {
        var layout = _finding.Layout;
        var (begin, end) = (block.Statements[0].GetFirstToken(), block.Statements.Last().GetLastToken());
        if (!layout.StartsLine(begin) || !layout.EndsLine(end))
            return patch.Before(begin.SpanStart, $"{head} {{ {(first is null ? "" : first + " ")}").After(end.Span.End, " }");
        var indentation = layout.Indentation(begin.SpanStart).Substring(outdent.Length);
        var (line, step) = (layout.NewLine + indentation, layout.Step(block));
        return patch.Before(begin.SpanStart, head + layout.OpenBrace(indentation) + line + step + (first is null ? "" : first + line + step))
            .After(Layout.EndOfLine(end), line + "}")
            .Indent(TextSpan.FromBounds(begin.SpanStart, Layout.EndOfLine(end)), step);
    }

    private Patch Expression(Patch patch, ExpressionSyntax body, string head, string? first, string outdent)
    {
        var (layout, wait) = (_finding.Layout, BecomesAsync ? _finding.Configured(body, _finding.Model.GetTypeInfo(body, _finding.Cancel).Type) : "");
        var result = (Result is null ? "" : "return ") + (BecomesAsync ? "await " : "");
        if (Code.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || !layout.StartsLine(statement.GetFirstToken()))
            return patch.Before(body.SpanStart, $"{{ {head} {{ {(first is null ? "" : first + " ")}{result}").After(body.Span.End, wait + "; } }");
        var (indentation, step) = (layout.Indentation(statement.SpanStart).Substring(outdent.Length), layout.Step(statement));
        var line = layout.NewLine + indentation;
        var arrow = body.GetFirstToken().GetPreviousToken().Span.End;
        var open = layout.OpenBrace(indentation) + line + step + head + layout.OpenBrace(indentation + step) + line + step + step;
        return patch.Replace(TextSpan.FromBounds(arrow, body.SpanStart), open + (first is null ? "" : first + line + step + step) + result)
            .After(body.Span.End, $"{wait};{line}{step}}}{line}}}")
            .Indent(TextSpan.FromBounds(body.SpanStart, body.Span.End), step + step);
    }
}
