namespace Threadwise;

/// <summary>What the library calls by this name. Whoever would wait lets others go first until it need not.</summary>
internal sealed class ManualResetEventSlim(bool initialState, int spinCount = 0)
{
    private bool _isSet = initialState;

    public int SpinCount => spinCount;

    public void Set()
    {
        Steps.Release();
        _isSet = true;
    }

    public void Reset()
    {
        Steps.Point();
        _isSet = false;
    }

    public void Wait() => Steps.Await(() => _isSet);
}
