namespace Threadwise;

/// <summary>What the end of one task means for the others of its <see cref="TaskGroup"/>.</summary>
public enum GroupPolicy
{
    /// <summary>All are needed: the first that fails cancels the others, and its exception is the group's.</summary>
    All,

    /// <summary>One is enough: the first that succeeds cancels the others. The group fails only when none succeeded.</summary>
    FirstSuccess,

    /// <summary>Each is on its own: none cancels another, and failures stay in the tasks that <c>Start</c> returned.</summary>
    Settle,
}
