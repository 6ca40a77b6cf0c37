/// <summary>A connection is made when it is first asked for its value, and then once.</summary>
internal sealed class Connections
{
    public Connection Get(int host) => _lazy.GetOrAdd(host, _ => new Lazy<Connection>(() => new Connection())).Value;
}
