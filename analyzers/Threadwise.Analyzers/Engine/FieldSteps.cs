using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>How fields get other values: in one step, or in several that others can come between; see <see cref="Written"/> and <see cref="ReadAgain"/>.</summary>
internal sealed class FieldSteps(Model model, Places places)
{
    /// <summary>The program runs in processes of 64 bits alone.</summary>
    private bool Is32BitNever => model.Compilation.Options.Platform is Platform.X64 or Platform.Arm64 or Platform.Itanium;

    /// <summary>An assignment of any form, or the reading of a number of two words.</summary>
    public IReadOnlyList<Event> At(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { IsRef: false } assignment when Of(assignment.Target) is { } on => [Assigned(assignment, on)],
        ICompoundAssignmentOperation assignment when Of(assignment.Target) is { } on =>
            [new Written(on.Member!, on, Rewrite.Computed, Sign(assignment.Syntax), assignment.Syntax.Span)],
        IIncrementOrDecrementOperation step when Of(step.Target) is { } on => [new Written(on.Member!, on, Rewrite.Computed, Sign(step.Syntax), step.Syntax.Span)],
        IFieldReferenceOperation { Field.Type.SpecialType: SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double } read
            when Of(read) is { } on && IsRead(read, on) && !Is32BitNever && !IsAsserted(read) => [new WideRead(on.Member!, on, read.Syntax.Span)],
        ICoalesceAssignmentOperation assignment when Of(assignment.Target) is { } on =>
            [new Written(on.Member!, on, Rewrite.Tested, Sign(assignment.Syntax), assignment.Syntax.Span)],
        _ => [],
    };

    /// <summary>A call that changes a variable in one step.</summary>
    public IReadOnlyList<Event> At(IInvocationOperation call, Fact fact)
    {
        if (fact.Kind != "update" || call.Arguments.Length <= fact.On || Of(call.Arguments[fact.On].Value) is not { } on)
            return [];
        var changed = new ChangedAtOnce(on.Member!, call.TargetMethod, call.Syntax.Span) { IsByOne = call.Arguments.Length == 1 };
        var read = call.Arguments.Length >= fact.On + 3 ? InSwap(call, fact, on) ?? Stale(call, fact, on) : Again(call, on) ?? Before(call, on);
        return read is null ? [changed] : [changed, read];
    }

    private Place? Of(IOperation target) =>
        target is IFieldReferenceOperation { Field: { IsConst: false, IsReadOnly: false } } or IPropertyReferenceOperation { Arguments.IsEmpty: true,
            Property.SetMethod: not null }
        && Sharing.Of(model, places, target) is { Member: IFieldSymbol or IPropertySymbol } on ? on : null;

    private Written Assigned(ISimpleAssignmentOperation assignment, Place on)
    {
        var value = places.Bare(assignment.Value)!;
        var how = DependsOn(value, on) ? Rewrite.Computed
            : IsScalar(assignment.Target.Type) && Branches.Before(assignment).Any(branch => Branches.Own(branch.Condition).Any(part => IsRead(part, on))) ? Rewrite.Tested
            : Rewrite.Blind;
        return new(on.Member!, on, how, value is IInvocationOperation { TargetMethod.Name: var name } ? name : "=", assignment.Syntax.Span)
            { ByCall = value is IInvocationOperation, IsOperator = how == Rewrite.Computed && value is IBinaryOperation or IUnaryOperation };
    }

    /// <summary>The value is made of what the place held: read in it, or before into a variable that is used in it.</summary>
    private bool DependsOn(IOperation value, Place on) => Branches.Own(value).Any(part =>
        IsMention(part, on)
        || part != value && part is ILocalReferenceOperation { Local: var local } && places.Bare(places.Definitions.Of(local)) is { } only && IsMention(only, on));

    private bool IsMention(IOperation part, Place on) => part is IFieldReferenceOperation or IPropertyReferenceOperation && on.Equals(places.Of(part))
        && !(part.Parent is IAssignmentOperation assignment && assignment.Target == part);

    /// <summary>The place is read as any variable is.</summary>
    private bool IsRead(IOperation part, Place on) => IsMention(part, on) && part.Parent is not IArgumentOperation { Parameter.RefKind: not RefKind.None };

    /// <summary>Only the programmer's own look at it.</summary>
    private bool IsAsserted(IOperation part)
    {
        for (var outer = part.Parent; outer is not (null or IBlockOperation); outer = outer.Parent)
            if (outer is IInvocationOperation call && model.Facts.About(call.TargetMethod, Effect.Asserts) is not null)
                return true;
        return false;
    }

