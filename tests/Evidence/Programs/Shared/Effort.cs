using System.Threading;

/// <summary>What it takes to find a number: nothing where the cost of a fix is measured, more where calls are to overlap.</summary>
public static class Effort
{
    /// <summary>The number itself, after so many turns of work; a hundred take some microseconds.</summary>
    public static int Of(int number, int turns)
    {
        if (turns > 0)
        {
            Thread.SpinWait(turns);
        }

        return number;
    }

    /// <summary>The number itself, when somebody else has answered, which takes so many milliseconds.</summary>
    public static int Elsewhere(int number, int milliseconds)
    {
        if (milliseconds > 0)
        {
            Thread.Sleep(milliseconds);
        }

        return number;
    }
}
