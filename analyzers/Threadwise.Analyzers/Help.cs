using System.Reflection;

namespace Threadwise.Analyzers;

/// <summary>Where a rule's page is read: its file in the public repository, whose address the build declares once.</summary>
internal static class Help
{
    private static readonly string Repository = typeof(Help).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => metadata.Key == "Repository").Value!;

    public static string Link(Rule rule, string id, Family family) =>
        $"{Repository}/blob/main/analyzers/Threadwise.Analyzers/Rules/{family}/{id}_{rule.Name}.md";
}
