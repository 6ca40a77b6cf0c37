namespace BankTransfer;

/// <summary>Asks for exchange rates, which takes a moment.</summary>
public sealed class RateFeed
{
    public async Task<decimal> ConvertAsync(decimal amount, string currency)
    {
        await Console.Out.WriteLineAsync($"converting {amount} {currency}");
        var rate = FetchAsync(currency).Result;
        return amount * rate;
    }

    private static async Task<decimal> FetchAsync(string currency)
    {
        await Task.Delay(10);
        return currency == "EUR" ? 1.1m : 1m;
    }
}
