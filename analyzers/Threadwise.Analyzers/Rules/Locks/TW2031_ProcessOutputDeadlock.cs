using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A pipe of a child process is read only after something that may wait for that read.</summary>
internal sealed class ProcessOutputDeadlock() : Rule(
    id: "TW2031",
    title: "Output of a process read too late",
    message: "'{0}' {1} before it reads the {2} of '{3}' ({4}): once that pipe is full the process waits for a reader, and both wait for ever",
    description: "A pipe holds a few kilobytes. A process that writes more than that waits until somebody reads; who waits for the process, or for its other pipe, before reading this one, waits for ever.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var (body, first, late) in PipeDeadlock.In(type.Type))
                type.Report(
                    TypeSite.At(body.Tree, first.Span),
                    Properties.Of(("read", $"{late.Span.Start}+{late.Span.Length}"), ("pipe", late.Pipe)),
                    body.Name,
                    first is Drain read ? $"reads its {Noun(read)} to the end" : "waits for the process to end",
                    Noun(late), late.Process, Properties.Position(TypeSite.At(body.Tree, late.Span)));
        });

    private static string Noun(Drain read) => read.Pipe == "error" ? "error output" : "output";
}
