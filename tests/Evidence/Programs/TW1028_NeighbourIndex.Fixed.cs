/// <summary>One number after the other.</summary>
internal static class Sums
{
    public static void Accumulate(int[] values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            values[i] += values[i - 1];
        }
    }
}
