using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>An iterator hands out an element while it holds a lock.</summary>
internal sealed record Loan(Body Body, Held Held, TextSpan At);

/// <summary>The locks that iterators leave taken for their consumers; each once, where that first happens.</summary>
internal static class Loans
{
    public static IEnumerable<Loan> In(TypeModel type)
    {
        foreach (var body in type.Bodies.Where(static body => body.Events.Any(static e => e is Yield)))
        {
            var lent = from at in type.Visit(body)
                       where at.Event is Yield
                       from held in at.Before.Must
                       where !held.Assumed && type.IsExclusive(held.Lock)
                       select new Loan(body, held, at.Event.Span);
            foreach (var all in lent.GroupBy(loan => loan.Held.Since))
                yield return all.OrderBy(loan => loan.At.Start).First();
        }
    }
}
