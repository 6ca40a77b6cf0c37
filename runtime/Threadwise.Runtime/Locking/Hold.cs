namespace Threadwise;

/// <summary>What one scope stands for of those that several can have at a time. Used again by the next; the turn tells which of them it is.</summary>
/// <param name="room">To whom it is given back.</param>
internal sealed class Hold<TRoom>(TRoom room)
{
    // The turn is written under the room's gate, and read without it by those who only ask. Its upper half comes into use at once, in every test.
    private long _turn = uint.MaxValue - 1L;

    public TRoom Room => room;

    public long Turn => Volatile.Read(ref _turn);

    public bool IsWrite { get; set; }

    public Hold<TRoom>? Next { get; set; }

    /// <summary>No scope of before stands for it any more.</summary>
    public void End() => Volatile.Write(ref _turn, _turn + 1);
}

/// <summary>Holds that nobody has, to be used again. Behind the room's gate.</summary>
internal struct Holds<TRoom>
{
    private Hold<TRoom>? _first;

    public Hold<TRoom> Take(TRoom room)
    {
        var first = _first;
        if (first is null)
            return new Hold<TRoom>(room);
        _first = first.Next;
        first.Next = null;
        return first;
    }

    /// <summary>Takes it back. False when the turn is over already.</summary>
    public bool TryEnd(Hold<TRoom> hold, long turn)
    {
        if (hold.Turn != turn)
            return false;
        hold.End();
        hold.Next = _first;
        _first = hold;
        return true;
    }
}
