namespace Threadwise.Analyzers.Rules;

/// <summary>A line of a <c>threadwise.*.txt</c> file says nothing. It is about a file, not about code: <see cref="KnowledgeFileAnalyzer"/> reports it.</summary>
internal sealed class MalformedKnowledgeFile() : Rule(
    id: "TW9001",
    title: "Malformed knowledge file",
    message: "'{0}' line {1} is ignored: {2}",
    description: "The line cannot be read as a row, or its type has no such member. What it should have taught the analyzers they do not know, so findings are missed or wrong.")
{
    public override void Look(When when)
    {
    }
}
