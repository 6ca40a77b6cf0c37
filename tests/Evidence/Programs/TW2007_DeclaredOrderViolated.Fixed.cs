/// <summary>The locks are taken in the declared order.</summary>
internal sealed class Store
{
    public void Rebuild()
    {
        lock (_data)
        {
            lock (_index)
            {
                _positions = _numbers.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
            }
        }
    }
}
