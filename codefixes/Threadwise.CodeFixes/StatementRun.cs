namespace Threadwise.CodeFixes;

/// <summary>Statements in a row that a fix puts inside another one, and the locals that must then be declared before it.</summary>
internal sealed class StatementRun(Finding finding, IReadOnlyList<StatementSyntax> statements)
{
    /// <summary>A type as a declaration names it.</summary>
    public static readonly SymbolDisplayFormat TypeName =
        SymbolDisplayFormat.MinimallyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public SyntaxToken First => statements[0].GetFirstToken();

    public SyntaxToken Last => statements[statements.Count - 1].GetLastToken();

    public TextSpan Span => TextSpan.FromBounds(First.SpanStart, Last.Span.End);

    public IEnumerable<SyntaxNode> Nodes => statements.SelectMany(Function.Nodes);

    /// <summary>The statements beside this one, itself included; itself alone where only one may stand.</summary>
    public static IReadOnlyList<StatementSyntax> Siblings(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement).ToList(),
        _ => [statement],
    };

    /// <summary>Nothing in the statements depends on standing exactly where it stands.</summary>
    public bool MayMove =>
        !Nodes.Any(node => node is GotoStatementSyntax or LabeledStatementSyntax or LocalFunctionStatementSyntax or RefTypeSyntax or ScopedTypeSyntax
            || node is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } && statements.Contains(node))
        && !HasConditionalDirective;

    public bool Yields => Nodes.Any(node => node is YieldStatementSyntax);

    public bool Awaits =>
        Nodes.Any(node => node is AwaitExpressionSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
            or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 });

    private bool HasConditionalDirective =>
        finding.Root.DescendantTrivia(Span).Any(trivia => trivia.SpanStart > First.SpanStart && trivia.SpanStart < Last.Span.End && IsConditional(trivia));

    /// <summary><c>#if</c> and its kin: code that is there in one build and not in another.</summary>
    public static bool IsConditional(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.IfDirectiveTrivia or SyntaxKind.ElifDirectiveTrivia or SyntaxKind.ElseDirectiveTrivia
            or SyntaxKind.EndIfDirectiveTrivia or SyntaxKind.DisabledTextTrivia;

    /// <summary>Declares what is declared inside and used outside; the text of those declarations, or null when they cannot be moved.</summary>
    /// <param name="last">The last statement that still counts as inside, if it is not the run's own.</param>
    public string? Declare(Patch patch, string separator, StatementSyntax? last = null)
    {
        if (finding.Model.AnalyzeDataFlow(statements[0], last ?? statements[statements.Count - 1]) is not { Succeeded: true } flow)
            return null;
        var declarations = "";
        foreach (var local in flow.VariablesDeclared.Where(local => Span.Contains(local.Locations[0].SourceSpan)
            && (flow.ReadOutside.Contains(local) || flow.WrittenOutside.Contains(local))))
        {
            if (!(local is ILocalSymbol { IsRef: false, IsConst: false } variable && Assign(patch, variable) is { } type))
                return null;
            declarations += $"{type} {local.Name};{separator}";
        }

        return declarations;
    }

    /// <summary>Turns the local's declaration into an assignment and tells its type's name.</summary>
    private string? Assign(Patch patch, ILocalSymbol local) => local.DeclaringSyntaxReferences[0].GetSyntax(finding.Cancel) switch
    {
        VariableDeclaratorSyntax { Initializer.Value: var value,
            Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } declaration } variable
            when statements.Contains(statement) =>
                Assign(patch, IsNeverNull(local, value)
                    ? local.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)
                    : local.Type, declaration.Type, variable.Identifier),
        SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax } declaration } designation
            => Assign(patch, local.Type, declaration.Type, designation.Identifier),
        _ => null,
    };

    private string? Assign(Patch patch, ITypeSymbol local, TypeSyntax type, SyntaxToken name)
    {
        patch.Replace(TextSpan.FromBounds(type.SpanStart, name.SpanStart), "");
        if (!type.IsVar)
            return type.ToString();
        return local.IsAnonymousType || local is IErrorTypeSymbol ? null : local.ToMinimalDisplayString(finding.Model, name.SpanStart, TypeName);
    }

    /// <summary>Starts with a value and gets no other.</summary>
    private bool IsNeverNull(ILocalSymbol local, ExpressionSyntax value) =>
        finding.Model.GetTypeInfo(value, finding.Cancel).Nullability.FlowState == NullableFlowState.NotNull
        && !Function.Around(value).DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == local.Name
            && (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }));
}
