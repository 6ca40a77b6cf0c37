using System;

/// <summary>One section decides and takes.</summary>
internal sealed class Stock
{
    public int Take(int wanted, int effort)
    {
        lock (_gate)
        {
            var taken = Effort.Of(Math.Min(wanted, _left), effort);
            _left -= taken;
            return taken;
        }
    }
}
