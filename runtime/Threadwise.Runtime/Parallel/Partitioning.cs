namespace Threadwise;

/// <summary>Which worker of a parallel map gets which items.</summary>
public enum Partitioning
{
    /// <summary>Guided, with chunks that last about as long as they should by what the first items took. For asynchronous work: one at a time.</summary>
    Auto,

    /// <summary>As many blocks of neighbours as there are workers. The least overhead; as slow as the slowest block.</summary>
    Blocks,

    /// <summary>Items are dealt like cards: with four workers the first gets 0, 4, 8 and so on. Evens out work that grows or shrinks along the list.</summary>
    Cyclic,

    /// <summary>Whoever is free takes half of its share of what is left, so chunks shrink towards the end. Evens out work of any shape but the heaviest at the start.</summary>
    Guided,

    /// <summary>Whoever is free takes the next item. The best balance, at the cost of one dispatch for each item.</summary>
    One,

    /// <summary>As <see cref="One"/>, and each item is a work item of its own: nothing that one leaves behind on its thread's context is seen by the next.</summary>
    FreshPerItem,
}
