using System.Threading.Channels;

namespace Threadwise.Runtime.Tests.Messaging.Examples;

/// <summary>The code that the README shows for messages, as it stands there.</summary>
internal sealed record Withdrawal(decimal Amount, Reply<decimal> Reply);

internal sealed class Account(decimal balance)
{
    private decimal _balance = balance;

    public async Task Withdraw(decimal amount)
    {
        if (_balance < amount) // another withdrawal may come in between
            throw new InvalidOperationException("not enough");
        await Record(-amount);
        _balance -= amount;
    }

    private static async Task Record(decimal amount) => await Task.Yield();
}

internal sealed class AccountAgent
{
    private readonly Agent<Withdrawal> _agent;
    private decimal _balance = 100;

    public AccountAgent() => _agent = new Agent<Withdrawal>(async (withdrawal, token) =>
    {
        if (_balance < withdrawal.Amount)
            throw new InvalidOperationException("not enough");
        await Record(-withdrawal.Amount, token);
        _balance -= withdrawal.Amount;
        withdrawal.Reply.Set(_balance);
    });

    public Task<decimal> Withdraw(decimal amount, CancellationToken cancellationToken) => _agent.AskAsync<decimal>(reply => new Withdrawal(amount, reply), cancellationToken);

    private static async Task Record(decimal amount, CancellationToken token) => await Task.Yield();
}

internal sealed class Conversion
{
    public List<string> Stored { get; } = [];

    public async Task Convert(string[] files)
    {
        var texts = Channel.CreateUnbounded<string>();
        var reading = Task.Run(async () =>
        {
            foreach (var file in files)
                await texts.Writer.WriteAsync(await File.ReadAllTextAsync(file)); // throws: the writer is never completed
            texts.Writer.Complete();
        });
        await foreach (var text in texts.Reader.ReadAllAsync()) // and this waits for ever
            await Store(text);
        await reading;
    }

    public Task ConvertInStages(string[] files, CancellationToken cancellationToken) => Pipeline.From(files)
        .Then(async (file, token) => await File.ReadAllTextAsync(file, token), degree: 4)
        .Run(async (text, token) => await Store(text, token), cancellationToken);

    private async Task Store(string text, CancellationToken token = default)
    {
        await Task.Yield();
        Stored.Add(text);
    }
}
