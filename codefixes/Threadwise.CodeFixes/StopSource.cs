namespace Threadwise.CodeFixes;

/// <summary>A flag that is set once, and tells code on another thread to stop, becomes the source of a cancellation.</summary>
internal sealed class StopSource
{
    private readonly Finding _finding;
    private readonly Patch _patch;
    private readonly string _name;
    private readonly bool _isUpsideDown;

    private StopSource(Finding finding, Patch patch, string name, bool isUpsideDown) => (_finding, _patch, _name, _isUpsideDown) = (finding, patch, name, isUpsideDown);

    public static Patch? For(Finding finding) => finding.Symbol(finding.Node) switch
    {
        IFieldSymbol { Type.SpecialType: SpecialType.System_Boolean } field => OfField(finding, field),
        ILocalSymbol { Type.SpecialType: SpecialType.System_Boolean } local => OfLocal(finding, local),
        _ => null,
    };

    private static Patch? OfField(Finding finding, IFieldSymbol field)
    {
        if (FilledField.Of(finding, field) is not { Declaration: { Variables: [var variable] } declaration } member || FieldUses.Of(finding, field) is not { } uses
            || IsUpsideDown(variable) is not { } isUpsideDown
            || !field.IsStatic && FilledField.MayBeCopied(finding, field.ContainingType))
            return null;
        var name = isUpsideDown ? NewName(finding, field, member.Parent!) : variable.Identifier.Text;
        return name is null ? null : new StopSource(finding, finding.Patch(member.Parent!), name, isUpsideDown).Write(declaration, uses.Every);
    }

    private static Patch? OfLocal(Finding finding, ILocalSymbol local)
    {
        if (local.DeclaringSyntaxReferences is not [var declared]
            || declared.GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Initializer: not null } variable || IsUpsideDown(variable) is not { } isUpsideDown
            || variable.Parent is not VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } } declaration)
            return null;
        var scope = Function.Member(declaration);
        if (scope.DescendantTrivia().Any(static trivia => trivia.IsKind(SyntaxKind.IfDirectiveTrivia)))
            return null;
        var uses = scope.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(finding.Symbol(name), local));
        return new StopSource(finding, finding.Patch(scope), isUpsideDown ? FreeName.In(scope, "stop") : variable.Identifier.Text, isUpsideDown).Write(declaration, uses);
    }

    /// <summary>It says "go on" until it is set to false; null where what it says at first is not written there.</summary>
    private static bool? IsUpsideDown(VariableDeclaratorSyntax variable) => variable.Initializer?.Value.Kind() switch
    {
        null or SyntaxKind.FalseLiteralExpression => false,
        SyntaxKind.TrueLiteralExpression => true,
        _ => null,
    };

    /// <summary>In the style of the old name; null where documentation names that.</summary>
    private static string? NewName(Finding finding, IFieldSymbol field, SyntaxNode type)
    {
        var prefix = field.Name.Substring(0, Math.Max(field.Name.Length > 2 && field.Name[1] == '_' ? 2 : 0, field.Name.Length - field.Name.TrimStart('_').Length));
        var isUpper = prefix.Length < field.Name.Length && char.IsUpper(field.Name[prefix.Length]);
        return finding.Root.DescendantTrivia().Any(trivia => trivia.HasStructure && trivia.ToFullString().Contains(field.Name))
            ? null
            : FilledField.Name(field.ContainingType, type, prefix + (isUpper ? "Stop" : "stop"));
    }

    private Patch? Write(VariableDeclarationSyntax declaration, IEnumerable<ExpressionSyntax> uses)
    {
        if (_finding.Model.Compilation.GetTypeByMetadataName("System.Threading.CancellationTokenSource") is not { } source || !uses.All(Convert))
            return null;
        var (variable, type, isField) = (declaration.Variables[0], source.ToMinimalDisplayString(_finding.Model,
            declaration.SpanStart), declaration.Parent is FieldDeclarationSyntax);
        var made = _finding.Speaks(LanguageVersion.CSharp9) && !declaration.Type.IsVar ? "new()" : $"new {type}()";
        if (!declaration.Type.IsVar)
            _patch.Replace(declaration.Type.Span, isField ? "readonly " + type : type);
        if (_isUpsideDown)
            _patch.Replace(variable.Identifier.Span, _name);
        return variable.Initializer is { Value: var value } ? _patch.Replace(value.Span, made) : _patch.After(variable.Identifier.Span.End, " = " + made);
    }

    private bool Convert(ExpressionSyntax use)
    {
        var name = FieldUses.NameIn(use);
        if (use.Parent is AssignmentExpressionSyntax assignment && assignment.Left == use)
        {
            _patch.Replace(TextSpan.FromBounds(name.SpanStart, assignment.Span.End), _name + ".Cancel()");
            return IsSet(assignment);
        }

        if (!ValueRead.Is(_finding, use) || _isUpsideDown && use.Parent is MemberAccessExpressionSyntax)
            return false;
        if (_isUpsideDown && use.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not)
            _patch.Replace(not.OperatorToken.Span, "");
        else if (_isUpsideDown)
            _patch.Before(use.SpanStart, "!");
        _patch.Replace(name.Span, _name + ".IsCancellationRequested");
        return true;
    }

    /// <summary>Set for good, where nobody asks what it is then; a cancellation under a lock would look as if others ran inside it.</summary>
    private bool IsSet(AssignmentExpressionSyntax assignment) => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)
        && assignment.Right.IsKind(_isUpsideDown ? SyntaxKind.FalseLiteralExpression : SyntaxKind.TrueLiteralExpression)
        && AtomicChange.IsDropped(_finding, assignment) && !assignment.Ancestors().Any(static node => node is LockStatementSyntax);
}
