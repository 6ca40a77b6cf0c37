using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A function that runs, or goes on, beside the code that started it: what it is, what starts it, and which other runs of it there are at the same time.</summary>
/// <param name="Function">Its code.</param>
/// <param name="Start">The call or creation that starts it.</param>
/// <param name="Starter">What is called or created for that.</param>
internal sealed record Run(IOperation Function, IMethodSymbol Symbol, IOperation Start, ISymbol Starter)
{
    /// <summary>What starts it, as messages name it: of a constructor the type.</summary>
    public ISymbol Named => Start is IObjectCreationOperation ? Starter.ContainingType : Starter;

    /// <summary>Each time this runs, another run begins before the last has ended: the function itself, or the loop or lambda that starts it. Null where there is one at a time.</summary>
    public IOperation? Among { get; init; }

    /// <summary>What its starter was given in one piece with it runs at the same time, and each of it once.</summary>
    public bool IsOneOfSeveral { get; init; }

    /// <summary>Until it is suspended for the first time it runs as the call that it is.</summary>
    public bool BeginsAsCall { get; init; }

    /// <summary>Its starter returns when all of its runs are over.</summary>
    public bool IsJoined { get; init; }

    /// <summary>Where the code that started it waits for it, as a position in the source; where it never does, behind all of it.</summary>
    public int Until { get; init; }

    /// <summary>Several runs of it at a time have this variable in common.</summary>
    public bool IsInCommon(ISymbol variable) => Among switch
    {
        null => false,
        IForLoopOperation loop => !IsIn(variable, loop) || loop.Locals.Contains(variable, SymbolEqualityComparer.Default),
        var each => !IsIn(variable, each),
    };

    /// <summary>Declared outside of the function: other code has it too.</summary>
    public bool IsCaptured(ISymbol variable) => !IsIn(variable, Function);

    private static bool IsIn(ISymbol variable, IOperation code) =>
        variable.DeclaringSyntaxReferences is [var declaration, ..] && code.Syntax.Span.Contains(declaration.Span);
}

/// <summary>A function is run many times at once, and one task stands for all of them.</summary>
/// <param name="BeginsAsCall">Until it is suspended for the first time each run is the call that it is.</param>
internal sealed record FanOut(IMethodSymbol Target, ISymbol By, bool BeginsAsCall, TextSpan Span) : Event(Span);
