using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A <c>Lock</c> is taken by its own members everywhere; in place of another synchronizer a private object is locked.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockOnSynchronizerFix))]
public sealed class LockOnSynchronizerFix() : Fix("TW2021", "Take the lock that is meant")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax expression)
            return null;
        var locked = LockOperand.Of(finding.Model, expression, finding.Cancel);
        return locked.Type is { Name: "Lock", ContainingNamespace.Name: "Threading" } ? Own(finding, locked) : GateField.InsteadOf(finding, expression);
    }

    private static Patch? Own(Finding finding, LockOperand locked)
    {
        if (!finding.Speaks(LockBlock.KnowsLockType) || locked.Key?.Of is not IFieldSymbol { DeclaringSyntaxReferences: [var reference] } field
            || reference.SyntaxTree != finding.Root.SyntaxTree
            || reference.GetSyntax(finding.Cancel).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || GateField.Same(finding, locked, declaration) is not { } all)
            return null;
        var patch = new Patch(finding.Root, declaration.Span, alone: true);
        return all.All(operand => Convert(patch, operand)) ? patch : null;
    }

    /// <summary>False for a use that has no counterpart on the type.</summary>
    private static bool Convert(Patch patch, LockOperand operand)
    {
        var whole = GateField.Whole(operand.Expression);
        switch (whole.Parent)
        {
            case LockStatementSyntax:
                if (whole != operand.Expression)
                    patch.Replace(whole.Span, operand.Expression.ToString());
                return true;
            case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: var arguments,
                Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } call } }
                when Member(name, arguments) is { } member:
                patch.Replace(call.Span, operand.Expression + "." + member);
                return true;
            default:
                return false;
        }
    }

    private static string? Member(string name, SeparatedSyntaxList<ArgumentSyntax> arguments) => (name, arguments.Count) switch
    {
        ("Enter" or "Exit" or "TryEnter", 1) => name + "()",
        ("TryEnter", 2) when arguments[1].RefKindKeyword.RawKind == 0 => $"TryEnter({arguments[1]})",
        ("IsEntered", 1) => "IsHeldByCurrentThread",
        _ => null,
    };
}
