using BankTransfer;

var bank = new Bank();
bank.Open("Ada", 100);
bank.Open("Ben", 50);

var amount = await new RateFeed().ConvertAsync(20, "EUR");
await Task.Run(() => bank.Transfer("Ada", "Ben", amount));

Console.WriteLine(bank.Statement());
Console.WriteLine($"{bank.Transfers} transfer");
