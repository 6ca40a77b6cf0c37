using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.CodeFixes;

/// <summary>A static method that makes an object, and does with the complete one what its constructor did too early; all who made such objects call it.</summary>
internal sealed class FactoryMethod
{
    public const string Name = "Create";

    private readonly Finding _finding;
    private readonly INamedTypeSymbol _type;
    private readonly ConstructorDeclarationSyntax _constructor;
    private readonly ExpressionStatementSyntax _moved;

    private FactoryMethod(Finding finding, INamedTypeSymbol type, ConstructorDeclarationSyntax constructor, ExpressionStatementSyntax moved) =>
        (_finding, _type, _constructor, _moved) = (finding, type, constructor, moved);

    /// <summary>Null where the statement around the finding needs the constructor, or where objects may be made unseen.</summary>
    public static Patch? For(Finding finding) =>
        LaterStatement.Last(finding, finding.Node) is ExpressionStatementSyntax { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax constructor } } moved
        && constructor.Parent is ClassDeclarationSyntax declared && finding.Model.GetDeclaredSymbol(declared, finding.Cancel) is { } type
        && new FactoryMethod(finding, type, constructor, moved) is var factory
        && factory.IsOnlyWay(declared) && factory.MayBeWritten && factory.MayMove && TypeCreations.Of(finding, type) is { } creations ? factory.Write(creations) : null;

    /// <summary>One constructor of a class that is all here, has no derived classes in other hands and nothing by the name of the method.</summary>
    private bool IsOnlyWay(ClassDeclarationSyntax declared) =>
        _type is { IsAbstract: false, IsRecord: false, DeclaringSyntaxReferences.Length: 1, InstanceConstructors.Length: 1 } && declared.AttributeLists.Count == 0
            && !declared.Modifiers.Any(SyntaxKind.PartialKeyword)
        && _type.Name != Name && IsFree() && !Calls(declared)
        && _type.AllInterfaces.All(contract => (IsOurs(contract) || contract.ContainingNamespace.Name is "System") && !contract.MemberNames.Contains(Name))
        && !declared.DescendantTrivia().Any(StatementRun.IsConditional);

    /// <summary>Code in the class means another method by that name, as one of the type around.</summary>
    private static bool Calls(ClassDeclarationSyntax declared) => declared.DescendantNodes().OfType<SimpleNameSyntax>()
        .Any(static name => name.Identifier.ValueText == Name && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name));

    private bool IsOurs(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _type.ContainingAssembly);

    private bool IsFree()
    {
        for (var type = _type; type is not null; type = type.BaseType)
            if (type.MemberNames.Contains(Name) || !IsOurs(type) && type.SpecialType != SpecialType.System_Object)
                return false;
        for (var outer = _type; outer is not null; outer = outer.ContainingType)
            if (outer.IsGenericType)
                return false;
        return true;
    }

    /// <summary>Its head can be written twice.</summary>
    private bool MayBeWritten => _constructor is { AttributeLists.Count: 0, ParameterList: var head, Modifiers: var modifiers }
        && modifiers is [] or [{ RawKind: (int)SyntaxKind.PublicKeyword or (int)SyntaxKind.InternalKeyword or (int)SyntaxKind.PrivateKeyword }]
        && head.Parameters.All(static parameter => parameter is { AttributeLists.Count: 0, Modifiers.Count: 0 }) && head.DescendantTrivia().All(Layout.IsBlank)
        && _finding.Layout.StartsLine(_constructor.GetFirstToken()) && _finding.Layout.EndsLine(_constructor.GetLastToken());

    /// <summary>What it reads is the same when the constructor is done, and nothing else of the constructor lets the object go.</summary>
    private bool MayMove =>
        !Function.Nodes(_constructor).Any(static node => node is ReturnStatementSyntax or GotoStatementSyntax or LabeledStatementSyntax)
        && _finding.Model.AnalyzeDataFlow(_constructor.Body!) is { Succeeded: true } flow
            && !_moved.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => IsOfConstructor(_finding.Symbol(name), flow))
        && Own(_moved).All(own => own is SimpleNameSyntax or ThisExpressionSyntax) && !IsNeeded(_moved.Expression) && !Function.Nodes(_moved).Any(CallsOurs)
        && _constructor.Body!.Statements.Where(other => other != _moved).All(other =>
            Own(other).All(own => IsMember(own)
                && !own.Ancestors().TakeWhile(node => node != other).Any(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)));

    /// <summary>What may look at more than is written in the statement.</summary>
    private bool CallsOurs(SyntaxNode node) => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
        && _finding.Symbol(node) is not IMethodSymbol { ContainingType.DeclaringSyntaxReferences.IsEmpty: true };

    /// <summary>A local, or a parameter that gets another value.</summary>
    private bool IsOfConstructor(ISymbol? used, DataFlowAnalysis flow) => used switch
    {
        ILocalSymbol local => !local.DeclaringSyntaxReferences.All(declared => _moved.Span.Contains(declared.Span)),
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => true,
        IParameterSymbol parameter => flow.WrittenInside.Contains(parameter) && !_moved.Span.Contains(parameter.DeclaringSyntaxReferences[0].Span),
        _ => false,
    };

    /// <summary>Where the code names its own object, or a member of it.</summary>
    private IEnumerable<SyntaxNode> Own(StatementSyntax statement) => _finding.Model.GetOperation(statement, _finding.Cancel)!.DescendantsAndSelf()
        .OfType<IInstanceReferenceOperation>().Where(static own => own.ReferenceKind == InstanceReferenceKind.ContainingTypeInstance).Select(static own => own.Syntax);

    /// <summary>A field or property is read or written, or a method called: the object goes nowhere.</summary>
    private bool IsMember(SyntaxNode own) => own is not (ThisExpressionSyntax { Parent: not MemberAccessExpressionSyntax } or BaseExpressionSyntax)
        && (own is ThisExpressionSyntax ? own.Parent! : own) is var member
        && (_finding.Symbol(member) is not IMethodSymbol || member.Parent is InvocationExpressionSyntax);

    /// <summary>The constructor has to give a member a value that is not null.</summary>
    private bool IsNeeded(ExpressionSyntax moved) => Function.Nodes(moved).OfType<ExpressionSyntax>().Any(target =>
        target is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
        && (FieldUses.IsWritten(target) || target.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax })
        && _finding.Symbol(target) switch
    {
        IFieldSymbol { IsStatic: false } field => field.IsReadOnly || field is { Type.IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated },
        IPropertySymbol { IsStatic: false } property =>
            property.IsReadOnly || property is { Type.IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated },
        _ => false,
    });

    private Patch? Write(IReadOnlyList<BaseObjectCreationExpressionSyntax> creations)
    {
        var patch = new Patch(_finding.Root, _finding.Root.Span, alone: false);
        return creations.Count > 0 && creations.All(made => !_constructor.Span.Contains(made.Span) && Call(patch, made)) ? Declare(patch) : null;
    }

    /// <summary><c>new Feed(x)</c> becomes <c>Feed.Create(x)</c>.</summary>
    private bool Call(Patch patch, BaseObjectCreationExpressionSyntax made)
    {
        var name = made is ObjectCreationExpressionSyntax { Type: var written } ? written.ToString() : _type.ToMinimalDisplayString(_finding.Model, made.SpanStart);
        patch.Replace(TextSpan.FromBounds(made.SpanStart, made.ArgumentList!.SpanStart), $"{name}.{Name}");
        return SymbolEqualityComparer.Default.Equals(_finding.Model.GetSpeculativeSymbolInfo(made.SpanStart, SyntaxFactory.ParseExpression(name),
            SpeculativeBindingOption.BindAsExpression).Symbol, _type);
    }

    private Patch Declare(Patch patch)
    {
        var layout = _finding.Layout;
        var (indentation, inner) = (layout.Indentation(_constructor.SpanStart), layout.Indentation(_moved.SpanStart));
        var (access, made) = (_constructor.Modifiers.Count == 0 ? "private" : _constructor.Modifiers[0].Text, FreeName.In(_constructor, LocalName.Plain(_type.Name)));
        var arguments = string.Join(", ", _constructor.ParameterList.Parameters.Select(static parameter => parameter.Identifier.Text));
        if (_constructor.Modifiers is [{ RawKind: not (int)SyntaxKind.PrivateKeyword } visible])
            patch.Replace(visible.Span, "private");
        var lines = new[] { $"var {made} = new {_constructor.Identifier.Text}({arguments});", On(made), $"return {made};" };
        return patch.Replace(TextSpan.FromBounds(layout.StartOfLine(_moved.GetFirstToken()), _moved.GetLastToken().TrailingTrivia.Span.End), "")
            .After(Layout.EndOfLine(_constructor.GetLastToken()), layout.NewLine + layout.NewLine + indentation
                + $"{access} static {_constructor.Identifier.Text} {Name}{_constructor.ParameterList}" + layout.OpenBrace(indentation)
                + string.Concat(lines.Select(line => layout.NewLine + inner + line)) + layout.NewLine + indentation + "}");
    }

    /// <summary>The statement as it is written for an object that has a name.</summary>
    private string On(string name)
    {
        var text = _moved.ToString();
        foreach (var own in Own(_moved).Distinct().OrderByDescending(static own => own.SpanStart))
        {
            var start = own.SpanStart - _moved.SpanStart;
            text = own is ThisExpressionSyntax ? text.Remove(start, own.Span.Length).Insert(start, name) : text.Insert(start, name + ".");
        }

        return text;
    }
}
