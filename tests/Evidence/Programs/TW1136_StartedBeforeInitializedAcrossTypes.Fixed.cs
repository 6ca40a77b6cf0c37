/// <summary>Starts nothing until it is told to.</summary>
internal abstract class Book
{
    protected Book() => Opened = Task.CompletedTask;

    public void Start() => Opened = Task.Run(Open);
}

/// <summary>Starts each log when it is complete.</summary>
internal static class Logs
{
    public static Log Next(IEnumerable<int> past)
    {
        var log = new Log(past);
        log.Start();
        return log;
    }
}
