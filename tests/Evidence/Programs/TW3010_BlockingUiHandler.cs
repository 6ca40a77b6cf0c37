using System;
using System.Threading.Tasks;

/// <summary>A window that shows what a server answers.</summary>
internal sealed class Window(Func<Task<string>> load) : System.Windows.Forms.Control
{
    private string _text = "";

    public void Click() => OnClick(this, EventArgs.Empty);

    private void OnClick(object? sender, EventArgs e)
    {
        _text = load().Result;
    }
}

namespace System.Windows.Forms
{
    /// <summary>Stands for that of Windows Forms, which is not everywhere.</summary>
    internal class Control;
}

/// <summary>What it costs where nothing is stuck: clicks while the answer is there; before the fix any other click never ends.</summary>
public static class Scenario
{
    public const string Measures = "one click on a window whose answer is there already; before the fix any other click never ends";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var answer = Task.FromResult("");
        var window = new Window(() => answer);
        for (var i = 0; i < size; i++)
            window.Click();
        return size;
    }
}

/// <summary>Threads like those of user interfaces, on each of which a window is clicked; one whose handler is not over at the limit is stuck.</summary>
public static class Program
{
    public static void Main(string[] args) => Ui.Run(args, static delay => new Window(() => LoadAsync(delay)).Click());

    /// <summary>Comes back to the thread it was called on.</summary>
    private static async Task<string> LoadAsync(int delay)
    {
        await Task.Delay(delay);
        return "answer";
    }
}
