using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Runtime.Tests.Mutation;

/// <summary>What else may happen to the library in a mutant than in the tests.</summary>
internal enum Sight
{
    Usual,

    /// <summary>A lock is gone: others may come in between any two statements.</summary>
    EachStatement,

    /// <summary>A volatile write is gone: what was written before may come to be seen later, up to where the thread publishes it.</summary>
    LateWrites,
}

/// <summary>The library with one thing taken away: an interlocked operation, a fence, a lock, or what a line of <c>changes.txt</c> says.</summary>
/// <param name="Folder">In which folder of the library it is.</param>
/// <param name="Name">File, member and what is taken away; the same as long as these are.</param>
/// <param name="Path">The file that it changes.</param>
/// <param name="Text">What is there instead.</param>
/// <param name="Sight">What else may happen.</param>
internal sealed record Mutant(string Folder, string Name, string Path, string Text, Sight Sight)
{
    private const string Point = "global::Threadwise.Steps.Point()";

    private static readonly string[] s_locks = ["Gate", "_gate", "lazy._gate", "_lock", "_latch", "next._latch", "locking", "Monitor", "Unsafe.As<Lock>(gate)"];

    /// <summary>Where the tests of the folder are.</summary>
    public string Tests => $"Threadwise.Runtime.Tests.{(Folder == "Parallel" ? "Maps" : Folder)}";

    /// <summary>The type that the file is named after.</summary>
    public string Type => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>All mutants of one file.</summary>
    public static IEnumerable<Mutant> Of(string folder, string path, SyntaxTree tree)
    {
        var seen = new Dictionary<string, int>();
        var root = tree.GetRoot();
        foreach (var node in root.DescendantNodes())
            if (Removal(node) is { } removal)
            {
                var name = $"{System.IO.Path.GetFileName(path)}: {MemberOf(node)}: {removal.What}";
                seen[name] = seen.GetValueOrDefault(name) + 1;
                var text = root.ToFullString();
                yield return new Mutant(
                    folder, seen[name] == 1 ? name : $"{name}, number {seen[name]}", path, text[..removal.At.Span.Start] + removal.Instead + text[removal.At.Span.End..], removal.Sight);
            }
    }

    private static (SyntaxNode At, string Instead, string What, Sight Sight)? Removal(SyntaxNode node) => node switch
    {
        LockStatementSyntax held => (held.Expression, "new object()", $"lock ({held.Expression})", Sight.EachStatement),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call => OfCall(call, member.Expression.ToString(), member.Name.ToString()),
        _ => null,
    };

    private static (SyntaxNode At, string Instead, string What, Sight Sight)? OfCall(InvocationExpressionSyntax call, string receiver, string method)
    {
        var of = ((MemberAccessExpressionSyntax)call.Expression).Expression;
        if (receiver is "Interlocked")
            return (of, "Torn", $"{call}", Sight.Usual);
        if (receiver is "Volatile")
            return (of, "Plain", $"{call}", method == "Write" ? Sight.LateWrites : Sight.Usual);
        if (!s_locks.Contains(receiver) || !(method is "Enter" or "EnterScope" or "Exit" || (receiver, method) is ("Monitor", "TryEnter" or "Pulse") or ("_latch", "TryEnter")) || call.Ancestors().OfType<ParenthesizedLambdaExpressionSyntax>().Any())
            return null;
        return method == "TryEnter" ? (call, "true", $"{call}", Sight.EachStatement)
            : method == "EnterScope" ? (call, "default(Lock.Scope)", $"{call}", Sight.EachStatement)
            : call.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax && !IsScope(call) ? (call, Point, $"{call}", Sight.EachStatement)
            : (call, "Unlocked.Enter()", $"{call}", Sight.EachStatement);
    }

    /// <summary>Whether the call is what an expression-bodied member returns.</summary>
    private static bool IsScope(SyntaxNode call) => call.Parent is ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: var type } } && type.ToString() != "void";

    private static string MemberOf(SyntaxNode node) => string.Join('.', node.AncestorsAndSelf().Select(static ancestor => ancestor switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } field => field.Identifier.Text,
        TypeDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    }).Where(static name => name is not null).Reverse());
}

