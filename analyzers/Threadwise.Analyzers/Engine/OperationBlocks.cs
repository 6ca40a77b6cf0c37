using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine;

/// <summary>The code of one declaration, bound when it is asked for; the compiler would bind every declaration of a type.</summary>
internal static class OperationBlocks
{
    /// <summary>What runs when the declared member does: its body, a constructor's initializer, the initial value.</summary>
    public static ImmutableArray<IOperation> Of(ISymbol member, SyntaxNode declaration, SemanticModel model, CancellationToken cancel)
    {
        var code = declaration switch
        {
            // What the attributes of a type are given.
            _ when member is ITypeSymbol => null,
            BaseFieldDeclarationSyntax field => field.Declaration.Variables.FirstOrDefault(variable => variable.Identifier.ValueText == member.Name)?.Initializer,
            PropertyDeclarationSyntax property => property.Initializer,
            _ => declaration,
        };
        return (code is null ? null : model.GetOperation(code, cancel)) switch
        {
            null => ImmutableArray<IOperation>.Empty,
            IConstructorBodyOperation constructor => Present(constructor.Initializer, constructor.BlockBody, constructor.ExpressionBody),
            IMethodBodyBaseOperation method => Present(method.BlockBody, method.ExpressionBody),
            var operation => Present(operation),
        };
    }

    public static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>The control-flow graph of a root; null for what cannot have one.</summary>
    public static ControlFlowGraph? GraphOf(IOperation root, CancellationToken cancel) => root switch
    {
        IBlockOperation block => ControlFlowGraph.Create(block, cancel),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancel),
        IMethodBodyOperation method => ControlFlowGraph.Create(method, cancel),
        IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancel),
        IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancel),
        _ => null,
    };

    /// <summary>Operations are nested deeper than that.</summary>
    public static bool AreDeeper(IOperation root, int most)
    {
        var pending = new Stack<(IOperation Operation, int Depth)>();
        pending.Push((root, 0));
        while (pending.Count > 0)
        {
            var (operation, depth) = pending.Pop();
            if (depth > most)
                return true;
            foreach (var child in operation.ChildOperations)
                pending.Push((child, depth + 1));
        }

        return false;
    }

    private static ImmutableArray<IOperation> Present(params IOperation?[] operations) => ImmutableArray.CreateRange(operations.OfType<IOperation>());
}
