using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.DisposeWaitsForCallback>;

namespace Analyzers.Tests.Rules;

public class TW2034_DisposeWaitsForCallback
{
    private static string Type(string members) => $$"""
        class C
        {
            readonly object _g = new(); readonly object _h = new(); CancellationTokenRegistration _registration; bool _stopped;
            {{members}}
        }
        """;

    [Fact]
    public Task Fires_on_a_registration_kept_in_a_field() => Verify.Fires(Type("""
        void Start(CancellationToken token) { _registration = token.Register(() => { lock (_g) { _stopped = true; } }); }
        void Stop() { lock (_g) { [|_registration.Dispose()|]; } }
        """), "'C.Stop' disposes of a registration while it holds '_g', which its callback takes (Test0.cs:4); if the callback runs, neither goes on");

    [Fact]
    public Task Fires_on_a_method_as_callback() => Verify.Fires(Type("""
        void Start(CancellationToken token) { _registration = token.Register(Cancelled); }
        void Cancelled() { lock (_g) { _stopped = true; } }
        void Stop() { lock (_g) { [|_registration.Dispose()|]; } }
        """));

    [Fact]
    public Task Fires_on_a_local_registration() => Verify.Fires(Type("""
        void M(CancellationToken token) { var r = token.Register(() => { lock (_g) _stopped = true; }); lock (_g) { [|r.Dispose()|]; } }
        """));

    [Fact]
    public Task Silent_after_the_release() => Verify.Silent(Type("""
        void Start(CancellationToken token) { _registration = token.Register(() => { lock (_g) { _stopped = true; } }); }
        void Stop() { lock (_g) { _stopped = true; } _registration.Dispose(); }
        """));

    [Fact]
    public Task Silent_under_another_lock() => Verify.Silent(Type("""
        void Start(CancellationToken token) { _registration = token.Register(() => { lock (_h) { _stopped = true; } }); }
        void Stop() { lock (_g) { _registration.Dispose(); } }
        """));

    [Fact]
    public Task Silent_when_the_callback_is_unknown() => Verify.Silent(Type("""
        void Start(CancellationToken token, Action callback) { _registration = token.Register(callback); }
        void Stop() { lock (_g) { _registration.Dispose(); } }
        """));

    [Fact]
    public Task Silent_when_the_registration_is_only_taken_back() => Verify.Silent(Type("""
        void Start(CancellationToken token) { _registration = token.Register(() => { lock (_g) { _stopped = true; } }); }
        void Stop() { lock (_g) { _registration.Unregister(); } }
        """));
}
