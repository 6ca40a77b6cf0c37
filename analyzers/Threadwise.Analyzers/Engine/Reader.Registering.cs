using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// How code says that all who ask for an object of a type get the same one.
internal sealed partial class Reader
{
    private void Registering(IInvocationOperation call)
    {
        if (!followsPaths && RegisteredBy(call) is { TypeKind: TypeKind.Class, IsAbstract: false } type)
            Note(call, new Registered(type.OriginalDefinition, call.Syntax.Span));
    }

    /// <summary>The type that is created: the last of the type arguments, what a factory returns, or the type of what is handed over.</summary>
    private INamedTypeSymbol? RegisteredBy(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
            if (argument.Parameter?.Ordinal > 0 && CreatedBy(argument.Value) is { } created)
                return created;
            // What was made before may have been made ready before, too.
            else if (argument.Parameter?.OriginalDefinition.Type is ITypeParameterSymbol)
                return null;
        return call.TargetMethod.TypeArguments is [.., INamedTypeSymbol last] ? last : null;
    }

    private INamedTypeSymbol? CreatedBy(IOperation value) => Places.Bare(value) switch
    {
        ITypeOfOperation { TypeOperand: INamedTypeSymbol { TypeKind: TypeKind.Class } type } => type,
        IObjectCreationOperation { Type: INamedTypeSymbol type } => type,
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body: var body } } => body.Descendants().OfType<IReturnOperation>()
            .Select(made => Places.Bare(made.ReturnedValue)).OfType<IObjectCreationOperation>().Select(static made => made.Type)
            .OfType<INamedTypeSymbol>().FirstOrDefault(),
        _ => null,
    };
}
