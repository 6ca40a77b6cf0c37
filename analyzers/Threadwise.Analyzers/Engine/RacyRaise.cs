using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>The handlers of an event are used behind a test for them that read the event on its own.</summary>
internal sealed record RacyRaise(IEventSymbol Event, TextSpan Test, TextSpan Span) : Event(Span), IAsked
{
    /// <summary>In longer blocks nobody looks for a test.</summary>
    private const int MaxStatements = 200;

    /// <summary>Told by the way it is written: what runs between the test and the use does not matter.</summary>
    public static RacyRaise? Of(IEventReferenceOperation reference) =>
        reference.Syntax is ExpressionSyntax used && IsDereferenced(used) && !IsNeverEmpty(reference.Event)
            && TestBefore(used) is { } test && !IsNeverLess(reference.Event)
            ? new(reference.Event, test.Span, used.Span)
            : null;

    /// <summary>It is called, or a member of its delegate is.</summary>
    private static bool IsDereferenced(ExpressionSyntax used)
    {
        while (used.Parent is PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax)
            used = (ExpressionSyntax)used.Parent;
        return used.Parent is InvocationExpressionSyntax call && call.Expression == used
            || used.Parent is MemberAccessExpressionSyntax access && access.Expression == used;
    }

    /// <summary>It starts with a handler that nobody can take away.</summary>
    private static bool IsNeverEmpty(IEventSymbol raised) =>
        raised.DeclaringSyntaxReferences.Any(static declaration => declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer: not null });

    /// <summary>Only code of its own assembly can name it, and none that is known takes a handler away.</summary>
    private static bool IsNeverLess(IEventSymbol raised)
    {
        var (isOpen, outermost) = (IsOffered(raised), raised.ContainingType);
        for (; outermost.ContainingType is { } outer; outermost = outer)
            isOpen &= IsOffered(outermost);
        return !(isOpen && outermost.DeclaredAccessibility == Accessibility.Public)
            && !outermost.DeclaringSyntaxReferences.Any(part => part.GetSyntax().DescendantNodes().Any(node =>
            node is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SubtractAssignmentExpression, Left: var left }
                && (left is MemberAccessExpressionSyntax { Name: var member } ? member : left).ToString() == raised.Name));
    }

    private static bool IsOffered(ISymbol member) => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    /// <summary>The event in the test that led here.</summary>
    private static ExpressionSyntax? TestBefore(ExpressionSyntax used)
    {
        var name = NameOf(used);
        for (SyntaxNode node = used; node.Parent is { } parent and not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
            node = parent)
            if (TestIn(parent, node, name) is { } test)
                return test;
        return null;
    }

    private static ExpressionSyntax? TestIn(SyntaxNode around, SyntaxNode code, string name) => around switch
    {
        IfStatementSyntax branch when branch.Statement == code => Tested(branch.Condition, name, isThere: true),
        IfStatementSyntax branch when branch.Else == code => Tested(branch.Condition, name, isThere: false),
        ConditionalExpressionSyntax choice when choice.WhenTrue == code => Tested(choice.Condition, name, isThere: true),
        ConditionalExpressionSyntax choice when choice.WhenFalse == code => Tested(choice.Condition, name, isThere: false),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when both.Right == code => Tested(both.Left, name, isThere: true),
        BlockSyntax { Statements.Count: <= MaxStatements } block => block.Statements.TakeWhile(before => before != code).OfType<IfStatementSyntax>()
            .Where(static before => before.Else is null && Leaves(before.Statement))
            .Select(before => Tested(before.Condition, name, isThere: false)).LastOrDefault(static test => test is not null),
        _ => null,
    };

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } inside } => Leaves(inside.Last()),
        _ => statement is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax,
    };

    /// <summary>The event in a condition that is true, or false, only if there are handlers.</summary>
    private static ExpressionSyntax? Tested(ExpressionSyntax condition, string name, bool isThere) => condition switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Tested(inner, name, isThere),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var inner } => Tested(inner, name, !isThere),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when isThere => Tested(both.Left, name, true) ?? Tested(both.Right, name, true),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when !isThere =>
            Tested(either.Left, name, false) ?? Tested(either.Right, name, false),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } unequal when isThere => Compared(unequal, name),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equal when !isThere => Compared(equal, name),
        IsPatternExpressionSyntax { Expression: var matched, Pattern: var pattern } when NameOf(matched) == name && IsForNull(pattern) == !isThere => matched,
        _ => null,
    };

    private static ExpressionSyntax? Compared(BinaryExpressionSyntax comparison, string name) =>
        IsNull(comparison.Right) && NameOf(comparison.Left) == name ? comparison.Left
        : IsNull(comparison.Left) && NameOf(comparison.Right) == name ? comparison.Right
        : null;

    private static bool? IsForNull(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax { Expression: var constant } when IsNull(constant) => true,
        UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression: var constant } } when IsNull(constant) => false,
        RecursivePatternSyntax { Type: null, Designation: null, PropertyPatternClause.Subpatterns.Count: 0 } => false,
        _ => null,
    };

    private static bool IsNull(ExpressionSyntax value) => value.IsKind(SyntaxKind.NullLiteralExpression);

    /// <summary>As the event is named, with or without <c>this</c>.</summary>
    private static string NameOf(ExpressionSyntax named) =>
        named is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } ? name : named.ToString();
}
