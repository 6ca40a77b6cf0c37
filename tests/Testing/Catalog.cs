using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers;
using Threadwise.CodeFixes;

namespace Threadwise.Testing;

/// <summary>Every rule and fix, found by reflection, and where their files are: the one list that pages, tables and tests are made from.</summary>
internal static class Catalog
{
    /// <summary>The root of the repository.</summary>
    public static readonly string Repository = Up(AppContext.BaseDirectory, "Analyzers.sln");

    public static ImmutableArray<Rule> Rules => Rule.All;

    public static readonly ImmutableArray<CodeFixProvider> Fixes = [.. InstancesOf<CodeFixProvider>(typeof(Fix))];

    public static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. InstancesOf<DiagnosticAnalyzer>(typeof(Rule))];

    public static string Id(this Rule rule) => rule.Descriptor.Id;

    public static CodeFixProvider? FixOf(this Rule rule) => Fixes.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(rule.Id()));

    /// <summary>Name without extension of the rule's four files.</summary>
    public static string FileName(this Rule rule) => $"{rule.Id()}_{rule.Name}";

    public static string SourceFile(this Rule rule) => In("analyzers/Threadwise.Analyzers/Rules", rule, ".cs");

    public static string Page(this Rule rule) => In("analyzers/Threadwise.Analyzers/Rules", rule, ".md");

    public static string FixFile(this Rule rule) => In("codefixes/Threadwise.CodeFixes/Fixes", rule, ".cs");

    public static string TestFile(this Rule rule) => In("tests/Analyzers.Tests/Rules", rule, ".cs");

    public static string PathOf(string relative) => Path.Combine(Repository, relative.Replace('/', Path.DirectorySeparatorChar));

    private static IEnumerable<T> InstancesOf<T>(Type beside) =>
        beside.Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal).Select(type => (T)Activator.CreateInstance(type)!);

    private static string In(string folder, Rule rule, string extension) => PathOf($"{folder}/{rule.Family}/{rule.FileName()}{extension}");

    private static string Up(string from, string marker) =>
        File.Exists(Path.Combine(from, marker)) ? from : Up(Path.GetDirectoryName(from) ?? throw new DirectoryNotFoundException(marker), marker);
}
