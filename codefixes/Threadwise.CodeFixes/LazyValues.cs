using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>A private concurrent dictionary that is to keep lazy values in place of its values; offered only if all its uses are seen and mean the same then.</summary>
internal sealed partial class LazyValues
{
    private readonly Finding _finding;
    private readonly IFieldSymbol _field;
    private readonly Patch _patch;
    private readonly string _type;
    private bool _mayFail, _isEmptied;

    private LazyValues(Finding finding, IFieldSymbol field, Patch patch, string type) => (_finding, _field, _patch, _type) = (finding, field, patch, type);

    public static Patch? In(Finding finding, IFieldSymbol field)
    {
        if (field is not { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: [var declared], ContainingType: var owner,
            Type.OriginalDefinition: { Name: "ConcurrentDictionary", ContainingNamespace.Name: "Concurrent" } }
            || declared.GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null } creation,
                Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration }
            || owner.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "SerializableAttribute" or "DataContractAttribute")
            || Value(declaration.Type) is not { } value || declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type
            || FieldUses.Of(finding, field) is not { } uses)
            return null;
        var name = finding.Named("System.Lazy`1", value.SpanStart);
        var patch = new Patch(finding.Root, type.Span, alone: true).Before(value.SpanStart, name + "<").After(value.Span.End, ">");
        if (creation is ObjectCreationExpressionSyntax { Type: var created })
            if (Value(created) is { } again)
                patch.Before(again.SpanStart, name + "<").After(again.Span.End, ">");
            else
                return null;
        var values = new LazyValues(finding, field, patch, $"{name}<{value}>");
        return uses.All(values.Convert) && !(values._mayFail && values._isEmptied) ? patch : null;
    }

    private static TypeSyntax? Value(TypeSyntax type) => type switch
    {
        GenericNameSyntax { TypeArgumentList.Arguments: [_, var value] } => value,
        QualifiedNameSyntax { Right: var right } => Value(right),
        AliasQualifiedNameSyntax { Name: var name } => Value(name),
        _ => null,
    };

    /// <summary>Nothing is put in but by functions, and what is looked at is complete.</summary>
    private bool Convert(ExpressionSyntax use) => use.Parent switch
    {
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetOrAdd", Parent: InvocationExpressionSyntax call } access when access.Expression == use =>
            Supply(use, call),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Values" } access when access.Expression == use => List(access),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Clear" or "TryRemove",
            Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call } access when access.Expression == use =>
            Empty(call),
        _ => false,
    };

    private bool Empty(InvocationExpressionSyntax call) =>
        _isEmptied = call.ArgumentList.Arguments is []
            or [_, { Expression: IdentifierNameSyntax { Identifier.ValueText: "_" } or DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax } }];

    /// <summary>Those that are made by now, as before.</summary>
    private bool List(MemberAccessExpressionSyntax values)
    {
        if (values.Parent is not (CommonForEachStatementSyntax or MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax })
            || values.Parent is MemberAccessExpressionSyntax && _finding.Symbol(values.Parent.Parent!) is not IMethodSymbol { ContainingType.Name: "Enumerable" })
            return false;
        var one = FreeName.In(Function.Member(values), "lazy");
        _patch.After(values.Span.End, $".Where({one} => {one}.IsValueCreated).Select({one} => {one}.Value)");
        return true;
    }

    private bool Supply(ExpressionSyntax use, InvocationExpressionSyntax call)
    {
        if (!IsOwn(use) || call.ArgumentList.Arguments is not [{ NameColon: null }, { NameColon: null, Expression: var supplier }, ..] arguments
            || arguments.Any(static argument => argument.NameColon is not null)
            || _finding.Symbol(call) is not IMethodSymbol { OriginalDefinition.Parameters: [_, { Type.TypeKind: TypeKind.Delegate }, ..] }
            || !new OpenCode(_finding, MayCall, field => !SymbolEqualityComparer.Default.Equals(field, _field.OriginalDefinition)).Is(supplier))
            return false;
        var isSafe = IsTask(supplier);
        _mayFail |= !isSafe;
        if (!(supplier is LambdaExpressionSyntax lambda ? isSafe ? Later(lambda) : Retried(use, lambda) : Named(use, call, supplier, isSafe)))
            return false;
        if (call.Parent is ExpressionStatementSyntax)
            _patch.Before(call.SpanStart, "_ = ");
        _patch.After(call.Span.End, ".Value");
        return true;
    }

    /// <summary>The name means the same dictionary when a function says it later.</summary>
    private bool IsOwn(ExpressionSyntax use) => _field.IsStatic || use is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax };

    /// <summary>Of what is not written here, all but what runs code it was not given here.</summary>
    private static bool MayCall(ISymbol member) => !member.IsAbstract || member.ContainingType is { TypeKind: TypeKind.Interface, ContainingNamespace.Name: "Generic" };

    /// <summary>It fails, if at all, in the task that it returns, which is then kept as before.</summary>
    private bool IsTask(ExpressionSyntax supplier) => supplier switch
    {
        LambdaExpressionSyntax { AsyncKeyword.RawKind: not 0 } => true,
        LambdaExpressionSyntax { ExpressionBody: InvocationExpressionSyntax call } => call.ArgumentList.Arguments.All(static argument => argument.Expression is IdentifierNameSyntax or LiteralExpressionSyntax or ThisExpressionSyntax or LambdaExpressionSyntax) && IsTask(call.Expression),
        IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax
            or IdentifierNameSyntax } => _finding.Symbol(supplier) is IMethodSymbol method
                && (method.IsAsync && !method.ReturnsVoid || method is { Name: "Run", ContainingType: { Name: "Task", ContainingNamespace.Name: "Tasks" } }),
        _ => false,
    };
}
