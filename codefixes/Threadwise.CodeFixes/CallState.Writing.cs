namespace Threadwise.CodeFixes;

internal sealed partial class CallState
{
    public Patch? HandedOn()
    {
        var patch = new Patch(_finding.Root, Type.Span, alone: true).Replace(Lines(_declaration), "");
        var names = _begun.ToDictionary(static method => method, method => Begin(patch, method));
        foreach (var method in _told)
        {
            names[method] = NameIn(method);
            Prepend(patch, method.ParameterList.OpenParenToken, method.ParameterList.Parameters.FirstOrDefault(), $"{_declaration.Declaration.Type} {names[method]}");
            foreach (var use in _uses[method])
                patch.Replace(use.Span, names[method]);
        }

        foreach (var call in _calls)
            Prepend(patch, call.ArgumentList.OpenParenToken, call.ArgumentList.Arguments.FirstOrDefault(), names[MethodOf(call)!]);
        return patch;
    }

    private string NameIn(MethodDeclarationSyntax method) => FreeName.In(method, LocalName.Plain(_field.Name));

    private static void Prepend(Patch patch, SyntaxToken open, SyntaxNode? first, string text)
    {
        if (first is null)
            patch.After(open.Span.End, text);
        else
            patch.Before(first.SpanStart, text + ", ");
    }

    /// <summary>The variable of a method that begins with the field: what it is given, if that is a variable that stays, or one of its own.</summary>
    private string Begin(Patch patch, MethodDeclarationSyntax method)
    {
        var begun = Beginning(_uses[method])!;
        var statement = (StatementSyntax)begun.Parent!;
        var given = Given(method, begun.Right);
        var name = given ?? NameIn(method);
        if (given is not null)
            patch.Replace(Lines(statement), "");
        else
            patch.Replace(begun.Left.Span, $"{(IsExact(begun.Right) ? "var" : _declaration.Declaration.Type.ToString())} {name}");
        foreach (var use in _uses[method].Skip(1))
            patch.Replace(use.Span, name);
        return name;
    }

    private string? Given(MethodDeclarationSyntax method, ExpressionSyntax value) =>
        value is IdentifierNameSyntax { Identifier: var name }
            && value.Parent!.Parent!.DescendantTrivia().Concat(value.Parent.Parent.GetLeadingTrivia()).All(Layout.IsBlank)
        && _finding.Symbol(value) is ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None }
        && SymbolEqualityComparer.Default.Equals(_finding.Model.GetTypeInfo(value, _finding.Cancel).Type, _field.Type)
        && method.DescendantNodes().OfType<IdentifierNameSyntax>().Where(other => other.Identifier.ValueText == name.ValueText)
            .All(static other => !FieldUses.IsWritten(other))
        && _uses[method].Count(FieldUses.IsWritten) == 1
        && _uses[method].Skip(1).Concat(_calls.Where(call => MethodOf(call) == method))
            .All(use => use.SpanStart > value.SpanStart && value.Parent.Parent.Parent!.Span.Contains(use.Span)) ? name.Text : null;

    /// <summary>The value alone tells the field's type.</summary>
    private bool IsExact(ExpressionSyntax value) =>
        value is not (ImplicitObjectCreationExpressionSyntax
            or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression or (int)SyntaxKind.NullLiteralExpression })
        && SymbolEqualityComparer.IncludeNullability.Equals(_finding.Model.GetTypeInfo(value,
            _finding.Cancel).Type?.WithNullableAnnotation(_field.Type.NullableAnnotation), _field.Type);

    /// <summary>The code with its lines, and a blank one after it where one is before it too.</summary>
    private TextSpan Lines(SyntaxNode code)
    {
        var (first, last) = (code.GetFirstToken(), code.GetLastToken());
        if (!_finding.Layout.StartsLine(first) || !last.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
            return TextSpan.FromBounds(code.SpanStart, last.GetNextToken().SpanStart);
        var isAfterBlank = first.GetPreviousToken().IsKind(SyntaxKind.OpenBraceToken) || first.LeadingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var next = last.GetNextToken().LeadingTrivia;
        var blank = isAfterBlank && next.Count > 0 && next[0].IsKind(SyntaxKind.EndOfLineTrivia) ? next[0].Span.End : last.FullSpan.End;
        return TextSpan.FromBounds(_finding.Layout.StartOfLine(first), blank);
    }
}
