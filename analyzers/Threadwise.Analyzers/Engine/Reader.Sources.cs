using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Sources: what completes tasks and tokens for others.
internal sealed partial class Reader
{
    private void SourceCreated(IObjectCreationOperation creation)
    {
        if (creation.Type is { } type && Facts.About(type, Effect.Source) is not null)
            Into.Add(new CreateSource(StoredAt(creation), type,
                creation.Arguments.Any(argument => argument.Parameter is { Type: var option } && Shapes.KeepsApart(option, argument.Value.ConstantValue)),
                    creation.Syntax.Span));
    }

    /// <summary>What gives a task back completes it later.</summary>
    private void Finished(IInvocationOperation call)
    {
        Wakes(call.Instance, call);
        if (call.Instance?.Type is { } type && Facts.About(type, Effect.Source) is not null && !IsAwaitable(call.TargetMethod.ReturnType))
            Into.Add(new Finish(Places.Of(call.Instance), type, call.TargetMethod, call.Syntax.Span));
    }

    private void Wakes(IOperation? signal, IOperation at)
    {
        // A part of an object of other makers is told by the object.
        while (signal is IPropertyReferenceOperation { Instance: { } whole, Property: var part } && !IsNear(part))
            signal = whole;
        if (_shares && signal is not null && Places.Of(signal) is { IsOfInstanceOrStatic: true, Member: { } member } place && IsNear(member))
            Into.Add(new Wake(place, at.Syntax.Span));
    }

    private void WokenBy(IOperation? signal, IOperation at)
    {
        if (_shares && signal is not null && Places.Of(signal) is { IsOfInstanceOrStatic: true, Path: { IsEmpty: false } path } place && IsNear(path[0]))
            Into.Add(new Woken(place, at.Syntax.Span));
    }

    private Place? StoredAt(IOperation value)
    {
        var outer = value.Parent;
        while (outer is IConversionOperation)
            outer = outer.Parent;
        return outer switch
        {
            IAssignmentOperation { Target: var target } => Places.Of(target),
            IFieldInitializerOperation { InitializedFields: [var field, ..] } => Own(field),
            IPropertyInitializerOperation { InitializedProperties: [var property, ..] } => Own(property),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => Place.Of(local),
            _ => null,
        };
    }
}
