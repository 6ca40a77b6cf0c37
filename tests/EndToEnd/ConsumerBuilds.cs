using System.Text.Json;
using Xunit;

namespace EndToEnd;

/// <summary>What <c>dotnet build</c> says in projects that install the package, whatever their kind.</summary>
[Collection<Consumers>]
public sealed class ConsumerBuilds(Workshop workshop)
{
    private static readonly string[] Vault = ["warning TW1002", "warning TW2001", "warning TW2001", "warning TW3001"];

    [Fact]
    public void A_console_project_gets_warnings() => Assert.Equal(Vault, workshop.Reported("Console"));

    [Fact]
    public void A_web_project_gets_warnings() => Assert.Equal(["warning TW3005"], workshop.Reported("Web"));

    [Fact]
    public void A_project_with_central_packages_gets_warnings_without_naming_the_package() => Assert.Equal(Vault, workshop.Reported("Central"));

    [Fact]
    public void A_project_for_several_frameworks_gets_them_for_each()
    {
        var frameworks = workshop.Findings["Multi"].GroupBy(finding => finding.Project.Split("::")[1]).ToList();
        Assert.Equal(["TargetFramework=net10.0", "TargetFramework=net8.0"], frameworks.Select(framework => framework.Key).Order());
        Assert.All(frameworks, framework => Assert.Equal(Vault, Workshop.Said(framework)));
    }

    [Fact]
    public void A_project_that_only_references_such_projects_gets_nothing() => Assert.Empty(workshop.Reported("Dependent"));

    [Fact]
    public void A_finding_is_one_line_that_ends_in_the_rules_page() =>
        Assert.All(workshop.Findings["Console"], finding => Assert.Matches($@"^\S.+ \(https://\S+/{finding.Id}_\w+\.md\)$", finding.Message));

    [Fact]
    public void Nothing_else_goes_wrong()
    {
        Assert.DoesNotContain("AD0001", workshop.Build.Output);
        Assert.DoesNotContain("CS8032", workshop.Build.Output);
        Assert.DoesNotContain("error CS", workshop.Build.Output);
        Assert.DoesNotContain("error MSB", workshop.Build.Output);
        Assert.DoesNotContain("error NU", workshop.Build.Output);
    }

    [Fact]
    public async Task One_rule_can_fail_the_build()
    {
        var build = await Dotnet.Run(workshop.Folder, "build", "Console", "--no-restore", "--no-incremental", "-clp:NoSummary", "-warnaserror:TW2001");
        Assert.NotEqual(0, build.ExitCode);
        Assert.Equal(["error TW2001", "error TW2001", "warning TW1002", "warning TW3001"], Workshop.Said(build.Findings));
    }

    [Fact]
    public void The_error_log_has_the_findings_with_their_properties()
    {
        using var log = JsonDocument.Parse(workshop.Sarif);
        var results = log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Where(result => result.GetProperty("ruleId").GetString() == "TW2001").ToList();
        Assert.Equal(2, results.Count);
        Assert.All(results, result =>
        {
            Assert.Equal("warning", result.GetProperty("level").GetString());
            Assert.EndsWith("Code/Vault.cs", result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
            Assert.NotEqual(0, result.GetProperty("relatedLocations").GetArrayLength());
        });
        Assert.Single(results.Select(result => result.GetProperty("properties").GetProperty("customProperties").GetProperty("cycleId").GetString()).Distinct());
    }

    [Fact]
    public async Task A_fix_can_be_applied_from_the_command_line_and_the_project_still_builds()
    {
        Assert.Equal(["warning TW3001", "warning TW3001"], workshop.Reported("Formatted"));
        (await Dotnet.Run(workshop.Folder, "format", "analyzers", "Formatted", "--diagnostics", "TW3001", "--severity", "warn", "--no-restore")).MustSucceed();
        var source = await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "Formatted", "Totals.cs"));
        Assert.Contains("        // Both are needed.\n        return await left + await right;\n", source.ReplaceLineEndings("\n"));
        Assert.Empty((await Dotnet.Run(workshop.Folder, "build", "Formatted", "--no-restore")).MustSucceed().Findings);
    }
}
