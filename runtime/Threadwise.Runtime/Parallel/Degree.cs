namespace Threadwise;

/// <summary>How many workers a parallel map may have. It can be changed while maps run: each follows before its next item begins.</summary>
/// <remarks>
/// <code>
/// var degree = new Degree(2);
/// var map = ParallelMap.MapAsync(pages, FetchAsync, new MapOptions { Degree = degree });
/// degree.Value = 8;
/// </code>
/// <para>A map never has more workers than items, nor more than the ambient <see cref="DegreeBudget"/> leaves it; it always has one. When the value goes down, a worker too many
/// leaves when it has finished its item; when it goes up, workers are added at once.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread.</para>
/// </remarks>
public sealed class Degree
{
    private readonly Gate _gate = new();
    private int _value;
    private Action? _changed;

    /// <summary>That many workers, until the value is changed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than one.</exception>
    public Degree(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        _value = value;
    }

    private Degree()
    {
    }

    /// <summary>One worker for each processor that this process may use. Limits of a container, the affinity of the process and <c>DOTNET_PROCESSOR_COUNT</c> count.</summary>
    public static Degree Auto { get; } = new();

    /// <summary>How many workers a map may have now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The new value is less than one.</exception>
    /// <exception cref="InvalidOperationException">A value is set on <see cref="Auto"/>, which all share.</exception>
    public int Value
    {
        get => IsAuto ? Environment.ProcessorCount : Volatile.Read(ref _value);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            if (IsAuto)
                throw new InvalidOperationException("Degree.Auto is shared by all and cannot be changed; make a Degree of your own.");
            Action? changed;
            // Whoever begins to watch meanwhile is told, or sees the value.
            using (_gate.Enter())
                (_value, changed) = (value, _changed);
            changed?.Invoke();
        }
    }

    /// <summary>Why the value is what it is, in words.</summary>
    public string Reason => IsAuto ? $"{Value}, one for each processor that this process may use" : $"{Value}, as set";

    private bool IsAuto => ReferenceEquals(this, Auto);

    /// <summary>That many workers, until the value is changed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than one.</exception>
    public static implicit operator Degree(int value) => new(value);

    /// <summary>The value, and why.</summary>
    public override string ToString() => Reason;

    /// <summary>Has something done after each change.</summary>
    internal void Watch(Action change)
    {
        if (!IsAuto)
            using (_gate.Enter())
                _changed += change;
    }

    internal void Unwatch(Action change)
    {
        if (!IsAuto)
            using (_gate.Enter())
                _changed -= change;
    }
}
