namespace Threadwise.Analyzers.Rules;

/// <summary>Async code asks a reader whether there is more, which reads more, synchronously.</summary>
internal sealed class EndOfStreamInAsync() : Rule(
    id: "TW3013",
    title: "EndOfStream in async code",
    message: "'{0}' blocks a thread inside async '{1}' until there is more to read; read until 'ReadLineAsync' returns null",
    description: "To know whether there is more, the reader fills its buffer, and does it synchronously. The asynchronous way to read tells the end by itself.")
{
    public override void Look(When when) =>
        when.Blocks(static (site, block) =>
        {
            if (block is { Fact: { Kind: "io", Twin: "" }, Member: IPropertySymbol } && site.StopsAsyncCode(block))
                site.ReportStopForData(Properties.None, site.Text(block.Member), site.In);
        });
}
