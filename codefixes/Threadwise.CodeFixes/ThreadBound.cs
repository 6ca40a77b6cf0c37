namespace Threadwise.CodeFixes;

/// <summary>Code that must go on with the thread it began on, or changes for its caller what belongs to that thread: it does not do the same once it awaits.</summary>
internal static class ThreadBound
{
    private static readonly ImmutableHashSet<string> s_names = ImmutableHashSet.Create(
        "CurrentThread", "CurrentPrincipal", "CurrentManagedThreadId", "TransactionScope", "SetSynchronizationContext", "BeginThreadAffinity", "BeginCriticalRegion",
        "GetCurrentMethod", "StackTrace", "StackFrame");

    private static readonly ImmutableHashSet<string> s_changed = ImmutableHashSet.Create("CurrentCulture", "CurrentUICulture", "Current");

    public static bool Is(Finding finding, SyntaxNode function) =>
        Function.Nodes(function).OfType<SimpleNameSyntax>()
            .Any(name => s_names.Contains(name.Identifier.ValueText) || IsChanged(name) || IsOfThread(finding.Symbol(name)));

    private static bool IsChanged(SimpleNameSyntax name) =>
        s_changed.Contains(name.Identifier.ValueText)
            && name.Parent is MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } access && assignment.Left == access;

    private static bool IsOfThread(ISymbol? symbol) => symbol switch
    {
        IFieldSymbol { IsStatic: true } field => field.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute"),
        IPropertySymbol { Name: "Value", ContainingType: { Name: "ThreadLocal" or "AsyncLocal", ContainingNamespace.Name: "Threading" } } => true,
        _ => false,
    };
}
