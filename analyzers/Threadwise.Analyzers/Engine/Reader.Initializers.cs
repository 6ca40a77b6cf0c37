using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Type initializers: work that they start and wait for, and that waits for them.
internal sealed partial class Reader
{
    private readonly bool _initializes = Body.InitializesType(owner);

    /// <summary>Delegates that were given to something that runs them on another thread, and the member by which each needs the type.</summary>
    private readonly List<(IOperation Function, string Needed)> _started = new(0);

    /// <summary>With a static constructor the type must be ready for every call and creation; without one, for its fields.</summary>
    private bool IsPrecise => owner.ContainingType.StaticConstructors.Any(static constructor => !constructor.IsImplicitlyDeclared);

    /// <summary>A function becomes a delegate in a type initializer: does another thread run it, and what does it need?</summary>
    private void StartedBy(IOperation? outer, IMethodSymbol function, IOperation reference)
    {
        if (!_initializes || followsPaths || Starting(outer) is not { } fact || Needed(reference, function) is not { } needed)
            return;
        if (fact.Joins)
            Joined(outer, needed);
        else
            _started.Add((reference, needed));
    }

    /// <summary>The call that starts the work returns when it is done. It may be given several functions.</summary>
    private void Joined(IOperation? function, string needed)
    {
        while (function is not null and not IInvocationOperation)
            function = function.Parent;
        if (function is not null && !Remarks.Any(known => known is InitializerWait && known.Span == function.Syntax.Span))
            Remarks.Add(new InitializerWait(needed, function.Syntax.Span));
    }

    /// <summary>A type initializer waits: for work it started?</summary>
    private void WaitedFor(Fact fact, IOperation? task, IOperation at)
    {
        if (followsPaths || _started.Count == 0 || fact.Kind is not ("wait" or "join" or "signal")
            || fact.Timeout is { } limit && !(at is IInvocationOperation call && Argument(call, limit)?.ConstantValue is { HasValue: true, Value: -1 })
            || IsInFunction(at))
            return;
        var sources = Sources(task).ToList();
        foreach (var (function, needed) in _started)
            if (fact.Kind == "signal" || sources.Any(source => source.Syntax.Span.Contains(function.Syntax.Span)))
            {
                Remarks.Add(new InitializerWait(needed, at.Syntax.Span));
                return;
            }
    }

    private IEnumerable<IOperation> Sources(IOperation? task)
    {
        if (Places.Task(task) is { } source)
            yield return source;
        foreach (var inner in task?.DescendantsAndSelf() ?? Enumerable.Empty<IOperation>())
            if (inner is ILocalReferenceOperation { Local: var local } && Places.Definitions.Of(local) is { } value)
                yield return value;
    }

    private static bool IsInFunction(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return true;
        return false;
    }

    /// <summary>The member of this very type that the function uses and that has to wait for the initializer.</summary>
    private string? Needed(IOperation reference, IMethodSymbol function) =>
        reference is IAnonymousFunctionOperation lambda ? lambda.Body.Descendants().Select(NeededBy).FirstOrDefault(needed => needed is not null) : NeededBy(function);

    private string? NeededBy(IOperation operation) => operation switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true, IsConst: false } field } when IsOfThisType(field) => field.Name,
        IPropertyReferenceOperation { Property: { IsStatic: true } property } when IsOfThisType(property)
            && (IsPrecise || model.Behind(property, Cancel) is { }) => property.Name,
        IInvocationOperation { TargetMethod: var method } => NeededBy(method),
        IObjectCreationOperation { Constructor: { } constructor } when IsOfThisType(constructor) && IsPrecise => constructor.ContainingType.Name,
        _ => null,
    };

    private string? NeededBy(IMethodSymbol method) =>
        !IsOfThisType(method) || method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? null
        : method.IsStatic && IsPrecise ? method.Name
        : StaticFieldIn(method);

    /// <summary>A static field of the type that the text of a method names.</summary>
    private string? StaticFieldIn(IMethodSymbol method)
    {
        var fields = method.ContainingType.GetMembers().Where(member => member is IFieldSymbol { IsStatic: true, IsConst: false })
            .Select(member => member.Name).ToImmutableHashSet();
        foreach (var part in method.DeclaringSyntaxReferences)
            foreach (var token in part.GetSyntax(Cancel).DescendantTokens())
                if (token.RawKind == (int)SyntaxKind.IdentifierToken && fields.Contains(token.ValueText))
                    return token.ValueText;
        return null;
    }

    private bool IsOfThisType(ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingType?.OriginalDefinition, owner.ContainingType.OriginalDefinition);
}
