extern alias explored;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Threadwise.Runtime.Tests.Mutation;

/// <summary>How a test ends on a mutant.</summary>
internal enum Verdict
{
    /// <summary>It does not notice it.</summary>
    Passes,

    /// <summary>It kills it.</summary>
    Fails,

    /// <summary>It does not come back: a real lock is waited for that nobody gives back. That kills the mutant too.</summary>
    Hangs,

    /// <summary>There were too many schedules for the time. That says nothing.</summary>
    TakesLong,
}

/// <summary>Compiles mutants of the explored library and runs tests on them: those of the classes named <c>…_Interleavings</c>, which have no parameters and explore.</summary>
internal static class Laboratory
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>What says of a model that it could not be explored, and nothing of the mutant.</summary>
    private static readonly string[] s_idle = ["too large to be explored", "this is no schedule of the model"];

    private static readonly string s_repository = Path.GetFullPath(Path.Combine(
        typeof(Laboratory).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "PublicApi").Value!, "../../.."));

    private static readonly CSharpParseOptions s_parsing = new(
        LanguageVersion.Preview, preprocessorSymbols: ["NET", "NETCOREAPP", "NET10_0", .. Enumerable.Range(5, 6).Select(static version => $"NET{version}_0_OR_GREATER")]);

    private static readonly Lazy<Dictionary<string, SyntaxTree>> s_sources = new(Parsed);

    private static readonly Lazy<CSharpCompilation> s_whole = new(static () => CSharpCompilation.Create(
        typeof(explored::Threadwise.Steps).Assembly.GetName().Name,
        s_sources.Value.Values.Append(Implicit()),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable)));

    private static readonly Lazy<CSharpCompilation> s_interleaved = new(static () => s_sources.Value.Where(static source => IsProduct(source.Key))
        .Aggregate(s_whole.Value, static (whole, source) => whole.ReplaceSyntaxTree(source.Value, Tree(source.Key, new Interleaved().Visit(source.Value.GetRoot()).ToFullString()))));

    public static string Folder => Path.Combine(s_repository, "tests/Runtime.Tests/Mutation");

    /// <summary>Every lock, fence and interlocked operation of the folder, and what <c>changes.txt</c> says.</summary>
    public static IEnumerable<Mutant> Mutants(string folder)
    {
        var files = s_sources.Value.Where(source => source.Key.Contains($"/Threadwise.Runtime/{folder}/", StringComparison.Ordinal)).OrderBy(static source => source.Key, StringComparer.Ordinal).ToList();
        return [.. files.SelectMany(source => Mutant.Of(folder, source.Key, source.Value)), .. Changes(folder, files)];
    }

    /// <summary>The library where the mutant changes it, as it is.</summary>
    public static Mutant Unchanged(Mutant mutant) => mutant with { Text = s_sources.Value[mutant.Path].ToString() };

    /// <summary>Which tests could kill a mutant: those beside the tests of its folder, those of its own type first.</summary>
    public static List<string> TestsFor(Mutant mutant) =>
    [.. from type in typeof(Laboratory).Assembly.GetTypes()
        where (type.Name.EndsWith("_Interleavings", StringComparison.Ordinal) || type.Name == "Linearizability") && type.Namespace == mutant.Tests
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is not null && method.GetParameters().Length == 0 && method.ReturnType == typeof(void)
        orderby type.Name.StartsWith(mutant.Type, StringComparison.Ordinal) descending, type.Name, method.Name
        select $"{type.Name}.{method.Name}"];

    /// <summary>The library of which a mutant is a part, and this assembly on top of it, loaded apart from all others.</summary>
    public static Assembly Grow(Mutant mutant)
    {
        var whole = mutant.Sight == Sight.EachStatement ? s_interleaved.Value : s_whole.Value;
        var before = whole.SyntaxTrees.Single(tree => tree.FilePath == mutant.Path);
        CSharpSyntaxRewriter? closer = mutant.Sight switch
        {
            Sight.EachStatement => new Interleaved(),
            Sight.LateWrites => new SeenLater(),
            _ => null,
        };
        var text = closer?.Visit(Tree(mutant.Path, mutant.Text).GetRoot()).ToFullString() ?? mutant.Text;
        using var image = new MemoryStream();
        var emitted = whole.ReplaceSyntaxTree(before, Tree(mutant.Path, text)).Emit(image);
        Assert.True(emitted.Success, $"{mutant.Name}: {string.Join('\n', emitted.Diagnostics.Where(static problem => problem.Severity == DiagnosticSeverity.Error).Take(3))}");
        image.Position = 0;
        var context = new Apart();
        context.Library = context.LoadFromStream(image);
        return context.LoadFromAssemblyPath(typeof(Laboratory).Assembly.Location);
    }

    /// <summary>How the test ends on the mutant. One that takes long where the library itself passes at once hangs.</summary>
    public static Verdict Try(string test, Assembly grown, int schedules = int.MaxValue)
    {
        var limit = grown.GetType(typeof(Interleaving.Exploration).FullName!)!.GetProperty(nameof(Interleaving.Exploration.Limit))!;
        limit.SetValue(null, schedules);
        var (typeName, methodName) = (test.Split('.')[0], test.Split('.')[1]);
        var type = grown.GetTypes().Single(type => type.Name == typeName);
        var method = type.GetMethod(methodName) ?? throw new MissingMethodException(typeName, methodName);
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Xunit.Record.Exception(() => method.Invoke(Activator.CreateInstance(type), null))) { IsBackground = true };
        thread.Start();
        if (!thread.Join(s_patience))
        {
            limit.SetValue(null, 0);
            return thread.Join(s_patience) ? Verdict.TakesLong : Verdict.Hangs;
        }

        return thrown?.ToString() is { } told && !Array.Exists(s_idle, told.Contains) ? Verdict.Fails : Verdict.Passes;
    }

    /// <summary>Lines of three: a file, what stands there once, and what is there instead.</summary>
    private static IEnumerable<Mutant> Changes(string folder, List<KeyValuePair<string, SyntaxTree>> files)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "changes.txt")).Where(static line => line.Length > 0 && line[0] != '#').ToList();
        for (var i = 0; i + 2 < lines.Count; i += 3)
            foreach (var (path, tree) in files.Where(file => Path.GetFileName(file.Key) == lines[i]))
            {
                var text = tree.ToString();
                Assert.True(text.Split(lines[i + 1]).Length == 2, $"'{lines[i + 1]}' does not stand once in {lines[i]}");
                yield return new Mutant(folder, $"{lines[i]}: {lines[i + 1]} => {lines[i + 2]}", path, text.Replace(lines[i + 1], lines[i + 2]), Sight.Usual);
            }
    }

    private static Dictionary<string, SyntaxTree> Parsed() =>
        new[] { "runtime/Threadwise.Runtime", "tests/Runtime.Explored" }
            .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(s_repository, folder), "*.cs", SearchOption.AllDirectories))
            .Select(static path => path.Replace('\\', '/'))
            .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Where(static path => !path.EndsWith("/Threadwise.Runtime/Locking/Gate.cs", StringComparison.Ordinal))
            .ToDictionary(static path => path, static path => Tree(path, File.ReadAllText(path)));

    private static bool IsProduct(string path) => path.Contains("/runtime/Threadwise.Runtime/", StringComparison.Ordinal);

    private static SyntaxTree Tree(string path, string text) => CSharpSyntaxTree.ParseText(text, s_parsing, path);

    private static SyntaxTree Implicit() => Tree("Implicit.cs", """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Runtime.Tests")]
        """);

    /// <summary>Has the mutant in place of the explored library; everything else is that of the host.</summary>
    private sealed class Apart() : AssemblyLoadContext("mutant")
    {
        public Assembly? Library { get; set; }

        protected override Assembly? Load(AssemblyName name) => name.Name == Library?.GetName().Name ? Library : null;
    }
}
