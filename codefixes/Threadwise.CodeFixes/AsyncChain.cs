using Threadwise.CodeFixes.Fixes;

namespace Threadwise.CodeFixes;

/// <summary>A wait that becomes an await, and with it every function on the way to it: private ones become async and are awaited by all who call them, up to code that is async by now.</summary>
/// <param name="wraps">The wait puts what goes wrong into an <c>AggregateException</c>, which an await does not.</param>
internal sealed class AsyncChain(Finding finding, bool wraps)
{
    private readonly HashSet<SyntaxNode> _functions = [];
    private readonly List<(TextSpan At, Patch Patch)> _parts = [];

    /// <summary>What to write, or null where somebody on the way cannot be async, or is not known.</summary>
    /// <param name="kind">The kind of the wait, as tables name it.</param>
    /// <param name="twin">What can be awaited instead, as tables name it.</param>
    public static Patch? To(Finding finding, SyntaxNode wait, string kind, string twin)
    {
        var chain = new AsyncChain(finding, Wraps(wait));
        return Awaited(finding, wait, kind, twin) is { } awaited && chain.Awaits((ExpressionSyntax)wait, awaited) && chain.Covers(finding.Node)
            ? chain.Written(wait)
            : null;
    }

    public static bool Wraps(SyntaxNode wait) =>
        wait is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "GetResult" } };

    private static Patch? Awaited(Finding finding, SyntaxNode wait, string kind, string twin) => (wait, kind) switch
    {
        (ExpressionSyntax blocking, "wait") => BlockingWaitInAsyncFix.Awaited(finding, blocking),
        (ExpressionSyntax sleep, "sleep") => SleepInAsyncFix.Awaited(finding, sleep),
        (InvocationExpressionSyntax call, "io") => TwinCall.Awaited(finding, call, twin),
        (InvocationExpressionSyntax call, _) => TwinCall.Awaited(finding, call, twin, BlockingPrimitiveInAsyncFix.IsUndone),
        _ => null,
    };

    private bool Covers(SyntaxNode node) => _parts.Exists(part => part.At == node.Span);

    /// <summary>All parts in the order of source, the outer first: so that whoever comes by another way writes the same.</summary>
    private Patch? Written(SyntaxNode wait)
    {
        var patch = finding.Patch(wait.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? finding.Root);
        return _parts.OrderBy(part => part.At.Start).ThenByDescending(part => part.At.Length).All(part => patch.With(part.Patch)) ? patch : null;
    }

    private bool Awaits(ExpressionSyntax awaited, Patch patch)
    {
        _parts.Add((awaited.Span, patch));
        return !(wraps && AwaitPlace.IsWrappedFailureCaught(awaited)) && IsAsync(awaited);
    }

    /// <summary>The function around the place is async, or becomes so.</summary>
    private bool IsAsync(SyntaxNode place) =>
        Function.Around(place) is var function && (_functions.Contains(function) || (!IsOfBothKinds(function) && !ThreadBound.Is(finding, function) && function switch
    {
        AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } => true,
        AnonymousFunctionExpressionSyntax lambda => BecomesAsync(lambda),
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword) || BecomesAsync(method),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword) || BecomesAsync(local),
        CompilationUnitSyntax program => Function.Nodes(program).Any(node => node is AwaitExpressionSyntax),
        _ => false,
    }));

    /// <summary>What the pool runs may as well be async: <c>Task.Run</c> waits for the end of that too.</summary>
    private bool BecomesAsync(AnonymousFunctionExpressionSyntax lambda)
    {
        if (lambda.Parent is not ArgumentSyntax argument || !IsRun(argument))
            return false;
        _functions.Add(lambda);
        _parts.Add((lambda.Span, finding.Patch(lambda).Before(lambda.SpanStart, "async ")));
        return true;
    }

    private bool BecomesAsync(SyntaxNode function)
    {
        if (AsyncForm.Of(finding, function) is not { Uses: { Count: > 0 } uses } form)
            return false;
        _functions.Add(function);
        _parts.Add((function.Span, form.Declared()));
        foreach (var name in uses)
            if (!(Called(name) is { } call ? finding.MayAwait(call) && Awaits(call, form.Awaited(name, call)) : IsRun(name, form)))
                return false;
        return true;
    }

    private static InvocationExpressionSyntax? Called(SimpleNameSyntax name) =>
        Qualified(name) is { Parent: InvocationExpressionSyntax call } callee && call.Expression == callee ? call : null;

    private static ExpressionSyntax Qualified(SimpleNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;

    /// <summary><c>Task.Run(Load)</c>.</summary>
    private bool IsRun(SimpleNameSyntax name, AsyncForm form)
    {
        if (Qualified(name) is not { Parent: ArgumentSyntax argument } || !IsRun(argument))
            return false;
        _parts.Add((name.Span, form.Renamed(name.Identifier.Span)));
        return true;
    }

    private bool IsRun(ArgumentSyntax argument) =>
        argument.Parent?.Parent is InvocationExpressionSyntax run && run.ArgumentList.Arguments.IndexOf(argument) == 0
        && finding.Symbol(run) is IMethodSymbol { Name: "Run", ContainingType: { Name: "Task", ContainingNamespace.Name: "Tasks" } }
        && !(wraps && AwaitPlace.IsWrappedFailureCaught(run));

    /// <summary>It has a synchronous half and an asynchronous one, and whoever asks for the former must not wait for anybody.</summary>
    private bool IsOfBothKinds(SyntaxNode function) =>
        Function.Member(function).DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText.IndexOf("sync", StringComparison.OrdinalIgnoreCase) >= 0
            && finding.Symbol(name) is IParameterSymbol { Type.SpecialType: SpecialType.System_Boolean } or ILocalSymbol { Type.SpecialType: SpecialType.System_Boolean }
                or IFieldSymbol { Type.SpecialType: SpecialType.System_Boolean } or IPropertySymbol { Type.SpecialType: SpecialType.System_Boolean }
                    or IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum });
}
