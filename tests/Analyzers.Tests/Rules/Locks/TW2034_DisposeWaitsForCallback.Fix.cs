using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.DisposeWaitsForCallbackFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.DisposeWaitsForCallback>;

namespace Analyzers.Tests.Rules;

public class TW2034_DisposeWaitsForCallback_Fix
{
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly object _h = new();
            private CancellationTokenRegistration _registration;
            private bool _stopped;

            public void Start(CancellationToken token) => _registration = token.Register(Cancelled);

            private void Cancelled()
            {
                lock (_g)
                    _stopped = true;
            }

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    private static Task Fixes(string before, string after) => Verify.Fixes<Fix>(Class(before), Class(after));

    [Fact]
    public Task Keeps_the_registration_and_disposes_of_it_after_the_lock() => Fixes("""
        public void Stop()
        {
            lock (_g)
            {
                _stopped = true;
                // no longer
                [|_registration.Dispose()|];
            }
        }
        """, """
        public void Stop()
        {
            CancellationTokenRegistration registration;
            lock (_g)
            {
                _stopped = true;
                registration = _registration;
            }
            // no longer
            registration.Dispose();
        }
        """);

    [Fact]
    public Task A_local_registration_needs_no_copy() => Fixes("""
        public void Run(CancellationToken token)
        {
            var registration = token.Register(Cancelled);
            lock (_g)
            {
                _stopped = true;
                [|registration.Dispose()|];
            }
        }
        """, """
        public void Run(CancellationToken token)
        {
            var registration = token.Register(Cancelled);
            lock (_g)
            {
                _stopped = true;
            }
            registration.Dispose();
        }
        """);

    [Fact]
    public Task An_early_return_still_disposes_of_nothing() => Fixes("""
        public void Stop()
        {
            lock (_g)
            {
                if (_stopped)
                    return;
                [|_registration.Dispose()|];
            }
            _stopped = true;
        }
        """, """
        public void Stop()
        {
            CancellationTokenRegistration registration;
            lock (_g)
            {
                if (_stopped)
                    return;
                registration = _registration;
            }
            registration.Dispose();
            _stopped = true;
        }
        """);

    [Theory]
    [InlineData("lock (_g) { [|_registration.Dispose()|]; _stopped = true; }")]
    [InlineData("lock (_g) { [|_registration.Dispose()|]; _registration = default; }")]
    [InlineData("lock (_g) { if (!_stopped) [|_registration.Dispose()|]; }")]
    [InlineData("lock (_g) [|_registration.Dispose()|];")]
    [InlineData("lock (_g) { try { [|_registration.Dispose()|]; } finally { _stopped = true; } }")]
    [InlineData("lock (_g) { lock (_h) { [|_registration.Dispose()|]; } }")]
    [InlineData("lock (_h) { lock (_g) { [|_registration.Dispose()|]; } }")]
    public Task Nothing_when_it_is_not_the_last_statement_of_the_only_lock(string body) => Verify.NoFix<Fix>(Class($"public void Stop() {{ {body} }}"));
}
