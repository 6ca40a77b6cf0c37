using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A private lock field that only <c>lock</c> statements and <c>Monitor</c> use becomes a <c>SemaphoreSlim(1, 1)</c>, and so do its uses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitUnderThreadAffineLockFix))]
public sealed class AwaitUnderThreadAffineLockFix() : Fix("TW2008", "Make the lock a SemaphoreSlim")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding["convert"] != "true" || Field(finding) is not { } field || Declaration(finding, field) is not { } variable)
            return null;
        var type = variable.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        var patch = new Patch(finding.Root, type.Span, alone: true);
        Declare(finding, patch, variable);
        var uses = type.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == field.Name && SymbolEqualityComparer.Default.Equals(finding.Symbol(name)?.OriginalDefinition, field))
            .Select(name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (ExpressionSyntax)name);
        return uses.All(use => Convert(finding, patch, use)) && !IsNamedInDisabledCode(type, field.Name) ? patch : null;
    }

    /// <summary>Another build would still use it as what it was.</summary>
    private static bool IsNamedInDisabledCode(SyntaxNode type, string name) =>
        type.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(name));

    /// <summary>The field the rule names: of this object, or a static one of a type around the code.</summary>
    private static IFieldSymbol? Field(Finding finding)
    {
        var path = finding["lock"]?.Split('.') ?? [];
        for (var type = finding.Model.GetEnclosingSymbol(finding.Node.SpanStart, finding.Cancel)?.ContainingType; type is not null; type = type.ContainingType)
            if ((path.Length == 1 || (path.Length == 2 && (path[0] == "this" || path[0] == type.Name))) && type.GetMembers(path[path.Length - 1]).OfType<IFieldSymbol>().FirstOrDefault() is { } field)
                return field.OriginalDefinition;
        return null;
    }

    /// <summary>The field's only declaration, if it is private, starts with a new object, and its type is written in one place.</summary>
    private static VariableDeclaratorSyntax? Declaration(Finding finding, IFieldSymbol field) =>
        field.DeclaredAccessibility == Accessibility.Private
        && field.ContainingType.DeclaringSyntaxReferences.Length == 1
        && field.DeclaringSyntaxReferences is [var reference]
        && reference.SyntaxTree == finding.Root.SyntaxTree
        && field.Type is { SpecialType: SpecialType.System_Object } or { Name: "Lock", ContainingNamespace.Name: "Threading" }
            ? reference.GetSyntax(finding.Cancel) as VariableDeclaratorSyntax is
                { Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } }, Parent: VariableDeclarationSyntax { Variables.Count: 1 } } variable ? variable : null
            : null;

    private static void Declare(Finding finding, Patch patch, VariableDeclaratorSyntax variable)
    {
        var semaphore = finding.Model.Compilation.GetTypeByMetadataName("System.Threading.SemaphoreSlim")!.ToMinimalDisplayString(finding.Model, variable.SpanStart);
        patch.Replace(((VariableDeclarationSyntax)variable.Parent!).Type.Span, semaphore)
            .Replace(variable.Initializer!.Value.Span, (finding.Speaks(LanguageVersion.CSharp9) ? "new" : "new " + semaphore) + "(1, 1)");
    }

    /// <summary>False for a use that has no counterpart on a semaphore.</summary>
    private static bool Convert(Finding finding, Patch patch, ExpressionSyntax use)
    {
        switch (use.Parent)
        {
            case LockStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax, Statement: BlockSyntax } held:
                Try(finding, patch, held, use);
                return true;
            case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call } }:
                return Call(finding, patch, call, use);
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Parent: ExpressionStatementSyntax } call }:
                return Call(finding, patch, call, use);
            default:
                return false;
        }
    }

    private static bool Call(Finding finding, Patch patch, InvocationExpressionSyntax call, ExpressionSyntax use)
    {
        if (finding.Symbol(call) is not IMethodSymbol { Name: "Enter" or "Exit", ContainingType.Name: "Monitor" or "Lock" } method)
            return false;
        patch.Replace(call.Span, method.Name == "Exit" ? use + ".Release()" : Take(finding, call, use));
        return true;
    }

    private static void Try(Finding finding, Patch patch, LockStatementSyntax held, ExpressionSyntax use)
    {
        var (layout, block) = (finding.Layout, (BlockSyntax)held.Statement);
        var head = TextSpan.FromBounds(held.SpanStart, held.CloseParenToken.Span.End);
        if (!layout.StartsLine(held.LockKeyword) || !layout.StartsLine(block.CloseBraceToken))
        {
            patch.Replace(head, Take(finding, held, use) + "; try").After(held.Span.End, $" finally {{ {use}.Release(); }}");
            return;
        }

        var indentation = layout.Indentation(held.SpanStart);
        var line = layout.NewLine + indentation;
        patch.Replace(head, $"{Take(finding, held, use)};{line}try")
            .After(held.Span.End, $"{layout.Continue(indentation, "finally")}{line}{layout.Step(held)}{use}.Release();{line}}}");
    }

    private static string Take(Finding finding, SyntaxNode place, ExpressionSyntax use)
    {
        var isAsync = finding.Model.GetEnclosingSymbol(place.SpanStart, finding.Cancel) is IMethodSymbol { IsAsync: true };
        return isAsync && use.Ancestors().OfType<LockStatementSyntax>().All(held => held == place)
            ? $"await {use}.WaitAsync(){finding.Configured(use, finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task"))}"
            : use + ".Wait()";
    }
}
