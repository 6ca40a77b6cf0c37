using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>A private concurrent dictionary that is to keep lazy values in place of its values; offered only if all its uses are seen and mean the same then.</summary>
internal sealed class LazyValues
{
    private readonly Finding _finding;
    private readonly IFieldSymbol _field;
    private readonly Patch _patch;
    private readonly string _type;
    private bool _mayFail, _isEmptied;

    private LazyValues(Finding finding, IFieldSymbol field, Patch patch, string type) => (_finding, _field, _patch, _type) = (finding, field, patch, type);

    public static Patch? In(Finding finding, IFieldSymbol field)
    {
        if (field is not { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: [var declared], ContainingType: var owner, Type.OriginalDefinition: { Name: "ConcurrentDictionary", ContainingNamespace.Name: "Concurrent" } }
            || declared.GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null } creation, Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration }
            || owner.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "SerializableAttribute" or "DataContractAttribute")
            || Value(declaration.Type) is not { } value || declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || FieldUses.Of(finding, field) is not { } uses)
            return null;
        var name = finding.Model.LookupNamespacesAndTypes(value.SpanStart, name: "Lazy").IsEmpty ? "System.Lazy" : "Lazy";
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
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetOrAdd", Parent: InvocationExpressionSyntax call } access when access.Expression == use => Supply(use, call),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Values" } access when access.Expression == use => List(access),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Clear" or "TryRemove", Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call } access when access.Expression == use => Empty(call),
        _ => false,
    };

    private bool Empty(InvocationExpressionSyntax call) => _isEmptied = call.ArgumentList.Arguments is [] or [_, { Expression: IdentifierNameSyntax { Identifier.ValueText: "_" } or DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax } }];

    /// <summary>Those that are made by now, as before.</summary>
    private bool List(MemberAccessExpressionSyntax values)
    {
        if (values.Parent is not (CommonForEachStatementSyntax or MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax }) || values.Parent is MemberAccessExpressionSyntax && _finding.Symbol(values.Parent.Parent!) is not IMethodSymbol { ContainingType.Name: "Enumerable" })
            return false;
        var one = FreeName.In(Function.Member(values), "lazy");
        _patch.After(values.Span.End, $".Where({one} => {one}.IsValueCreated).Select({one} => {one}.Value)");
        return true;
    }

    private bool Supply(ExpressionSyntax use, InvocationExpressionSyntax call)
    {
        if (!IsOwn(use) || call.ArgumentList.Arguments is not [{ NameColon: null }, { NameColon: null, Expression: var supplier }, ..] arguments || arguments.Any(static argument => argument.NameColon is not null)
            || _finding.Symbol(call) is not IMethodSymbol { OriginalDefinition.Parameters: [_, { Type.TypeKind: TypeKind.Delegate }, ..] } || !new OpenCode(_finding, MayCall, _field).Is(supplier))
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
        IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax } => _finding.Symbol(supplier) is IMethodSymbol method && (method.IsAsync && !method.ReturnsVoid || method is { Name: "Run", ContainingType: { Name: "Task", ContainingNamespace.Name: "Tasks" } }),
        _ => false,
    };

    /// <summary><c>k => f</c> becomes <c>k => new Lazy&lt;V>(() => f)</c>.</summary>
    private bool Later(LambdaExpressionSyntax lambda)
    {
        var isAsync = lambda.AsyncKeyword.RawKind != 0;
        if (isAsync)
            _patch.Replace(TextSpan.FromBounds(lambda.AsyncKeyword.SpanStart, lambda.AsyncKeyword.GetNextToken().SpanStart), "");
        _patch.After(lambda.ArrowToken.Span.End, $" new {_type}({(isAsync ? "async " : "")}() =>").After(lambda.Body.Span.End, ")");
        return true;
    }

    /// <summary>The same; what fails is taken out again, so that who asks next tries again.</summary>
    private bool Retried(ExpressionSyntax use, LambdaExpressionSyntax lambda)
    {
        if (Key(lambda) is not { } key)
            return false;
        var (layout, indentation) = (_finding.Layout, _finding.Layout.Indentation(lambda.SpanStart));
        var inner = indentation + layout.Step(lambda);
        var (head, tail) = Attempt(use, key, indentation);
        if (lambda.ExpressionBody is not { } value)
        {
            _patch.After(lambda.ArrowToken.Span.End, head).After(lambda.Body.Span.End, tail)
                .Indent(TextSpan.FromBounds(lambda.ArrowToken.Span.End, lambda.Body.Span.End), layout.Step(lambda));
            return true;
        }

        _patch.Replace(TextSpan.FromBounds(lambda.ArrowToken.Span.End, value.SpanStart), $"{head}{layout.OpenBrace(inner)}{layout.NewLine}{inner}{layout.Step(lambda)}return ")
            .After(value.Span.End, $";{layout.NewLine}{inner}}}{tail}")
            .Indent(value.Span, layout.Step(lambda) + layout.Step(lambda));
        return true;
    }

    /// <summary>What stands before the block that may fail, and after it.</summary>
    private (string Head, string Tail) Attempt(ExpressionSyntax use, string key, string indentation)
    {
        var layout = _finding.Layout;
        var step = layout.Step(use);
        var (inner, line) = (indentation + step, layout.NewLine + indentation + step);
        return ($" new {_type}(() =>{layout.OpenBrace(indentation)}{line}try",
            $"{layout.Continue(inner, "catch")}{line}{step}{use}.TryRemove({key}, out _);{line}{step}throw;{line}}}{layout.NewLine}{indentation}}})");
    }

    /// <summary>The name by which the function knows the key, and keeps it.</summary>
    private string? Key(LambdaExpressionSyntax lambda)
    {
        var parameter = lambda is SimpleLambdaExpressionSyntax simple ? simple.Parameter : ((ParenthesizedLambdaExpressionSyntax)lambda).ParameterList.Parameters[0];
        var uses = lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == parameter.Identifier.ValueText).ToList();
        if (parameter.Identifier.ValueText != "_")
            return uses.Exists(FieldUses.IsWritten) ? null : parameter.Identifier.Text;
        var key = FreeName.In(Function.Member(lambda), "key");
        _patch.Replace(parameter.Identifier.Span, key);
        return uses.Count == 0 ? key : null;
    }

    /// <summary><c>F</c> becomes <c>k => new Lazy&lt;V>(() => F(k))</c>.</summary>
    private bool Named(ExpressionSyntax use, InvocationExpressionSyntax call, ExpressionSyntax method, bool isSafe)
    {
        if (_finding.Symbol(method) is not IMethodSymbol || method is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax }))
            return false;
        var (key, more) = (FreeName.In(Function.Member(call), "key"), FreeName.In(Function.Member(call), "argument"));
        var (given, passed) = call.ArgumentList.Arguments.Count > 2 ? ($"({key}, {more})", $"({key}, {more})") : (key, $"({key})");
        if (isSafe)
        {
            _patch.Before(method.SpanStart, $"{given} => new {_type}(() => ").After(method.Span.End, passed + ")");
            return true;
        }

        var (layout, indentation) = (_finding.Layout, _finding.Layout.Indentation(method.SpanStart));
        var inner = indentation + layout.Step(method);
        var (head, tail) = Attempt(use, key, indentation);
        _patch.Before(method.SpanStart, $"{given} =>{head}{layout.OpenBrace(inner)}{layout.NewLine}{inner}{layout.Step(method)}return ")
            .After(method.Span.End, $"{passed};{layout.NewLine}{inner}}}{tail}");
        return true;
    }
}
