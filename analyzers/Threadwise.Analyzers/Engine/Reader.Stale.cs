using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>State gets a value made of what it held before the body was suspended.</summary>
/// <param name="Read">Where that was read.</param>
/// <param name="Awaited">Where the body was suspended after that, first.</param>
internal sealed record StaleWrite(Place On, TextSpan Read, TextSpan Awaited, TextSpan Span) : Event(Span), IAsked;

// What async code remembers of shared state while it waits.
internal sealed partial class Reader
{
    /// <summary>In the tree; what is found is said again where paths are followed.</summary>
    public void Remembered(IOperation operation)
    {
        if (!_shares || operation is not IAssignmentOperation { Target: IMemberReferenceOperation target, Value: var value } assignment
            || Places.Of(target) is not { Path.Length: 1, IsOfInstanceOrStatic: true, Member: IFieldSymbol or IPropertySymbol } on || !IsNear(on.Member!))
            return;
        var found = assignment switch
        {
            ICompoundAssignmentOperation =>
                FirstAwait(value, target.Syntax.Span.End) is { } awaited ? new StaleWrite(on, target.Syntax.Span, awaited, operation.Syntax.Span) : null,
            ISimpleAssignmentOperation { IsRef: false } => ReadBefore(on, value, operation),
            _ => null,
        };
        if (found is null)
            return;
        Note(operation, found);
    }

    /// <summary>Said in the tree, and again where a graph comes by.</summary>
    private void Note(IOperation at, Event found)
    {
        Into.Add(found);
        Found[at.Syntax] = Found.TryGetValue(at.Syntax, out var before) ? [.. before, found] : [found];
    }

    /// <summary>The value is made of the state as it was before an await: in the value itself, or by way of a local.</summary>
    private StaleWrite? ReadBefore(Place on, IOperation value, IOperation write)
    {
        foreach (var part in Ingredients(value))
            if (IsMentionOf(part, on))
            {
                if (FirstAwait(value, part.Syntax.Span.End) is { } within)
                    return new(on, part.Syntax.Span, within, write.Syntax.Span);
            }
            else if (part is ILocalReferenceOperation { Local: var local } && Places.Definitions.Of(local) is { } made
                && Ingredients(made).FirstOrDefault(source => IsMentionOf(source, on)) is { } read
                && FirstAwait(Branches.Function(write), read.Syntax.Span.End) is { } between && between.End <= write.Syntax.Span.End
                && !IsLookedAtAgain(on, between, write))
                return new(on, read.Syntax.Span, between, write.Syntax.Span);
        return null;
    }

    /// <summary>What operators, and the members of a value that never changes, make the new value of: not what a call is merely told.</summary>
    private IEnumerable<IOperation> Ingredients(IOperation value)
    {
        var pending = new Stack<IOperation?>();
        for (pending.Push(value); pending.Count > 0;)
            switch (Places.Bare(pending.Pop()))
            {
                case IBinaryOperation binary:
                    pending.Push(binary.RightOperand);
                    pending.Push(binary.LeftOperand);
                    break;
                case IUnaryOperation unary:
                    pending.Push(unary.Operand);
                    break;
                case IWithOperation changed:
                    pending.Push(changed.Operand);
                    break;
                case IInvocationOperation { Instance: { Type: { } type } instance } when model.Facts.About(type.OriginalDefinition, Effect.Immutable) is not null:
                    pending.Push(instance);
                    break;
                case (IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation) and var part:
                    yield return part;
                    break;
            }
    }

    private bool IsMentionOf(IOperation part, Place on) => part is IFieldReferenceOperation or IPropertyReferenceOperation && on.Equals(Places.Of(part));

    /// <summary>The first point behind a position where the code itself is suspended.</summary>
    private static TextSpan? FirstAwait(IOperation code, int after)
    {
        TextSpan? first = null;
        foreach (var part in Branches.Own(code))
            if (part is IAwaitOperation && part.Syntax.SpanStart >= after && (first is null || part.Syntax.SpanStart < first.Value.Start))
                first = part.Syntax.Span;
        return first;
    }

    /// <summary>After the await it is read once more, to see whether it is still the same.</summary>
    private bool IsLookedAtAgain(Place on, TextSpan awaited, IOperation write) => Branches.Own(Branches.Function(write)).Any(part =>
        part.Syntax.SpanStart >= awaited.End && part.Syntax.Span.End <= write.Syntax.SpanStart && IsMentionOf(part, on));
}
