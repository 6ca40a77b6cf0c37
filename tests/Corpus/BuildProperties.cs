using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Corpus;

/// <summary>What a build tells analyzers about its project. The code's own .editorconfig does not count: every rule is measured as we ship it.</summary>
internal sealed class BuildProperties(Evaluation evaluation) : AnalyzerConfigOptionsProvider
{
    private static readonly string[] Visible = ["IsTestProject", "UseWPF", "UseWindowsForms", "OutputType", "TargetFrameworks"];

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(
        Visible.ToDictionary(name => "build_property." + name, evaluation.Property, AnalyzerConfigOptions.KeyComparer));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => values.Keys;

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
