namespace Threadwise.Testing;

/// <summary>What breaks a convention, listed in full.</summary>
internal static class Violations
{
    public static void None(IEnumerable<string> violations)
    {
        var all = violations.ToList();
        if (all.Count > 0)
            throw new VerifyException(string.Join("\n", all));
    }
}
