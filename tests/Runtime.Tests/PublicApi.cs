using System.Reflection;
using System.Text;
using Xunit;

namespace Threadwise.Runtime.Tests;

/// <summary>The public surface of the runtime library is what <c>PublicApi.txt</c> says. <c>UPDATE=1</c> rewrites the file.</summary>
public class PublicApi
{
    private static readonly Assembly Library = typeof(GuardedByAttribute).Assembly;

    [Fact]
    public void Is_the_recorded_one()
    {
        var file = typeof(PublicApi).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PublicApi").Value!;
        var actual = Describe();
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
            File.WriteAllText(file, actual);
        Assert.Equal(File.ReadAllText(file), actual);
    }

    [Fact]
    public void Needs_nothing_but_the_framework() =>
        Assert.All(Library.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name));

    [Fact]
    public void May_be_trimmed() =>
        Assert.Contains(Library.GetCustomAttributes<AssemblyMetadataAttribute>(), data => data is { Key: "IsTrimmable", Value: "True" });

    private static string Describe()
    {
        var text = new StringBuilder();
        foreach (var type in Library.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.IsSealed ? "sealed " : "").Append(type.FullName).Append(" : ").Append(type.BaseType?.FullName).Append('\n');
            foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(member => $"    {member}\n").Order(StringComparer.Ordinal))
                text.Append(member);
        }

        return text.ToString();
    }
}
