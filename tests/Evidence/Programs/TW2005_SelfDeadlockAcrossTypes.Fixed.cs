/// <summary>The loader is called when the lock is free again.</summary>
internal sealed class Cache
{
    public async Task<int> GetAsync(int key)
    {
        await _turn.WaitAsync();
        try
        {
            if (_values.TryGetValue(key, out var value))
            {
                return value;
            }
        }
        finally
        {
            _turn.Release();
        }

        return await loader.LoadAsync(this, key);
    }
}
