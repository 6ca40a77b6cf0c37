using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Testing;

/// <summary>The surroundings a source under test is compiled in.</summary>
internal class Case
{
    public const string Folder = "/src/";

    /// <summary><c>net8.0</c>, <c>net9.0</c> or <c>net10.0</c>.</summary>
    public string Framework { get; init; } = Frameworks.Newest;

    /// <summary>Below C# 10 there are no implicit usings.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    public OutputKind Output { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    /// <summary>Text of an <c>.editorconfig</c> beside the sources.</summary>
    public string? EditorConfig { get; init; }

    /// <summary>Text of a <c>.globalconfig</c>; its first line must be <c>is_global = true</c>.</summary>
    public string? GlobalConfig { get; init; }

    /// <summary>Name and text of additional files; findings in them are marked like those in sources.</summary>
    public IReadOnlyDictionary<string, string> AdditionalFiles { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Source of a library the sources refer to, compiled on its own.</summary>
    public string? Library { get; init; }

    public IEnumerable<MetadataReference> References { get; init; } = [];

    /// <summary>The sources can use the runtime library, on the newest framework.</summary>
    public bool HasRuntime { get; init; }

    /// <summary>The sources can use the annotations without a using.</summary>
    public bool HasAnnotations { get; init; } = true;

    /// <summary>The expected messages: the n-th is that of mark <c>{|#n:…|}</c>, or of the n-th mark when none is numbered.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Which of the offered actions to take, where a fix offers several.</summary>
    public int Action { get; init; }

    /// <summary>The expected title of the first action offered.</summary>
    public string? Title { get; init; }

    /// <summary>A project of the given files (name and text without marks); rules that are off by default are on.</summary>
    public Project Project(IEnumerable<KeyValuePair<string, string>> files, DiagnosticAnalyzer analyzer)
    {
        var options = Sources.Options.WithOutputKind(Output).WithNullableContextOptions(Language < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : Nullable)
            .WithSpecificDiagnosticOptions(OffByDefault(analyzer).ToImmutableDictionary(id => id, _ => ReportDiagnostic.Warn));
        var id = ProjectId.CreateNewId();
        var info = ProjectInfo.Create(id, VersionStamp.Default, "Test", "Test", LanguageNames.CSharp, compilationOptions: options,
                parseOptions: new CSharpParseOptions(Language, DocumentationMode.Parse), metadataReferences: AllReferences())
            .WithDocuments(Usings().Concat(files).Select(file => Document(id, file)))
            .WithAdditionalDocuments(AdditionalFiles.Select(file => Document(id, file.Key, Markup.Parse(file.Value).Text)))
            .WithAnalyzerConfigDocuments(Configs().Select(file => Document(id, file)));
        return new AdhocWorkspace().CurrentSolution.AddProject(info).GetProject(id)!;
    }

    private static IEnumerable<string> OffByDefault(DiagnosticAnalyzer analyzer) =>
        analyzer.SupportedDiagnostics.Where(descriptor => !descriptor.IsEnabledByDefault).Select(descriptor => descriptor.Id).Distinct();

    private IEnumerable<MetadataReference> AllReferences()
    {
        ImmutableArray<MetadataReference> references = [.. HasAnnotations ? Frameworks.WithAnnotations(Framework) : Frameworks.References(Framework), .. HasRuntime ? [Frameworks.Runtime] : Array.Empty<MetadataReference>(), .. References];
        return Library is null ? references : references.Add(Frameworks.Compile("Library", Library, Framework, [Annotations.Reference, .. References]));
    }

    private IEnumerable<KeyValuePair<string, string>> Usings() =>
        Language >= LanguageVersion.CSharp10 ? [new("GlobalUsings.cs", Sources.GlobalUsings)] : [];

    private IEnumerable<KeyValuePair<string, string>> Configs()
    {
        if (EditorConfig is not null)
            yield return new(".editorconfig", EditorConfig);
        if (GlobalConfig is not null)
            yield return new(".globalconfig", GlobalConfig);
    }

    private static DocumentInfo Document(ProjectId project, KeyValuePair<string, string> file) => Document(project, file.Key, file.Value);

    private static DocumentInfo Document(ProjectId project, string name, string text) =>
        DocumentInfo.Create(DocumentId.CreateNewId(project), name, filePath: Folder + name,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(text), VersionStamp.Default)));
}
