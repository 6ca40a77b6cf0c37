using System.Reflection;
using Real = System.Threading.CancellationTokenRegistration;

namespace Threadwise;

/// <summary>What the library calls by this name. Whoever disposes of it while another thread calls what is registered lets that thread go first.</summary>
internal readonly struct CancellationTokenRegistration(Real real) : IDisposable
{
    private static readonly Func<object, string, object?> s_field = static (of, name) => of.GetType().GetField(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(of);

    public static implicit operator CancellationTokenRegistration(Real real) => new(real);

    public bool Unregister() => real.Unregister();

    public void Dispose()
    {
        Steps.Point();
        if (!real.Unregister() && s_field(real, "_node") is { } node)
        {
            var (id, all, me) = (s_field(real, "_id")!, s_field(node, "Registrations")!, Environment.CurrentManagedThreadId);
            Steps.Await(() => !id.Equals(s_field(all, "ExecutingCallbackId")) || me.Equals(s_field(all, "ThreadIDExecutingCallbacks")));
        }

        real.Dispose();
    }
}
