using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Work makes a scope of services of its own, and takes from it the service that it would else share with the request.</summary>
internal static class WorkScope
{
    public static Patch? For(Finding finding)
    {
        if (finding.Symbol(finding.Node) is not IFieldSymbol { IsStatic: false } field || WorkCode.Around(finding, finding.Node) is not { } work
            || Function.Member(work.Code) is not MethodDeclarationSyntax method || FieldUses.Of(finding, field) is not { } uses
            || !IsInjected(finding, field, uses) || InSource.Makes(finding, field.ContainingType)
            || InSource.Derives(finding, field.ContainingType) || !MayBeMadeAgain(finding, field.Type))
            return null;
        var here = uses.Every.Where(use => method.Span.Contains(use.Span)).ToList();
        return here.All(static use => use is IdentifierNameSyntax { Parent: not MemberBindingExpressionSyntax }
            or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax })
            && work.EndsAll(here) && new RequestParts(finding, field, work, method).AreApart && ScopeFactory.Of(finding, work, method) is { } factory
            ? Write(finding, work, method, field, here, factory) : null;
    }

    /// <summary>The container gave it to the only constructor, as what it is declared as.</summary>
    private static bool IsInjected(Finding finding, IFieldSymbol field, FieldUses uses)
    {
        var written = uses.Every.Where(FieldUses.IsWritten)
            .Select(static use => ((use.Parent as AssignmentExpressionSyntax)?.Right, Function.Around(use) is ConstructorDeclarationSyntax)).ToList();
        if (field.DeclaringSyntaxReferences is [var declared] && declared.GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Initializer.Value: var start })
            written.Add((start, true));
        return written is [({ } value, true)]
            && finding.Symbol(value is BinaryExpressionSyntax { Right: ThrowExpressionSyntax, Left: var given } ? given : value) is IParameterSymbol parameter
            && parameter.GetAttributes().IsEmpty && SymbolEqualityComparer.Default.Equals(parameter.Type, field.Type)
            && field.ContainingType.InstanceConstructors is [var only] && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, only);
    }

    /// <summary>Nothing of the project is put into it that somebody may have filled for the request, as a tenant.</summary>
    private static bool MayBeMadeAgain(Finding finding, ITypeSymbol service) => service is INamedTypeSymbol { InstanceConstructors: var all }
        && all.SelectMany(static constructor => constructor.Parameters).All(given => given.Type.Name != "IHttpContextAccessor"
            && (given.Type.DeclaringSyntaxReferences.IsEmpty || finding.Facts.About(given.Type, Effect.ThreadSafe) is not null));

    private static bool IsOnlyDisposedOfLater(ITypeSymbol service) =>
        service.AllInterfaces.Any(static contract => contract.Name == "IAsyncDisposable")
        && !service.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_IDisposable);

    private static Patch? Write(Finding finding, WorkCode work, MethodDeclarationSyntax method, IFieldSymbol field,
        IReadOnlyList<ExpressionSyntax> uses, ScopeFactory factory)
    {
        var (scope, plain) = (FreeName.In(method, "scope"), LocalName.Plain(field.Name));
        var service = FreeName.In(method, plain == scope || plain == factory.Name ? plain + "Service" : plain);
        var isAwaited = work.Awaits && finding.Speaks(LanguageVersion.CSharp8) && factory.Has("CreateAsyncScope");
        if (!isAwaited && IsOnlyDisposedOfLater(field.Type))
            return null;
        var patch = finding.Patch(method, alone: true);
        foreach (var use in uses)
            patch.Replace(use.Span, service);
        factory.Declare(patch);
        var type = field.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToMinimalDisplayString(finding.Model, work.Code.SpanStart, StatementRun.TypeName);
        var made = $"var {scope} = {factory.Name}.{(isAwaited ? "CreateAsyncScope" : "CreateScope")}()";
        return factory.HasRequired
            ? work.Inside(patch, $"{(isAwaited ? "await " : "")}using ({made})", $"var {service} = {scope}.ServiceProvider.GetRequiredService<{type}>();")
            : null;
    }
}
