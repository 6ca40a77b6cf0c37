using Threadwise;

namespace BankTransfer;

/// <summary>Accounts, and the journal of what was done to them.</summary>
public sealed class Bank
{
    private readonly object _accounts = new();
    private readonly object _journal = new();
    private readonly Dictionary<string, decimal> _balances = [];
    private readonly List<string> _entries = [];

    [GuardedBy("_journal")]
    private int _transfers;

    public void Open(string owner, decimal balance)
    {
        lock (_accounts)
            _balances.Add(owner, balance);
    }

    public void Transfer(string from, string to, decimal amount)
    {
        lock (_accounts)
        {
            _balances[from] -= amount;
            _balances[to] += amount;
            lock (_journal)
            {
                _entries.Add($"{from} -> {to}: {amount}");
                _transfers++;
            }
        }
    }

    public string Statement()
    {
        lock (_journal)
        {
            lock (_accounts)
                return $"{_entries.Count} entries, {_balances.Values.Sum()} in all accounts";
        }
    }

    public int Transfers => _transfers;
}
