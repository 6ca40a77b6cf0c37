using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Corpus;

/// <summary>One project file (or loose folder) as a compilation that binds as well as can be had without building it.</summary>
internal sealed class Project
{
    private readonly List<Project> _references = [];

    private Project(string path)
    {
        FilePath = path;
        Evaluation = Evaluation.Of(path);
        Packages = [.. Evaluation.Packages()];
    }

    public string FilePath { get; }
    public string Name => Path.GetFileNameWithoutExtension(FilePath);
    public string Folder => Directory.Exists(FilePath) ? FilePath : Path.GetDirectoryName(FilePath)!;
    public Evaluation Evaluation { get; }
    public IReadOnlyList<(string Id, string Version)> Packages { get; }
    public CSharpCompilation Compilation { get; private set; } = null!;
    public int Files { get; private set; }
    public int FilesWithErrors { get; private set; }
    public int Lines { get; private set; }
    public ImmutableArray<string> Errors { get; private set; } = [];

    /// <summary>The reference assembly where the project is clean enough to emit one (as a build would use), else the compilation.</summary>
    public MetadataReference AsReference => field ??= EmitReference() ?? Compilation.ToMetadataReference();

    /// <summary>Loads the projects under a folder, and for reference only those they refer to, in dependency order.</summary>
    public static IReadOnlyList<Project> LoadAll(string folder, Regex? exclude)
    {
        var known = new Dictionary<string, Project>(StringComparer.Ordinal);
        var order = new List<Project>();
        var files = Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories)
            .Where(path => exclude?.IsMatch(Path.GetRelativePath(folder, path)) != true)
            .Order(StringComparer.Ordinal)
            .DefaultIfEmpty(folder);
        var roots = files.Select(path => Open(path, known, order)).ToHashSet();
        foreach (var project in order)
            project.Compile();

        return [.. order.Where(p => roots.Contains(p) && p.Files > 0)];
    }

    public IEnumerable<Project> Closure() => _references.SelectMany(r => r.Closure()).Prepend(this).Distinct();

    private static Project Open(string path, Dictionary<string, Project> known, List<Project> order)
    {
        if (known.TryGetValue(path, out var project))
            return project;

        known[path] = project = new Project(path);
        foreach (var item in project.Evaluation.Items("ProjectReference"))
        {
            var target = Evaluation.Metadata(item, "FullPath");
            if (File.Exists(target) && target.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)
                && !Evaluation.Is(item, "ReferenceOutputAssembly", "false") && !Evaluation.Is(item, "OutputItemType", "Analyzer"))
            {
                project._references.Add(Open(target, known, order));
            }
        }

        order.Add(project);
        return project;
    }

    private void Compile()
    {
        var parse = Invocation.Parse(Evaluation);
        var trees = Sources.Files(this).Select(path => Parse(path, parse)).ToList();
        Files = trees.Count;
        if (Files == 0)
        {
            Compilation = CSharpCompilation.Create(Name);
            return;
        }

        Lines = trees.Sum(CodeLines);
        trees.Add(CSharpSyntaxTree.ParseText(Sources.Prelude(this), parse, Path.Combine(Folder, "obj", Name + ".Prelude.g.cs"), Encoding.UTF8));

        var assembly = Evaluation.Property("AssemblyName") is { Length: > 0 } name ? name : Name;
        CSharpGeneratorDriver.Create(Sdk.Generators, parseOptions: parse).RunGeneratorsAndUpdateCompilation(
            CSharpCompilation.Create(assembly, trees, Invocation.References(this), Invocation.Options(this)), out var generated, out _);
        Compilation = (CSharpCompilation)generated;

        var errors = Compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        FilesWithErrors = errors.Select(d => d.Location.SourceTree?.FilePath).Where(p => p is not null).Distinct().Count();
        Errors = [.. errors.GroupBy(d => d.Id).OrderByDescending(g => g.Count()).Take(5).Select(g => $"{g.Key}×{g.Count()}: {g.First()}")];
    }

    private static SyntaxTree Parse(string path, CSharpParseOptions options)
    {
        using var stream = File.OpenRead(path);
        return CSharpSyntaxTree.ParseText(SourceText.From(stream, Encoding.UTF8), options, path);
    }

    /// <summary>Lines that hold at least one token.</summary>
    private static int CodeLines(SyntaxTree tree)
    {
        var lines = tree.GetText().Lines;
        var (count, last) = (0, -1);
        foreach (var token in tree.GetRoot().DescendantTokens().Where(token => !token.Span.IsEmpty))
        {
            var first = Math.Max(lines.IndexOf(token.SpanStart), last + 1);
            last = Math.Max(last, lines.IndexOf(token.Span.End - 1));
            count += Math.Max(0, last - first + 1);
        }

        return count;
    }

    private MetadataReference? EmitReference()
    {
        using var image = new MemoryStream();
        var emitted = Compilation.Emit(image, options: new(metadataOnly: true, includePrivateMembers: true));
        return emitted.Success ? MetadataReference.CreateFromImage(image.ToArray()) : null;
    }
}
