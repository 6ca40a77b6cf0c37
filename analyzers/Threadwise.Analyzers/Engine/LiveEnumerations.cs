using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A loop goes through a container that its own body changes, itself or by what it calls.</summary>
/// <param name="Via">The member through which it does; null where it does so itself.</param>
internal sealed record ChangedLoop(SharedState State, SharedAccess Loop, SharedAccess Change, IMethodSymbol? Via);

/// <summary>Where the loops of a type change what they go through.</summary>
internal static class LiveEnumerations
{
    public static IEnumerable<ChangedLoop> In(TypeModel type)
    {
        foreach (var state in type.Accesses.States.Where(static state => state.ChangesInPlace))
            foreach (var loop in state.All.Where(static access => access is { Shape: Shape.Enumerate, Access.Repeated.IsEmpty: false }))
                if (InBody(state, loop) is { } own)
                    yield return new(state, loop, own, null);
                else if ((ByCall(type, state, loop) ?? ByElement(type, state, loop) ?? ByHandler(state, loop)) is { } called)
                    yield return called;
    }

    private static SharedAccess? InBody(SharedState state, SharedAccess loop) => state.All.FirstOrDefault(change =>
        ReferenceEquals(change.Body, loop.Body) && Breaks(change.Access) && loop.Access.Repeated.Contains(change.Span)
            && change.Access.Place.Equals(loop.Access.Place) && GoesOn(change));

    private static ChangedLoop? ByCall(TypeModel type, SharedState state, SharedAccess loop)
    {
        foreach (var e in loop.Body.Events)
            if (e is Call call && loop.Access.Repeated.Contains(call.Span) && type.BodyOf(call.Target) is { IsAsync: false } callee
                && state.All.FirstOrDefault(change => ReferenceEquals(change.Body, callee) && Breaks(change.Access)
                    && HeldLocks.Seen(change.Access.Place, call) is { } place && place.Equals(loop.Access.Place)) is { } change
                && GoesOn(loop with { Access = loop.Access with { Span = call.Span } }))
                return new(state, loop, change, call.Target);
        return null;
    }

    /// <summary>A member of an element is called, and hands the element to one that takes it out.</summary>
    private static ChangedLoop? ByElement(TypeModel type, SharedState state, SharedAccess loop)
    {
        foreach (var e in loop.Body.Events)
            if ((e is Outside outside ? outside.Call : e as Call) is { On: not { Root: Root.This } } call && loop.Access.Repeated.Contains(call.Span))
                foreach (var element in RunBy(type, e, call.Target))
                    foreach (var inner in element.Events)
                        if (inner is Call back && back.Arguments.Any(static argument => argument is { Root: Root.This, Path.IsEmpty: true })
                            && Changes(type, state, back) is { } change && GoesOn(loop with { Access = loop.Access with { Span = call.Span } }))
                            return new(state, loop, change, element.Method);
        return null;
    }

    /// <summary>The bodies of the type that the call may come to: one of them is enough.</summary>
    private static IEnumerable<Body> RunBy(TypeModel type, Event e, IMethodSymbol target) => type.Bodies.Where(body => body is { IsAsync: false, Method: { } method }
        && (SymbolEqualityComparer.Default.Equals(method, target) || e is Outside { IsExact: false } && (Overrides(method, target) || Implements(method, target))));

    private static bool Overrides(IMethodSymbol method, IMethodSymbol target)
    {
        for (var member = method.OverriddenMethod; member is not null; member = member.OverriddenMethod)
            if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, target))
                return true;
        return false;
    }

    private static bool Implements(IMethodSymbol method, IMethodSymbol target) =>
        target.ContainingType.TypeKind == TypeKind.Interface
            && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(target), method);

    private static SharedAccess? Changes(TypeModel type, SharedState state, Call call) => type.BodyOf(call.Target) is { IsAsync: false } callee
        ? state.All.FirstOrDefault(change => ReferenceEquals(change.Body, callee) && Breaks(change.Access) && change.Access.Place is { Root: Root.This, Path.Length: 1 })
        : null;

    /// <summary>The elements are delegates, which are called while others, they too, can take them out.</summary>
    private static ChangedLoop? ByHandler(SharedState state, SharedAccess loop) =>
        Reader.TypeOf(state.Member) is INamedTypeSymbol { TypeArguments: [{ TypeKind: TypeKind.Delegate }] }
            && loop.Body.Events.FirstOrDefault(e => e is Unknown and not Outside && loop.Access.Repeated.Contains(e.Span)) is { } handled
        && state.All.FirstOrDefault(change => !ReferenceEquals(change.Body, loop.Body) && Breaks(change.Access) && change.Access.By is IMethodSymbol by
            && Shapes.Grows(by) == false && change.Body.Method is { DeclaredAccessibility: not Accessibility.Private }
            && change.Access.Place.Equals(loop.Access.Place)) is { } taken
        && GoesOn(loop with { Access = loop.Access with { Span = handled.Span } })
            ? new(state, loop, taken, taken.Body.Method!)
            : null;

    /// <summary>The loop cannot go on behind it.</summary>
    private static bool Breaks(Access access) => access is { Shape: Shape.Change, By: { } by } && !Shapes.SparesEnumerators(by);

    /// <summary>Behind the change the loop is not left.</summary>
    private static bool GoesOn(SharedAccess change)
    {
        var node = change.Body.Tree.GetRoot().FindNode(change.Span, getInnermostNodeForTie: true);
        for (var statement = node.FirstAncestorOrSelf<StatementSyntax>(); statement is not (null or CommonForEachStatementSyntax);
            statement = statement.Parent?.FirstAncestorOrSelf<StatementSyntax>())
            if (statement is ReturnStatementSyntax or ThrowStatementSyntax
                || statement.Parent is BlockSyntax block && block.Statements.Skip(block.Statements.IndexOf(statement) + 1).Any(Leaves)
                || statement.Parent is SwitchSectionSyntax section && section.Statements.Any(static last => last is ReturnStatementSyntax or ThrowStatementSyntax))
                return false;
        return true;
    }

    private static bool Leaves(StatementSyntax statement) =>
        statement.Kind() is SyntaxKind.BreakStatement or SyntaxKind.ReturnStatement or SyntaxKind.ThrowStatement
            or SyntaxKind.GotoStatement or SyntaxKind.YieldBreakStatement;
}
