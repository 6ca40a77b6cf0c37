// Fixed by: Make it a concurrent collection
// Fixed by: Compute it by a parallel query
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

/// <summary>A catalogue that collects the names of its articles in a parallel loop.</summary>
internal static class Catalogue
{
    public static List<string> Names(int[] articles)
    {
        var names = new List<string>();
        Parallel.ForEach(articles, article => names.Add("article " + article));
        return names;
    }
}

/// <summary>What the fix costs when nothing overlaps: a catalogue of one article.</summary>
public static class Scenario
{
    public const string Measures = "one call of Catalogue.Names with one article";
    public const int Size = 1;
    public const int Operations = Size;

    private static readonly int[] s_articles = Enumerable.Range(0, Size).ToArray();

    public static long Run(int size) => Catalogue.Names(s_articles).Count;
}

/// <summary>Collects names again and again; one that is missing was overwritten, and a loop that throws has lost all of its own.</summary>
public static class Program
{
    private const int Articles = 5_000;
    private const int Rounds = 20;

    public static void Main()
    {
        var articles = Enumerable.Range(0, Articles).ToArray();
        var found = 0;
        for (var round = 0; round < Rounds; round++)
        {
            try
            {
                found += Catalogue.Names(articles).Count(name => name is not null);
            }
            catch (AggregateException)
            {
                // The list broke while it grew.
            }
        }

        Console.WriteLine($"OUTCOME lost-names={Rounds * Articles - found} of {Rounds * Articles}");
    }
}