    /// <summary>The new value is computed from another reading than the one it is compared with.</summary>
    private ReadAgain? InSwap(IInvocationOperation call, Fact fact, Place on)
    {
        if (call.Arguments.Length != fact.On + 3 || !IsScalar(call.Arguments[fact.On].Value.Type))
            return null;
        var (value, comparand) = (places.Bare(call.Arguments[fact.On + 1].Value)!, places.Bare(call.Arguments[fact.On + 2].Value)!);
        if (comparand is ILocalReferenceOperation { Local: var expected }
            && !places.Definitions.AllOf(expected).Any(first => first is not null && IsMention(places.Bare(first)!, on))
            || comparand is not ILocalReferenceOperation && !IsRead(comparand, on))
            return null;
        if (value is ILocalReferenceOperation { Local: var next } && places.Bare(places.Definitions.Of(next)) is { } only)
            value = only;
        return Branches.Own(value).FirstOrDefault(part => IsRead(part, on)) is { } again
            ? new(on.Member!, on, call.TargetMethod, call.Syntax.Span, Reread.Swap, again.Syntax.Span)
            : null;
    }

    /// <summary>A later statement of the same block looks at the variable to decide something, though the call has said what it became.</summary>
    private ReadAgain? Again(IInvocationOperation call, Place on)
    {
        if (call.Parent is not IExpressionStatementOperation || !IsScalar(call.TargetMethod.ReturnType)
            || call.TargetMethod.ReturnType.SpecialType == SpecialType.System_Boolean)
            return null;
        foreach (var statement in Branches.LaterStatements(call))
            foreach (var part in Branches.Own(statement).OrderBy(static part => part.Syntax.SpanStart)
                .Where(part => IsMention(part, on) || part is IAssignmentOperation { Target: var target } && on.Equals(places.Of(target))))
                return IsRead(part, on) && Decides(part) ? new(on.Member!, on, call.TargetMethod, call.Syntax.Span, Reread.Result, part.Syntax.Span) : null;
        return null;
    }

    /// <summary>Which element is next was read just before, in the same block.</summary>
    private ReadAgain? Before(IInvocationOperation call, Place on)
    {
        if (call is not { Parent: IExpressionStatementOperation { Parent: IBlockOperation block } statement, Arguments.Length: 1 })
            return null;
        foreach (var earlier in block.Operations.TakeWhile(other => other != statement).Reverse())
            if (Branches.Own(earlier).FirstOrDefault(part => IsMention(part, on)
                || part is IAssignmentOperation { Target: var target } && on.Equals(places.Of(target))) is { } used)
                return IsRead(used, on) && Chooses(used) ? new(on.Member!, on, call.TargetMethod, call.Syntax.Span, Reread.Before, used.Syntax.Span) : null;
        return null;
    }

    /// <summary>The loop ends when the swap succeeds, which it never does once what is expected is out of date.</summary>
    private ReadAgain? Stale(IInvocationOperation call, Fact fact, Place on)
    {
        if (call.Arguments.Length != fact.On + 3 || places.Bare(call.Arguments[fact.On + 2].Value) is not ILocalReferenceOperation { Local: var expected } named
            || places.Bare(places.Definitions.Of(expected)) is not { } only || !IsMention(only, on))
            return null;
        for (IOperation? around = call; around is not null && !Branches.IsFunction(around); around = around.Parent)
            if (around is IWhileLoopOperation { Condition: { } condition } loop)
                return condition.Syntax.Span.Contains(call.Syntax.Span) && !loop.Syntax.Span.Contains(only.Syntax.Span)
                    ? new(on.Member!, on, call.TargetMethod, call.Syntax.Span, Reread.Stale, named.Syntax.Span)
                    : null;
        return null;
    }

    private static bool Chooses(IOperation read)
    {
        var value = read;
        while (value.Parent is IConversionOperation or IBinaryOperation or IUnaryOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent is IArrayElementReferenceOperation or IArgumentOperation { Parent: IPropertyReferenceOperation };
    }

    private static bool Decides(IOperation read)
    {
        var value = read;
        while (value.Parent is IConversionOperation or IBinaryOperation or IUnaryOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IConditionalOperation branch => branch.Condition == value,
            ILoopOperation or ISwitchOperation or ISwitchExpressionOperation or IIsPatternOperation or IReturnOperation or IArrayElementReferenceOperation => true,
            IArgumentOperation { Parent: IPropertyReferenceOperation } => true,
            IVariableInitializerOperation => true,
            ISimpleAssignmentOperation assignment => assignment.Value == value,
            _ => false,
        };
    }

    /// <summary>A number or the like, of which nothing but its value matters.</summary>
    private static bool IsScalar(ITypeSymbol? type) =>
        type is { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_UIntPtr and not (SpecialType.System_Decimal or SpecialType.System_String) };

    /// <summary>The operator as it is written.</summary>
    private static string Sign(SyntaxNode syntax) => syntax switch
    {
        Microsoft.CodeAnalysis.CSharp.Syntax.AssignmentExpressionSyntax assignment => assignment.OperatorToken.Text,
        Microsoft.CodeAnalysis.CSharp.Syntax.PostfixUnaryExpressionSyntax postfix => postfix.OperatorToken.Text,
        Microsoft.CodeAnalysis.CSharp.Syntax.PrefixUnaryExpressionSyntax prefix => prefix.OperatorToken.Text,
        _ => "=",
    };
}
