using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Statements of which the first hands work to what runs it in any case, and where nothing can fail before that.</summary>
/// <param name="IsDropped">Nobody gets what stands for the work.</param>
internal sealed record WorkStart(IReadOnlyList<StatementSyntax> Statements, bool IsDropped)
{
    public static WorkStart? Of(Finding finding, WorkCode work, StatementSyntax statement)
    {
        if (!MayHandOver(finding, work))
            return null;
        var (value, calls) = (work.Start, new List<string>());
        while (value.Parent is ParenthesizedExpressionSyntax || value.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax })
        {
            if (value.Parent is MemberAccessExpressionSyntax access)
                calls.Add(access.Name.Identifier.ValueText);
            value = (ExpressionSyntax)(value.Parent is MemberAccessExpressionSyntax ? value.Parent.Parent! : value.Parent);
        }

        if (Taker(value) != statement)
            return null;
        if (work.Start is BaseObjectCreationExpressionSyntax)
            return calls is ["Start"] ? new([statement], IsDropped: true) : calls.Count == 0 ? Thread(finding, statement) : null;
        var target = (value.Parent as AssignmentExpressionSyntax)?.Left;
        return new([statement], value == work.Start
            && (value.Parent == statement && statement is ExpressionStatementSyntax || target is not null && finding.Symbol(target) is null or IDiscardSymbol));
    }

    /// <summary>The statement that does nothing before it has the value, and nothing but keep it, pass it on or drop it then.</summary>
    private static SyntaxNode? Taker(ExpressionSyntax value) => value.Parent switch
    {
        ExpressionStatementSyntax or ReturnStatementSyntax => value.Parent,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax statement, Left: var target }
            when IsAtHand(target) =>
            statement,
        EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1,
            Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement } } =>
            statement,
        ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } call } }
            when call.Expression is MemberAccessExpressionSyntax { Expression: var list } && IsAtHand(list) => statement,
        _ => null,
    };

    private static bool IsAtHand(ExpressionSyntax target) => target is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax };

    /// <summary>A thread in a local: set up with constants, and started.</summary>
    private static WorkStart? Thread(Finding finding, StatementSyntax statement)
    {
        if (statement is not LocalDeclarationStatementSyntax { Declaration.Variables: [var thread], Parent: BlockSyntax block })
            return null;
        bool IsOf(ExpressionSyntax member) =>
            member is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } && name.Identifier.ValueText == thread.Identifier.ValueText;
        var following = block.Statements.SkipWhile(other => other != statement).Skip(1).ToList();
        var settings = following.TakeWhile(next => next is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax setting } && IsOf(setting.Left)
            && IsConstant(finding, setting.Right)).ToList();
        return following.ElementAtOrDefault(settings.Count) is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0,
            Expression: var start } } last
            && start is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start" } && IsOf(start) ? new([statement, .. settings, last], IsDropped: true) : null;
    }

    private static bool IsConstant(Finding finding, ExpressionSyntax value) => finding.Model.GetConstantValue(value, finding.Cancel).HasValue;

    /// <summary>Of all its arguments none can fail, and none can keep the work from being run.</summary>
    private static bool MayHandOver(Finding finding, WorkCode work) => work.Start switch
    {
        InvocationExpressionSyntax call => IsStandard(finding, call.Expression) && call.ArgumentList.Arguments.All(argument => MayPass(finding, work, argument)),
        BaseObjectCreationExpressionSyntax thread => thread.ArgumentList!.Arguments.All(argument => MayPass(finding, work, argument))
            && thread.Initializer?.Expressions.All(value => value is AssignmentExpressionSyntax setting && IsConstant(finding, setting.Right)) != false,
        _ => false,
    };

    /// <summary>The pool as everybody has it: a factory of one's own may refuse work, or be told to.</summary>
    private static bool IsStandard(Finding finding, ExpressionSyntax called) =>
        finding.Symbol(called) is IMethodSymbol { IsStatic: true }
        || called is MemberAccessExpressionSyntax { Expression: var factory } && finding.Symbol(factory) is IPropertySymbol { IsStatic: true, Name: "Factory" } property
            && finding.Facts.About(property.ContainingType, Effect.Task) is not null;

    private static bool MayPass(Finding finding, WorkCode work, ArgumentSyntax argument) =>
        argument.Expression == work.Code || finding.Model.GetTypeInfo(argument.Expression, finding.Cancel).ConvertedType?.Name switch
        {
            "CancellationToken" =>
                argument.Expression is DefaultExpressionSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" },
            "TaskScheduler" => argument.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Default" },
            _ => SureCode.Is(finding, argument.Expression),
        };
}
