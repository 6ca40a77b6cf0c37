using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Critical sections told by the way they are written.</summary>
internal static class Sections
{
    /// <summary>A lock statement with nothing in it and no word about why.</summary>
    public static EmptySection? Empty(ILockOperation statement, Place place) =>
        (statement.Body is IEmptyOperation || statement.Body is IBlockOperation { Operations: var inside } && inside.All(static inner => inner is IEmptyOperation))
            && statement.Syntax.DescendantTrivia().All(IsBlank)
            ? new EmptySection(place, statement.LockedValue.Syntax.Span)
            : null;

    /// <summary>A call that takes a lock, followed by a <c>try</c> whose <c>finally</c> does nothing but give it back.</summary>
    public static ManualSection? Paired(IInvocationOperation take, Fact fact, Model model, Places places) =>
        take.Parent is IExpressionStatementOperation { Parent: IBlockOperation block } statement
        && take.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == fact.On)?.Value is { } named
        && places.Of(named) is { } place && places.Bare(named)?.Type is { IsReferenceType: true } type && model.Facts.About(type, Effect.Lock) is null
        && (fact.Flag is null ? Following(block, statement) : Around(block, statement)) is ITryOperation { Catches.IsEmpty: true, Finally.Operations: [var last] } tried
        && GivesBack(last, place, fact.Flag is not null, model, places)
        && !tried.Body.Descendants().Any(inner => Suspends(inner)
            || inner is IInvocationOperation call && model.TakesLock(call) && call != take && call.Arguments.Any(argument => place.Equals(places.Of(argument.Value))))
            ? new ManualSection(place, take.Syntax.Span)
            : null;

    /// <summary>No lock that excludes is held where this lock statement begins, and the object is complete.</summary>
    public static bool IsFirst(TypeModel type, SyntaxTree tree, TextSpan named)
    {
        foreach (var body in type.Bodies)
            if (body.Tree == tree && body.Span.Contains(named)
                && type.Visit(body).FirstOrDefault(at => at.Event is Acquire taken && taken.Named == named) is { Event: not null } first)
                return !type.Entry.IsConstruction(body) && !first.Before.Must.Any(held => type.IsExclusive(held.Lock));
        return false;
    }

    private static IOperation? Following(IBlockOperation block, IOperation statement) =>
        block.Operations.IndexOf(statement) is var index && index + 1 < block.Operations.Length ? block.Operations[index + 1] : null;

    /// <summary>The flag's form takes the lock first of all inside the <c>try</c>.</summary>
    private static ITryOperation? Around(IBlockOperation block, IOperation statement) =>
        block.Parent is ITryOperation tried && tried.Body == block && block.Operations[0] == statement ? tried : null;

    private static bool GivesBack(IOperation last, Place place, bool ifTaken, Model model, Places places)
    {
        if (ifTaken)
            last = last is IConditionalOperation { Condition: ILocalReferenceOperation, WhenTrue: var then, WhenFalse: null } ? Only(then) : last;
        return last is IExpressionStatementOperation { Operation: IInvocationOperation call }
            && model.Facts.About(call.TargetMethod, Effect.Releases) is { On: >= 0 } fact
            && place.Equals(places.Of(call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == fact.On)?.Value));
    }

    private static IOperation Only(IOperation statement) => statement is IBlockOperation { Operations: [var only] } ? only : statement;

    /// <summary>No lock statement may be around it.</summary>
    private static bool Suspends(IOperation operation) => operation is
        IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true }
            or IUsingDeclarationOperation { IsAsynchronous: true };

    private static bool IsBlank(SyntaxTrivia trivia) => trivia.RawKind is (int)SyntaxKind.WhitespaceTrivia or (int)SyntaxKind.EndOfLineTrivia;
}
