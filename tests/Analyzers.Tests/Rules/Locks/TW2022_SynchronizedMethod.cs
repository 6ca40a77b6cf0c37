using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SynchronizedMethod>;

namespace Analyzers.Tests.Rules;

public partial class TW2022_SynchronizedMethod
{
    [Fact]
    public Task Fires_on_instance_and_static_methods() => Verify.Fires("""
        using System.Runtime.CompilerServices;

        public class C
        {
            private int _x;

            [MethodImpl(MethodImplOptions.Synchronized)]
            public void [|M|]() => _x++;

            [MethodImpl(MethodImplOptions.Synchronized | MethodImplOptions.NoInlining)]
            public static void [|N|]() { }
        }
        """, "'C.M' runs under the lock of 'this', which other code can take too", "'C.N' runs under the lock of 'typeof(C)', which other code can take too");

    [Fact]
    public Task Fires_on_accessors_and_where_paths_are_followed() => Verify.Fires("""
        using System.Runtime.CompilerServices;

        public class C
        {
            private readonly SemaphoreSlim _turn = new(1, 1);
            private int _x;

            public int X { [MethodImpl(MethodImplOptions.Synchronized)] [|get|] => _x; set => _x = value; }

            [MethodImpl(MethodImplOptions.Synchronized)]
            public void [|M|]()
            {
                _turn.Wait();
                _turn.Release();
            }
        }
        """);

    [Fact]
    public Task Silent_on_other_options() => Verify.Silent("""
        using System.Runtime.CompilerServices;

        public class C
        {
            private readonly object _gate = new();

            // Synchronized
            [MethodImpl(MethodImplOptions.NoInlining)]
            public void M() { lock (_gate) { } }

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public void N() { lock (this) { } }
        }
        """);

    [Fact]
    public Task Silent_on_an_attribute_of_the_same_name() => Verify.Silent("""
        public sealed class SynchronizedAttribute : Attribute { }

        public class C
        {
            [Synchronized]
            public void M() { }
        }
        """);

    [Fact]
    public Task Silent_on_wrappers_that_are_called_so() => Verify.Silent("""
        public class C
        {
            public System.Collections.ArrayList M() => System.Collections.ArrayList.Synchronized(new System.Collections.ArrayList());
        }
        """);

    [Fact]
    public Task Silent_on_methods_without_a_body() => Verify.Silent("""
        using System.Runtime.CompilerServices;

        public abstract class C
        {
            private readonly object _gate = new();
            protected abstract void Synchronized();
            public void M() { lock (_gate) Synchronized(); }
        }
        """);
}
