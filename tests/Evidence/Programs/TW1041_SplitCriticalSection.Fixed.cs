using System;

/// <summary>One section decides and takes.</summary>
internal sealed class Stock
{
    public int Take(int wanted)
    {
        lock (_gate)
        {
            var taken = Math.Min(wanted, _left);
            _left -= taken;
            return taken;
        }
    }
}
