using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>A private field whose value has several words refers to an object that holds the value and never changes: a reference is read and written in one step.</summary>
internal static class BoxedField
{
    public static Patch? For(Finding finding)
    {
        if (finding.Symbol(finding.Node) is not IFieldSymbol { Type: { IsValueType: true, IsRefLikeType: false } } field
            || FilledField.Of(finding, field) is not { } declaration || FieldUses.Of(finding, field) is not { } uses
            || FilledField.Name(field.ContainingType, declaration.Parent!, NameOf(field)) is not { } box || !KeepsNullsKnown(finding, field, uses))
            return null;
        var patch = finding.Patch(declaration.Parent!);
        return uses.All(use => Convert(finding, use, box, patch)) ? Declare(finding, Fill(field, box, patch, declaration), declaration, box) : null;
    }

    private static string NameOf(IFieldSymbol field) => LocalName.Plain(field.Name) is var plain ? char.ToUpperInvariant(plain[0]) + plain.Substring(1) + "Box" : "";

    private static bool Convert(Finding finding, ExpressionSyntax use, string box, Patch patch)
    {
        if (use.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: var value } assignment && assignment.Left == use)
        {
            patch.Before(value.SpanStart, $"new {box}(").After(value.Span.End, ")");
            return use.Parent is not MemberBindingExpressionSyntax && value is not (InitializerExpressionSyntax or RefExpressionSyntax)
                && AtomicChange.IsDropped(finding, assignment);
        }

        var name = FieldUses.NameIn(use);
        patch.Replace(name.Span, name.Text + ".Value");
        return ValueRead.Is(finding, use);
    }

    /// <summary>What the compiler knows of a value that was just written there, it does not know of what is in an object: it would warn where the code goes on with it.</summary>
    private static bool KeepsNullsKnown(Finding finding, IFieldSymbol field, FieldUses uses) =>
        !IsNullable(field) && finding.Facts.About(field.Type.OriginalDefinition, Effect.Immutable) is not null
        || uses.Every.Where(FieldUses.IsWritten).All(write => !finding.Model.GetNullableContext(write.SpanStart).WarningsEnabled()
            || !uses.Every.Any(read => read.SpanStart > write.Parent!.Span.End && read.Parent is MemberAccessExpressionSyntax or CastExpressionSyntax
                && Function.Around(read) == Function.Around(write)));

    private static bool IsNullable(IFieldSymbol field) => field.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static Patch Fill(IFieldSymbol field, string box, Patch patch, FieldDeclarationSyntax declaration)
    {
        var variable = declaration.Declaration.Variables[0];
        patch.Replace(declaration.Declaration.Type.Span, box);
        return variable.Initializer is { Value: var value } ? patch.Before(value.SpanStart, $"new {box}(").After(value.Span.End, ")")
            : patch.After(variable.Identifier.Span.End, $" = new {box}({(IsNullable(field) ? "null" : "default")})");
    }

    /// <summary>The type of the object, as the last member.</summary>
    private static Patch Declare(Finding finding, Patch patch, FieldDeclarationSyntax declaration, string box)
    {
        var (layout, type, members) = (finding.Layout, declaration.Declaration.Type.ToString(), ((TypeDeclarationSyntax)declaration.Parent!).Members);
        var (last, head) = (members.Last().GetLastToken(), $"private sealed class {box}");
        var (constructor, property) = ($"public {box}({type} value) => Value = value;", $"public {type} Value {{ get; }}");
        if (!layout.StartsLine(members.Last().GetFirstToken()) || !layout.EndsLine(last))
            return patch.After(last.Span.End, $" {head} {{ {constructor} {property} }}");
        var (line, step) = (layout.NewLine + layout.Indentation(declaration.SpanStart), layout.Step(declaration));
        return patch.After(Layout.EndOfLine(last), $"{layout.NewLine}{line}{head}{layout.OpenBrace(layout.Indentation(declaration.SpanStart))}{line}{step}{constructor}{layout.NewLine}{line}{step}{property}{line}}}");
    }
}
