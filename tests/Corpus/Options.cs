using System.Globalization;
using System.Text.RegularExpressions;

namespace Corpus;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    public const string Usage = """
        corpus --src NAME=DIR [--src …]   code to analyse; each is one repository, verdicts/NAME.json its verdicts
               --synthetic                generated projects of growing size instead
               --package FILE.nupkg       our analyzers, as they are shipped
               --analyzers FILE.dll|DIR   our analyzers, from a build
               [--rules REGEX]            our rules to run, all as warnings (default TW\d+)
               [--no-op]                  also measure a walk of every operation that reports nothing
               [--peer ID/VERSION …] [--peer-rules REGEX]
               [--exclude REGEX]          skip project files whose path below DIR matches
               [--emit]                   compile from the text to the assembly, instead of binding alone
               [--repeat N]               measured rounds (default 3); 0 only gathers findings
               [--shuffle N]              compare the findings of N runs instead of measuring
               [--verdicts DIR]           where the recorded verdicts are (default ./verdicts)
               [--record [--prune]]       write new findings into them as unjudged; drop those no longer found
               [--check]                  fail on findings that nobody has judged
               [--report FILE.md] [--sample N]
               [@FILE]                    more arguments, one option with its value per line
        """;

    public List<(string Name, string Path)> Sources { get; } = [];
    public List<string> Peers { get; } = [];
    public string? Package { get; private set; }
    public string? Analyzers { get; private set; }
    public Regex Rules { get; private set; } = Whole(@"TW\d+");
    public Regex? PeerRules { get; private set; }
    public Regex? Exclude { get; private set; }
    public string? Verdicts { get; private set; }
    public string? Report { get; private set; }
    public bool NoOp { get; private set; }
    public bool Emit { get; private set; }
    public bool Record { get; private set; }
    public bool Check { get; private set; }
    public bool Prune { get; private set; }
    public int Repeat { get; private set; } = 3;
    public int Shuffle { get; private set; }
    public int Sample { get; private set; }

    public static Options Parse(IEnumerable<string> args)
    {
        var options = new Options();
        var queue = new Queue<string>(args.SelectMany(Expand));
        while (queue.TryDequeue(out var name))
            options.Take(name, () => queue.TryDequeue(out var value) ? value : throw new ArgumentException($"{name} needs a value"));

        return options.Sources.Count > 0 ? options : throw new ArgumentException("no --src");
    }

    private void Take(string name, Func<string> value)
    {
        switch (name)
        {
            case "--src": Sources.Add(Source(value())); break;
            case "--synthetic": Sources.AddRange(Synthetic.Write()); break;
            case "--package": Package = Path.GetFullPath(value()); break;
            case "--analyzers": Analyzers = Path.GetFullPath(value()); break;
            case "--rules": Rules = Whole(value()); break;
            case "--no-op": NoOp = true; break;
            case "--emit": Emit = true; break;
            case "--peer": Peers.Add(value()); break;
            case "--peer-rules": PeerRules = Whole(value()); break;
            case "--exclude": Exclude = new Regex(value(), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant); break;
            case "--repeat": Repeat = Number(value()); break;
            case "--shuffle": Shuffle = Number(value()); break;
            case "--verdicts": Verdicts = Path.GetFullPath(value()); break;
            case "--record": Record = true; break;
            case "--check": Check = true; break;
            case "--prune": Prune = true; break;
            case "--report": Report = Path.GetFullPath(value()); break;
            case "--sample": Sample = Number(value()); break;
            default: throw new ArgumentException($"unknown option {name}");
        }
    }

    private static (string Name, string Path) Source(string value) => value.Split('=', 2) is [var name, var path]
        ? (name, Folder(path))
        : (Path.GetFileName(Folder(value)), Folder(value));

    private static string Folder(string path) => Directory.Exists(path)
        ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
        : throw new ArgumentException($"no folder {path}");

    private static Regex Whole(string pattern) => new($"^(?:{pattern})$", RegexOptions.CultureInvariant);

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Expand(string arg) => arg.StartsWith('@')
        ? File.ReadLines(arg[1..])
            .Where(line => line.Trim() is not "" and not ['#', ..])
            .SelectMany(line => line.Trim().Split(' ', 2, StringSplitOptions.TrimEntries))
        : [arg];
}
