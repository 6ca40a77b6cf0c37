namespace Corpus;

/// <summary>One call of the tool: every repository through every set, then the report.</summary>
internal sealed class Run(Options options)
{
    private readonly IReadOnlyList<AnalyzerSet> _sets = AnalyzerSet.For(options);
    private readonly List<Repository> _repositories = [];
    private bool _warm;
    private bool _stable = true;

    private AnalyzerSet? Ours => _sets.FirstOrDefault(set => set.IsOurs);

    /// <summary>The exit code: 1 when ours crashed, when its findings vary, or when they are to be judged and are not.</summary>
    public int Execute()
    {
        foreach (var (name, root) in options.Sources)
        {
            Console.Error.WriteLine($"loading {name}");
            var projects = Project.LoadAll(root, options.Exclude);
            var repository = new Repository(name, root, projects);
            _repositories.Add(repository);
            SayHowItBinds(repository, projects);
            if (options.Shuffle > 0 && Ours is { } ours)
                CompareRuns(repository, projects, ours);
            else
                Analyse(repository, projects);
        }

        if (options.Shuffle > 0)
            return _stable ? 0 : 1;

        Publish();
        var crashed = _repositories.Any(r => r.Crashes.Any(c => c.Set == AnalyzerSet.Ours));
        var unjudged = options.Check && _repositories.Any(r => r.Judgement?.Unjudged() > 0);
        return crashed || unjudged ? 1 : 0;
    }

    private void CompareRuns(Repository repository, IReadOnlyList<Project> projects, AnalyzerSet ours)
    {
        var (equal, text) = Shuffle.Check(projects, ours, options.Shuffle);
        _stable &= equal;
        Console.WriteLine($"{repository.Name}:\n{text}");
    }

    private void Analyse(Repository repository, IReadOnlyList<Project> projects)
    {
        foreach (var set in _sets)
            repository.Inspect(projects, set);

        if (Ours is not null)
            Judge(repository);

        if (options.Repeat == 0)
            return;

        Measure(repository, projects);
        // The whole takes long; what is known so far may be all that somebody waits for.
        Console.Error.WriteLine(new Report(_sets, [repository]));
    }

    private void Judge(Repository repository)
    {
        var file = Path.Combine(options.Verdicts ?? Path.Combine(Environment.CurrentDirectory, "verdicts"), repository.Name + ".json");
        repository.Judge(file);
        if (options.Record)
            repository.Judgement!.Updated(repository.Checkout, options.Prune).Write(file);
    }

    private void Measure(Repository repository, IReadOnlyList<Project> projects)
    {
        AnalyzerSet?[] order = [null, .. _sets];
        // The JIT has to have seen every set before anything is timed.
        if (!_warm)
        {
            foreach (var project in projects)
                Array.ForEach(order, set => Bench.Measure(project, set, options.Emit, times: 1));

            _warm = true;
        }

        var times = Bench.Times(projects, options.Emit);
        // All sets take turns at one project within seconds, so that a busy spell of the machine hits them alike.
        for (var round = 0; round < options.Repeat; round++)
        {
            foreach (var project in projects)
            {
                foreach (var set in round % 2 == 0 ? order : order.Reverse())
                    repository.Record(set, project, Bench.Measure(project, set, options.Emit, times));
            }

            Console.Error.WriteLine($"  round {round + 1} of {options.Repeat}");
        }
    }

    private void Publish()
    {
        var report = new Report(_sets, _repositories);
        var text = report.ToString();
        Console.WriteLine(text);
        if (options.Report is { } file)
            File.WriteAllText(file, text + report.Samples(options.Sample));
    }

    private static void SayHowItBinds(Repository repository, IReadOnlyList<Project> projects)
    {
        Console.Error.WriteLine($"  {repository.Projects} projects, {repository.Kloc:F1} KLOC, files with errors {repository.FilesWithErrors}/{repository.Files}");
        foreach (var project in projects.Where(p => p.FilesWithErrors > 0))
        {
            Console.Error.WriteLine(
                $"  {project.Name} {project.Evaluation.TargetFramework}: {project.FilesWithErrors}/{project.Files} files with errors: {string.Join("; ", project.Errors)}");
        }
    }
}
