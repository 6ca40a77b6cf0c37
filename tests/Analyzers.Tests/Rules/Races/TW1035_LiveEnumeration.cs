using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LiveEnumeration>;

namespace Analyzers.Tests.Rules;

/// <summary>Loops that pull the rug from under themselves.</summary>
public class TW1035_LiveEnumeration
{
    private static Task Fires(string members) => Verify.Fires(Class(members));

    private static Task Silent(string members) => Verify.Silent(Class(members));

    private static string Class(string members) => $$"""
        public class C
        {
            private readonly List<C> _all = new();
            private readonly Dictionary<int, C> _map = new();
            private readonly object _g = new();

        {{members}}
        }
        """;

    [Fact]
    public Task Names_the_member_that_changes_the_collection() => Verify.Fires("""
        public class Server
        {
            private readonly object _gate = new();
            private readonly List<int> _clients = new();
            public void Stop()
            {
                lock (_gate)
                    foreach (var client in [|_clients|])
                        Drop(client);
            }
            public void Drop(int client)
            {
                lock (_gate)
                    _clients.Remove(client);
            }
        }
        """, "'Server._clients' is gone through in 'Server.Stop' while 'Server.Drop' changes it (Test0.cs:14); the loop then throws");

    [Fact]
    public Task Fires_on_a_change_in_the_loop_itself() => Fires("""
        public void A()
        {
            lock (_g)
                foreach (var c in [|_all|])
                    if (c != this)
                        _all.Remove(c);
        }
        """);

    [Fact]
    public Task Fires_on_an_entry_added_to_a_dictionary() => Fires("""
        public void A()
        {
            lock (_g)
                foreach (var pair in [|_map|])
                    _map.Add(pair.Key + 1, pair.Value);
        }
        """);

    [Fact]
    public Task Silent_on_an_entry_removed_from_a_dictionary() => Silent("""
        public void A()
        {
            lock (_g)
                foreach (var pair in _map)
                    _map.Remove(pair.Key);
        }
        """);

    [Fact]
    public Task Silent_when_the_loop_is_left_behind_the_change() => Silent("""
        public void A()
        {
            lock (_g)
                foreach (var c in _all)
                    if (c != this)
                    {
                        _all.Remove(c);
                        break;
                    }
        }

        public bool B()
        {
            lock (_g)
                foreach (var c in _all)
                    if (c != this)
                        return _all.Remove(c);
            return false;
        }
        """);

    [Fact]
    public Task C2_88_Silent_on_a_snapshot() => Silent("""
        public void A()
        {
            lock (_g)
                foreach (var c in _all.ToArray())
                    _all.Remove(c);
        }
        """);

    [Fact]
    public Task Silent_on_the_collection_of_another_object() => Silent("""
        public void A()
        {
            lock (_g)
                foreach (var c in _all)
                    c.Drop(this);
        }
        public void Drop(C c)
        {
            lock (_g)
                _all.Remove(c);
        }
        """);

    [Fact]
    public Task Silent_on_a_loop_that_only_reads() => Silent("""
        public int A()
        {
            var n = 0;
            lock (_g)
                foreach (var c in _all)
                    n += _all.Count;
            _all.Clear();
            return n;
        }
        """);

    [Fact]
    public Task Fires_on_an_element_that_takes_itself_out() => Verify.Fires("""
        public class Server
        {
            private readonly object _gate = new();
            private readonly List<Client> _clients = new();
            public void Add() { lock (_gate) _clients.Add(new Client(this)); }
            public void Stop()
            {
                lock (_gate)
                    foreach (var client in [|_clients|])
                        client.Close();
            }
            private void Drop(Client client)
            {
                lock (_gate)
                    _clients.Remove(client);
            }

            private sealed class Client
            {
                private readonly Server _server;
                public Client(Server server) => _server = server;
                public void Close() => _server.Drop(this);
            }
        }
        """);

    [Fact]
    public Task Fires_on_handlers_that_may_take_themselves_out() => Verify.Fires("""
        public class Hub
        {
            private readonly object _gate = new();
            private readonly List<Action> _handlers = new();
            public void Add(Action handler) { lock (_gate) _handlers.Add(handler); }
            public void Remove(Action handler) { lock (_gate) _handlers.Remove(handler); }
            public void Raise()
            {
                lock (_gate)
                    foreach (var handler in [|_handlers|])
                        handler();
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_property_that_copies() => Silent("""
        private C[] Instances => _all.ToArray();
        private IReadOnlyList<C> Copy { get { lock (_g) return new List<C>(_all); } }
        public void A()
        {
            foreach (var c in Instances)
                Drop(c);
            foreach (var c in Copy)
                Drop(c);
        }
        public void Drop(C c) { lock (_g) _all.Remove(c); }
        """);

    [Fact]
    public Task Silent_on_a_loop_by_index() => Silent("""
        public void A()
        {
            lock (_g)
                for (var i = _all.Count - 1; i >= 0; i--)
                    _all.RemoveAt(i);
        }
        """);

    [Fact]
    public Task Silent_on_a_collection_that_is_made_for_it() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> _all = new();
            public void A()
            {
                lock (_g)
                    foreach (var pair in _all)
                        _all.TryAdd(pair.Key + 1, pair.Value);
            }
        }
        """);

    private static string Elements(string loop, string types) => $$"""
        public class Host
        {
            private readonly object _gate = new();
            private readonly List<Session> _all = new();
            public void Remove(Session one) { lock (_gate) _all.Remove(one); }
            public void Stop()
            {
                lock (_gate)
                    {{loop}}
            }
            {{types}}
        }
        """;

    private const string Each = "foreach (var one in [|_all|]) one.Close();";

    [Theory]
    [InlineData("public class Session { protected Host _host; public virtual void Close() => _host.Remove(this); }")]
    [InlineData("public abstract class Session { protected Host _host; public abstract void Close(); } public class Remote : Session { public override void Close() => _host.Remove(this); }")]
    [InlineData("public interface Session { void Close(); } public class Remote : Session { private Host _host; public void Close() => _host.Remove(this); }")]
    public Task Fires_on_an_overridable_member_by_which_an_element_takes_itself_out(string types) => Verify.Fires(Elements(Each, types));

    [Theory]
    [InlineData("public class Session { public virtual void Close() { } }")]
    [InlineData("public abstract class Session { protected Host _host; public abstract void Close(); public void Leave() => _host.Remove(this); } public class Remote : Session { public override void Close() { } }")]
    [InlineData("public interface Session { void Close(); } public class Remote : Session { private Host _host; void Session.Close() { } public void Close() => _host.Remove(this); }")]
    public Task Silent_where_no_element_takes_itself_out(string types) => Verify.Silent(Elements(Each.Replace("[|_all|]", "_all", StringComparison.Ordinal), types));

    [Fact]
    public Task Silent_on_a_copy_whose_elements_take_themselves_out() => Verify.Silent(
        Elements("foreach (var one in _all.ToArray()) one.Close();", "public abstract class Session { protected Host _host; public abstract void Close(); } public class Remote : Session { public override void Close() => _host.Remove(this); }"));
}
