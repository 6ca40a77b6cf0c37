using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Corpus;

/// <summary>How the compiler would have been called for a project: its options and references.</summary>
internal static class Invocation
{
    // The newest language whatever the framework: polyfills let old frameworks use it, and source for older ones still parses.
    public static CSharpParseOptions Parse(Evaluation evaluation) => new(
        evaluation.Is("LangVersion", "preview") ? LanguageVersion.Preview : LanguageVersion.Latest.MapSpecifiedToEffectiveVersion(),
        DocumentationMode.Parse, SourceCodeKind.Regular, evaluation.Symbols());

    public static CSharpCompilationOptions Options(Project project)
    {
        var evaluation = project.Evaluation;
        var options = new CSharpCompilationOptions(
            evaluation.Property("OutputType") is "Exe" or "WinExe" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: !evaluation.Succeeded || evaluation.Is("AllowUnsafeBlocks", "true"),
            concurrentBuild: true,
            nullableContextOptions: Nullable(evaluation),
            specificDiagnosticOptions: evaluation.Property("NoWarn").Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries)
                .Select(id => int.TryParse(id, out var number) ? $"CS{number:D4}" : id).Distinct()
                .ToImmutableDictionary(id => id, _ => ReportDiagnostic.Suppress));
        return KeyFile(project) is { } key
            ? options.WithStrongNameProvider(new DesktopStrongNameProvider()).WithCryptoKeyFile(key).WithPublicSign(true)
            : options;
    }

    public static string? KeyFile(Project project) =>
        project.Evaluation.Is("SignAssembly", "true")
        && project.Evaluation.Property("AssemblyOriginatorKeyFile") is { Length: > 0 } key
        && File.Exists(Path.Combine(project.Folder, key))
            ? Path.GetFullPath(Path.Combine(project.Folder, key))
            : null;

    public static IEnumerable<MetadataReference> References(Project project)
    {
        var closure = project.Closure().ToList();
        var packages = closure.SelectMany(p => p.Packages).DistinctBy(p => p.Id, StringComparer.OrdinalIgnoreCase).ToList();
        var frameworks = Sdk.Framework(closure.Any(UsesAspNet));
        var taken = frameworks.Select(Path.GetFileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [
            .. frameworks.Concat(Packages.Assemblies(packages).Where(path => taken.Add(Path.GetFileName(path)))).Select(Sdk.File),
            .. closure.Where(p => p != project && p.Files > 0).Select(p => p.AsReference)];
    }

    // Packages of ASP.NET Core parts are in no feed for new versions; the shared framework has them.
    private static bool UsesAspNet(Project project) =>
        project.Evaluation.Items("FrameworkReference").Any(i => Evaluation.Metadata(i, "Identity") == "Microsoft.AspNetCore.App")
        || project.Packages.Any(p => p.Id.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal));

    private static NullableContextOptions Nullable(Evaluation evaluation) =>
        evaluation.Enabled("Nullable") ? NullableContextOptions.Enable
        : evaluation.Is("Nullable", "annotations") ? NullableContextOptions.Annotations
        : evaluation.Is("Nullable", "warnings") ? NullableContextOptions.Warnings
        : NullableContextOptions.Disable;
}
