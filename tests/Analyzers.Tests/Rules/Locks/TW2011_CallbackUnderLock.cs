using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CallbackUnderLock>;

namespace Analyzers.Tests.Rules;

public class TW2011_CallbackUnderLock
{
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly SemaphoreSlim _s = new(1, 1);
            private readonly Func<int>? _make;
            private int _x;

            public event EventHandler? Changed;

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    private static Task Fires(string members, params string[] messages) => Verify.Fires(Class(members), messages);

    private static Task Silent(string members) => Verify.Silent(Class(members));

    [Fact]
    public Task C5_171_Fires_on_an_event() => Fires("""
        public void M()
        {
            lock (_g)
                Changed?[|.Invoke(this, EventArgs.Empty)|];
        }
        """, "'C.M' calls 'Changed' while it holds '_g' (Test0.cs:12); code it does not know runs inside the lock");

    [Theory]
    [InlineData("_x = [|_make!()|];")]
    [InlineData("_x = [|make()|];")]
    [InlineData("var handler = Changed; if (handler != null) [|handler(this, EventArgs.Empty)|];")]
    [InlineData("[|OnChanged()|];")]
    public Task Fires_on_a_delegate_and_on_what_can_be_overridden(string code) => Fires($$"""
        public void M(Func<int> make)
        {
            lock (_g)
            {
                {{code}}
            }
        }

        protected virtual void OnChanged() { }
        """);

    [Fact]
    public Task C5_171_Fires_in_the_body_that_took_the_innermost_lock_only() => Fires("""
        public void M()
        {
            lock (_g)
                N();
        }

        private void N()
        {
            _s.Wait();
            try { Changed?[|.Invoke(this, EventArgs.Empty)|]; } finally { _s.Release(); }
        }

        private void O() => Changed?.Invoke(this, EventArgs.Empty);

        public void P()
        {
            lock (_g)
                O();
        }
        """, "'C.N' calls 'Changed' while it holds '_s' (Test0.cs:18); code it does not know runs inside the lock");

    [Fact]
    public Task Silent_after_the_lock() => Silent("""
        public void M()
        {
            lock (_g)
                _x++;
            Changed?.Invoke(this, EventArgs.Empty);
        }
        """);

    [Fact]
    public Task C5_173_Silent_on_a_lambda_that_runs_later() => Silent("""
        public void M()
        {
            lock (_g)
            {
                _ = Task.Run(() => Changed?.Invoke(this, EventArgs.Empty));
                Changed += (_, _) => _x++;
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_lambda_of_ones_own() => Silent("""
        public void M()
        {
            Func<int> make = () => 1;
            lock (_g)
                _x = make();
            Locked(() => _x++);
        }

        private void Locked(Action body)
        {
            lock (_g)
                body();
        }
        """);

    [Fact]
    public Task C5_172_Silent_on_interface_members_and_members_nobody_outside_can_override() => Silent("""
        public void M(IDisposable other, List<int> list)
        {
            lock (_g)
            {
                other.Dispose();
                list.Add(ToString()!.Length);
                OnChanged();
            }
        }

        private protected virtual void OnChanged() { }
        """);

    [Fact]
    public Task Silent_on_what_every_object_has_and_on_properties() => Silent("""
        public virtual int Count => 1;

        public void M()
        {
            lock (_g)
                _x = Count + ToString().Length + GetHashCode();
        }

        public override string ToString() => "";
        """);

    [Fact]
    public Task Silent_on_a_sealed_type() => Verify.Silent("""
        public abstract class B
        {
            protected abstract void OnChanged();
        }

        public sealed class C : B
        {
            private readonly object _g = new();

            public void M()
            {
                lock (_g)
                    OnChanged();
            }

            protected override void OnChanged() { }
        }
        """);

    [Fact]
    public Task Silent_when_the_base_is_called() => Verify.Silent("""
        public class B
        {
            protected virtual void OnChanged() { }
        }

        public class C : B
        {
            private readonly object _g = new();

            protected override void OnChanged()
            {
                lock (_g)
                    base.OnChanged();
            }
        }
        """);
}
