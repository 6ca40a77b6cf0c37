namespace Company;

public static class Clock
{
    public static void Doze(int milliseconds) => Thread.Sleep(milliseconds);

    public static void Rest(int milliseconds) => Thread.Sleep(milliseconds);

    public static async Task WaitAsync()
    {
        await Task.Yield();
        Doze(10);
        Rest(10);
    }
}
