using System.Reflection;
using System.Runtime.Loader;
using Xunit;

namespace EndToEnd;

/// <summary>The packed dlls in compilers from the oldest promised to the newest: they load and report.</summary>
public sealed class CompilerVersions(Feed feed)
{
    private const string Source = """
        using System.Threading;
        using System.Threading.Tasks;

        public class Feed
        {
            public async Task PollAsync()
            {
                await Task.Yield();
                Thread.Sleep(10);
            }
        }
        """;

    [Theory]
    [InlineData("4.5.0")]
    [InlineData("4.8.0")]
    [InlineData("4.14.0")]
    [InlineData("5.12.0")]
    public void The_packed_analyzers_load_and_report_on(string compiler)
    {
        var references = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll").Where(path => !path.Contains("Native")).ToArray();
        var context = new Compiler(compiler);
        var host = context.LoadFromAssemblyPath(Place.Output("tests/EndToEnd/Host/EndToEnd.Host.csproj")).GetType("EndToEnd.Host.CompilerHost")!;
        var lines = (string[])host.GetMethod("Analyze")!.Invoke(null, [feed.AnalyzerDlls, Source, references])!;
        Assert.Equal([$"compiler {compiler}", "found TW3005"], lines);
    }

    /// <summary>A load context in which the compiler is of one version, from NuGet's folder.</summary>
    private sealed class Compiler(string version) : AssemblyLoadContext($"compiler {version}")
    {
        private static readonly string[] Frameworks = ["net10.0", "net9.0", "net8.0", "net7.0", "net6.0", "netcoreapp3.1", "netstandard2.0"];

        protected override Assembly? Load(AssemblyName name)
        {
            var package = name.Name switch { "Microsoft.CodeAnalysis" => "microsoft.codeanalysis.common", "Microsoft.CodeAnalysis.CSharp" => "microsoft.codeanalysis.csharp", _ => null };
            if (package is null)
                return null;
            var files = Frameworks.Select(framework => Path.Combine(Place.Packages, package, version, "lib", framework, name.Name + ".dll"));
            return LoadFromAssemblyPath(files.First(File.Exists));
        }
    }
}