/// <summary>Lets others come in between any two statements, and into lock statements too; and between what is read and what is written in its place.</summary>
internal sealed class Interleaved : CSharpSyntaxRewriter
{
    [return: NotNullIfNotNull(nameof(node))]
    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        var visited = base.Visit(node);
        return visited is StatementSyntax alone and not BlockSyntax && IsAlone(node!) ? SyntaxFactory.Block(Point(), alone) : visited;
    }

    public override SyntaxNode? VisitBlock(BlockSyntax node)
    {
        var block = (BlockSyntax)base.VisitBlock(node)!;
        return block.WithStatements(SyntaxFactory.List(block.Statements.SelectMany(static statement => statement is LocalFunctionStatementSyntax ? [statement] : new[] { Point(), statement })));
    }

    public override SyntaxNode? VisitAssignmentExpression(AssignmentExpressionSyntax node) =>
        (node.OperatorToken.Text is "+=" or "-=" or "|=" or "&=" ? Later(node, node.Left, node.OperatorToken.Text[..1], $"({Visit(node.Right)})")
        : node.OperatorToken.Text is "??=" ? Later(node, node.Left, "??", $"{Visit(node.Right)}")
        : node is { Left: TupleExpressionSyntax, Right: TupleExpressionSyntax right } && HasType(right) ? node.WithRight(SyntaxFactory.ParseExpression($"global::Threadwise.Torn.Later({Visit(right)})")) : null)
        ?? base.VisitAssignmentExpression(node);

    public override SyntaxNode? VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node) =>
        (node.OperatorToken.Text is "++" or "--" ? Later(node, node.Operand, node.OperatorToken.Text[..1], "1") : null) ?? base.VisitPrefixUnaryExpression(node);

    public override SyntaxNode? VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node) =>
        (node.OperatorToken.Text is "++" or "--" && node.Parent is ExpressionStatementSyntax ? Later(node, node.Operand, node.OperatorToken.Text[..1], "1") : null) ?? base.VisitPostfixUnaryExpression(node);

    /// <summary>What a property reads that should have a lock may be what it has read before, or halves of two values.</summary>
    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node) =>
        base.VisitPropertyDeclaration(node.ToString().Contains("Unlocked.Enter()", StringComparison.Ordinal) ? (PropertyDeclarationSyntax)new PlainlyRead().Visit(node) : node);

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node) => base.VisitInvocationExpression(
        node.Expression.ToString() == "Array.Resize" ? node.WithExpression(SyntaxFactory.ParseExpression("global::Threadwise.Torn.Resize")) : node);

    public override SyntaxNode? VisitLockStatement(LockStatementSyntax node)
    {
        var held = (LockStatementSyntax)base.VisitLockStatement(node)!;
        return SyntaxFactory.ParseStatement($"{{ global::Threadwise.Monitor.Enter({held.Expression}); try {{ {held.Statement.ToFullString()} }} finally {{ global::Threadwise.Monitor.Exit({held.Expression}); }} }}");
    }

    private static StatementSyntax Point() => SyntaxFactory.ParseStatement("global::Threadwise.Steps.Point();\n");

    /// <summary>Whether it is all that is done under a condition or in a loop, with no braces.</summary>
    private static bool IsAlone(SyntaxNode statement) => statement.Parent is ElseClauseSyntax or (StatementSyntax and not (BlockSyntax or LabeledStatementSyntax)) && statement is not IfStatementSyntax { Parent: ElseClauseSyntax };

    /// <summary>Whether it has one of its own.</summary>
    private static bool HasType(TupleExpressionSyntax tuple) => !tuple.DescendantNodes().Any(static node => node.Kind() is
        SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression or SyntaxKind.ImplicitObjectCreationExpression or SyntaxKind.CollectionExpression or SyntaxKind.SimpleLambdaExpression or SyntaxKind.ParenthesizedLambdaExpression);

    /// <summary>The same in two steps, where it is a field or a property that is changed; a local variable is nobody else's.</summary>
    private static ExpressionSyntax? Later(ExpressionSyntax node, ExpressionSyntax changed, string change, string by)
    {
        if (changed is not IdentifierNameSyntax { Identifier.Text: var name } || char.IsLower(name[0]))
            return null;
        var later = $"{name} = global::Threadwise.Torn.Later({name}) {change} {by}";
        return SyntaxFactory.ParseExpression(node.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax ? later : $"({later})").WithTriviaFrom(node);
    }
}

/// <summary>Fields are read by what need not look into memory again, where their values are asked for.</summary>
internal sealed class PlainlyRead : CSharpSyntaxRewriter
{
    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) => IsField(node) && node.Parent is ReturnStatementSyntax or BinaryExpressionSyntax or ArrowExpressionClauseSyntax
        ? SyntaxFactory.ParseExpression($"global::Threadwise.Plain.Read(in {node})").WithTriviaFrom(node) : node;

    public static bool IsField(ExpressionSyntax node) => node is IdentifierNameSyntax { Identifier.Text: ['_', _, ..] };
}

/// <summary>Others see what is written to fields when the thread publishes it. Not in structures, of which a lambda would have a copy.</summary>
internal sealed class SeenLater : CSharpSyntaxRewriter
{
    public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) => node;

    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node) => node;

    public override SyntaxNode? VisitAssignmentExpression(AssignmentExpressionSyntax node) => node.IsKind(SyntaxKind.SimpleAssignmentExpression) && PlainlyRead.IsField(node.Left)
        ? SyntaxFactory.ParseExpression($"global::Threadwise.Plain.Later(() => {node.Left}, later__ => {node.Left} = later__, {Visit(node.Right)})").WithTriviaFrom(node) : base.VisitAssignmentExpression(node);
}
