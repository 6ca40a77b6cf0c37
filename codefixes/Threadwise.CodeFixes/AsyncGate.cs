namespace Threadwise.CodeFixes;

/// <summary>A new lock beside a field, one that can be awaited: every async method that writes the field holds it from its first use of the field to its last, and nobody else writes it.</summary>
internal sealed class AsyncGate
{
    private readonly Finding _finding;
    private readonly IFieldSymbol _field;
    private readonly TypeDeclarationSyntax _type;
    private readonly INamedTypeSymbol? _lock;
    private readonly string _name;

    private AsyncGate(Finding finding, IFieldSymbol field, TypeDeclarationSyntax type)
    {
        (_finding, _field, _type, _name) = (finding, field, type, FreeName.In(type, field.Name + "Lock"));
        _lock = finding.Model.Compilation.GetTypeByMetadataName("Threadwise.AsyncLock") is { DeclaredAccessibility: Accessibility.Public } own ? own : null;
    }

    /// <summary>Null where a write cannot await, or where what is done under the lock may wait for somebody who wants it.</summary>
    public static Patch? For(Finding finding, IFieldSymbol field)
    {
        if (field is not { DeclaredAccessibility: Accessibility.Private, IsReadOnly: false, DeclaringSyntaxReferences: [var declared] }
            || declared.GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1,
                Parent: FieldDeclarationSyntax declaration } }
            || declaration.Parent is not TypeDeclarationSyntax type
            || type.Modifiers.Any(SyntaxKind.PartialKeyword) || !GateField.MayDeclare(field.ContainingType, type, field.IsStatic)
            || FieldUses.Of(finding, field) is not { } uses)
            return null;
        var gate = new AsyncGate(finding, field, type);
        var methods = uses.Every.Where(use => !OwnGate.IsConstruction(use, field) || !gate.IsOwn(use)).ToLookup(Function.Around);
        var writers = methods.Where(own => own.Any(gate.MayWrite)).ToList();
        var patch = new Patch(finding.Root, type.Span, alone: true);
        return writers.Exists(own => own.Key.Span.Contains(finding.Node.Span)) && writers.TrueForAll(own => gate.Hold(own.Key, own.ToList(), patch))
            ? gate.Declare(patch, declaration)
            : null;
    }

    /// <summary>It gives the field a value, or what is in it, or may let others do so.</summary>
    private bool MayWrite(ExpressionSyntax use) => FieldUses.IsWritten(use)
        || use.Parent is RefExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression }
            or ArgumentSyntax { Parent: TupleExpressionSyntax }
        || use.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax
            && _field.Type is { IsValueType: true, IsReadOnly: false, SpecialType: SpecialType.None, TypeKind: not TypeKind.Enum };

    /// <summary>The statements of the method from the first that uses the field to the last run under the lock.</summary>
    private bool Hold(SyntaxNode function, IReadOnlyList<ExpressionSyntax> uses, Patch whole)
    {
        if (function is not MethodDeclarationSyntax { Body: { } body } method || !method.Modifiers.Any(SyntaxKind.AsyncKeyword)
            || Function.Nodes(method).Any(static node => node is YieldStatementSyntax) || !uses.All(IsOwn))
            return false;
        var block = uses[0].Ancestors().OfType<BlockSyntax>().First(outer => uses.All(use => outer.Span.Contains(use.Span)));
        var statements = block.Statements.SkipWhile(statement => !statement.Span.Contains(uses[0].Span))
            .TakeWhile(statement => statement.SpanStart <= uses[uses.Count - 1].SpanStart).ToList();
        var run = new StatementRun(_finding, statements);
        if (!body.Span.Contains(block.Span) || !run.MayMove || block.Ancestors().Any(static node => node is LockStatementSyntax)
            || LockCall.HeldAt(_finding, statements[0]).Any() || ThreadBound.Is(_finding, method)
            || StackOnlyValues.LiveAcross(_finding, uses[0]) || !ClosedCode.Is(_finding, statements, _field)
            || LockBlock.Inside(_finding, run, Head(run)) is not { } patch)
            return false;
        if (_lock is null)
            patch.After(IsOnLines(run) ? Layout.EndOfLine(run.Last) : run.Last.Span.End, Release(run));
        return whole.With(patch);
    }

    /// <summary>Of the object whose lock it is.</summary>
    private bool IsOwn(ExpressionSyntax use) => _field.IsStatic || use is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax };

    private bool IsOnLines(StatementRun run) => _finding.Layout.StartsLine(run.First) && _finding.Layout.EndsLine(run.Last);

    private string Head(StatementRun run)
    {
        var awaited = _finding.Model.Compilation.GetTypeByMetadataName(_lock is null ? "System.Threading.Tasks.Task" : "System.Threading.Tasks.ValueTask`1");
        var taken = $"await {_name}.{(_lock is null ? "WaitAsync" : "EnterAsync")}(){_finding.Configured((ExpressionSyntax)_finding.Node, awaited)}";
        return _lock is not null
            ? $"using ({taken})"
            : taken + (IsOnLines(run) ? ";" + _finding.Layout.NewLine + _finding.Layout.Indentation(run.First.SpanStart) : "; ") + "try";
    }

    private string Release(StatementRun run)
    {
        if (!IsOnLines(run))
            return $" finally {{ {_name}.Release(); }}";
        var indentation = _finding.Layout.Indentation(run.First.SpanStart);
        var line = _finding.Layout.NewLine + indentation;
        return $"{_finding.Layout.Continue(indentation, "finally")}{line}{_finding.Layout.Step(run.First.Parent!)}{_name}.Release();{line}}}";
    }

    private Patch? Declare(Patch patch, FieldDeclarationSyntax declaration)
    {
        var (layout, last) = (_finding.Layout, declaration.SemicolonToken);
        if ((_lock ?? _finding.Model.Compilation.GetTypeByMetadataName("System.Threading.SemaphoreSlim"))?.ToMinimalDisplayString(_finding.Model,
            declaration.SpanStart) is not { } type
            || !_type.Span.Contains(declaration.Span))
            return null;
        var text = $"private {(_field.IsStatic ? "static " : "")}readonly {type} {_name} = {(_finding.Speaks(LanguageVersion.CSharp9) ? "new" : "new " + type)}({(_lock is null ? "1, 1" : "")});";
        var isOnLine = layout.StartsLine(declaration.GetFirstToken()) && layout.EndsLine(last);
        return patch.After(Layout.EndOfLine(last), (isOnLine ? layout.NewLine + layout.Indentation(declaration.SpanStart) : " ") + text);
    }
}
