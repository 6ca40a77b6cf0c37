using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>An expression, and the local that keeps its value after the lock.</summary>
internal sealed record HeldCopy(ExpressionSyntax Of, string Type, string Name);

/// <summary>What a call reads that only the lock keeps unchanged, copied under it; with a copy, the call means the same after the lock.</summary>
/// <remarks>Objects that may be changed under the lock are not handed out: a copy of a reference does not protect what it refers to.</remarks>
internal sealed class HeldCopies(Finding finding, LockStatementSyntax held)
{
    private readonly List<HeldCopy> _all = [];
    private readonly List<(ExpressionSyntax Use, string Name)> _uses = [];
    private DataFlowAnalysis? _flow;

    public IReadOnlyList<HeldCopy> All => _all;

    public IReadOnlyList<(ExpressionSyntax Use, string Name)> Uses => _uses;

    public bool IsEmpty => _all.Count == 0;

    /// <summary>False when the call, with all that it is given, may not be the same after the lock.</summary>
    public bool Cover(ExpressionSyntax value) => value switch
    {
        ParenthesizedExpressionSyntax inner => Cover(inner.Expression),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => CoverReceiver(result.Expression),
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax } call } access =>
            CoverReceiver(access.Expression) && CoverArguments(call.ArgumentList, always: false),
        InvocationExpressionSyntax call when finding.Symbol(call) is IMethodSymbol method =>
            CoverCalled(call.Expression, method) && CoverArguments(call.ArgumentList, always: true),
        _ => false,
    };

    private bool CoverCalled(ExpressionSyntax called, IMethodSymbol method) => called switch
    {
        _ when method.IsStatic => true,
        _ when method.MethodKind == MethodKind.DelegateInvoke
            && called is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } => CoverReceiver(called),
        MemberAccessExpressionSyntax access => CoverReceiver(access.Expression),
        _ => called is SimpleNameSyntax,
    };

    /// <summary>What the call is made on; nobody else need be kept from using it.</summary>
    private bool CoverReceiver(ExpressionSyntax receiver) => receiver switch
    {
        ThisExpressionSyntax or BaseExpressionSyntax => true,
        ParenthesizedExpressionSyntax inner => CoverReceiver(inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => IsFixed(suppressed.Operand) || Copy(suppressed),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" or "ConfigureAwait" } view } call
            when call.ArgumentList.Arguments.All(argument => finding.Model.GetConstantValue(argument.Expression, finding.Cancel).HasValue) =>
                CoverReceiver(view.Expression),
        _ => IsFixed(receiver) || Copy(receiver),
    };

    private bool CoverArguments(ArgumentListSyntax list, bool always) =>
        list.Arguments.All(argument => argument.RefKindKeyword.RawKind == 0 && CoverArgument(argument.Expression, always));

    /// <param name="always">It is evaluated whenever the statement is.</param>
    private bool CoverArgument(ExpressionSyntax value, bool always) => value switch
    {
        _ when finding.Model.GetConstantValue(value, finding.Cancel).HasValue => true,
        ThisExpressionSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax or LiteralExpressionSyntax => true,
        ParenthesizedExpressionSyntax inner => CoverArgument(inner.Expression, always),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed =>
            IsKept(suppressed.Operand) || (always || IsStored(suppressed.Operand)) && IsPlain(suppressed) && Copy(suppressed),
        BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: var list } => list is null
            || list.Arguments.All(argument => argument.RefKindKeyword.RawKind == 0 && argument.Expression is not ThisExpressionSyntax
                && CoverArgument(argument.Expression, always)),
        BinaryExpressionSyntax binary when IsArithmetic(binary) && IsPlain(binary.Left) && IsPlain(binary.Right) =>
            CoverArgument(binary.Left, always) && CoverArgument(binary.Right, always),
        InterpolatedStringExpressionSyntax text =>
            text.Contents.OfType<InterpolationSyntax>().All(hole => IsPlain(hole.Expression) && CoverArgument(hole.Expression, always)),
        InvocationExpressionSyntax call
            when finding.Symbol(call) is IMethodSymbol { IsStatic: true, ContainingType: { Name: "TimeSpan", ContainingNamespace.Name: "System" } } =>
            CoverArguments(call.ArgumentList, always),
        IdentifierNameSyntax or MemberAccessExpressionSyntax when IsKept(value) => true,
        IdentifierNameSyntax or MemberAccessExpressionSyntax when IsStored(value) => IsPlain(value) && Copy(value),
        _ => always && IsPlain(value) && Copy(value),
    };

    private bool IsArithmetic(BinaryExpressionSyntax operation) =>
        finding.Symbol(operation) is IMethodSymbol { MethodKind: MethodKind.BuiltinOperator } && !operation.IsKind(SyntaxKind.LogicalAndExpression)
            && !operation.IsKind(SyntaxKind.LogicalOrExpression);

    /// <summary>Is the same after the lock, and may be used there by anybody.</summary>
    private bool IsKept(ExpressionSyntax value) => IsFixed(value)
        && (IsPlain(value) || finding.Symbol(value) is ILocalSymbol or IParameterSymbol && !IsContainer(value)
            && !Flow.WrittenInside.Contains(finding.Symbol(value)!, SymbolEqualityComparer.Default));

    private bool IsContainer(ExpressionSyntax value) => finding.Model.GetTypeInfo(value, finding.Cancel).Type is not { } type
        || type is IArrayTypeSymbol || finding.Facts.About(type).Any(fact => fact.Effect is Effect.Container or Effect.Unsafe);

    /// <summary>Nothing can change it after the lock.</summary>
    private bool IsFixed(ExpressionSyntax value) => finding.Symbol(value) switch
    {
        ILocalSymbol { IsConst: true } => true,
        ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None,
            ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } or IPropertySymbol } =>
            value is IdentifierNameSyntax && !Flow.Captured.Contains(finding.Symbol(value)!, SymbolEqualityComparer.Default),
        IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true } => IsOwn(value),
        _ => false,
    };

    /// <summary>A field, or a property that is one, of this object or of a type.</summary>
    private bool IsStored(ExpressionSyntax value) => IsOwn(value) && finding.Symbol(value) switch
    {
        IFieldSymbol or IEventSymbol => true,
        IPropertySymbol property =>
            property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)),
        _ => false,
    };

    private bool IsOwn(ExpressionSyntax value) => value is IdentifierNameSyntax
        || value is MemberAccessExpressionSyntax access && (access.Expression is ThisExpressionSyntax || finding.Symbol(access.Expression) is INamedTypeSymbol);

    /// <summary>A value that does not change, an object that does not, or one that is made for many threads or for handing out.</summary>
    private bool IsPlain(ExpressionSyntax value) => finding.Model.GetTypeInfo(value, finding.Cancel).Type is { } type && IsPlain(type);

    private bool IsPlain(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
        || type is INamedTypeSymbol { Name: not ("ReadOnlyMemory" or "ReadOnlySequence") } named && named.TypeArguments.All(IsPlain)
            && (named.IsTupleType || finding.Facts.About(named, Effect.Immutable) is not null || finding.Facts.About(named, Effect.ThreadSafe) is not null)
        || IsArguments(type);

    private static bool IsArguments(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            if (current is { Name: "EventArgs", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
                return true;
        return false;
    }

    /// <summary>Notes that the value is kept in a local; false if no local can keep it.</summary>
    private bool Copy(ExpressionSyntax value)
    {
        if (finding.Model.GetTypeInfo(value,
            finding.Cancel).Type is not { IsRefLikeType: false, IsAnonymousType: false,
                TypeKind: not (TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer) } type
            || type is { IsValueType: true, IsReadOnly: false } && !IsPlain(type)
            || Function.Nodes(value).Any(IsChange))
            return false;
        var copy = _all.TrueForAll(known => IsOwn(known.Of)) ? _all.Find(known => SyntaxFactory.AreEquivalent(known.Of, value)) : null;
        if (copy is null)
            _all.Add(copy = new HeldCopy(value, type.ToMinimalDisplayString(finding.Model, held.SpanStart, StatementRun.TypeName),
                LocalName.After(held, value, type, _all.Select(known => known.Name))));
        _uses.Add((value, copy.Name));
        return true;
    }

    /// <summary>Changes a variable that the rest of the statement may read.</summary>
    private static bool IsChange(SyntaxNode node) => node is AssignmentExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
        || node.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression
            or SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression;

    private DataFlowAnalysis Flow => _flow ??= finding.Model.AnalyzeDataFlow(held)!;
}
