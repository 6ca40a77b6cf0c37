using Threadwise.Analyzers;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Rules;

/// <summary>Rows that a project brings along in a <c>threadwise.*.txt</c> file make its own locks and waits known to every rule.</summary>
public class OwnRows
{
    private const string Rows = """
        # a lock of our own
        M:Acme.Gate.Close acquires
        M:Acme.Gate.Open releases
        M:Acme.Gate.TryClose tries
        M:Acme.Reply.Get blocks kind=wait twin=GetAsync
        T:Acme.Gate lock affine=yes reentrant=no
        """;

    private const string Acme = """
        namespace Acme
        {
            public sealed class Gate
            {
                public void Close() { }
                public bool TryClose() => true;
                public void Open() { }
            }

            public sealed class Reply
            {
                public int Get() => 1;
                public Task<int> GetAsync() => Task.FromResult(1);
            }
        }
        """;

    [Fact]
    public Task Guarded_members_know_the_lock() => With<GuardedByViolation>(Rows).Fires("""
        public class C
        {
            private readonly Acme.Gate _g = new();
            [GuardedBy("_g")] private int _x;

            public void M()
            {
                _g.Close();
                _x = 1;
                _g.Open();
                [|_x|] = 2;
                if (_g.TryClose())
                {
                    _x = 3;
                    _g.Open();
                }
            }
        }
        """);

    [Fact]
    public Task Without_the_rows_the_lock_is_unknown() => With<GuardedByViolation>("# nothing").Fires("""
        public class C
        {
            private readonly Acme.Gate _g = new();
            [GuardedBy("_g")] private int _x;

            public void M()
            {
                _g.Close();
                [|_x|] = 1;
                _g.Open();
            }
        }
        """);

    [Fact]
    public Task Awaits_know_that_it_belongs_to_a_thread() => With<AwaitUnderThreadAffineLock>(Rows).Fires("""
        public class C
        {
            private readonly Acme.Gate _g = new();

            public async Task M()
            {
                _g.Close();
                [|await Task.Delay(1)|];
                _g.Open();
            }
        }
        """);

    [Fact]
    public Task Exits_know_that_it_must_be_released() => With<LockNotReleased>(Rows).Fires("""
        public class C
        {
            private readonly Acme.Gate _g = new();

            public void M(bool b)
            {
                [|_g.Close()|];
                if (b)
                    return;
                _g.Open();
            }
        }
        """);

    [Fact]
    public Task Orders_know_the_lock() => With<LockOrderInversion>(Rows).Fires("""
        public class C
        {
            private readonly Acme.Gate _a = new();
            private readonly object _b = new();

            public void M()
            {
                _a.Close();
                lock ([|_b|])
                {
                }

                _a.Open();
            }

            public void N()
            {
                lock (_b)
                {
                    [|_a|].Close();
                    _a.Open();
                }
            }
        }
        """);

    [Fact]
    public Task Async_code_knows_the_wait() => With<BlockingWaitInAsync>(Rows).Fires("""
        public class C
        {
            public async Task<int> M(Acme.Reply reply) => await reply.GetAsync() + [|reply.Get()|];
        }
        """);

    private static Verify<TRule>.Case With<TRule>(string rows) where TRule : Rule, new() =>
        new() { Library = Acme, AdditionalFiles = new Dictionary<string, string> { ["threadwise.acme.txt"] = rows } };
}
