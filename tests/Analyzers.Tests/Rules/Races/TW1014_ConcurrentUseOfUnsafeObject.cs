using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ConcurrentUseOfUnsafeObjectFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ConcurrentUseOfUnsafeObject>;

namespace Analyzers.Tests.Rules;

public partial class TW1014_ConcurrentUseOfUnsafeObject
{
    private const string Db = """
        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContext
            {
                public Task<int> SaveChangesAsync() => Task.FromResult(0);
                public void Add(object entity) { }
            }

            public abstract class DbSet<T> : IQueryable<T>
            {
                public abstract ValueTask<T> FindAsync(params object[] keys);
                public abstract Type ElementType { get; }
                public abstract System.Linq.Expressions.Expression Expression { get; }
                public abstract IQueryProvider Provider { get; }
                public abstract IEnumerator<T> GetEnumerator();
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
            }

            public static class EntityFrameworkQueryableExtensions
            {
                public static Task<List<T>> ToListAsync<T>(this IQueryable<T> query) => Task.FromResult(new List<T>());
                public static Task<int> CountAsync<T>(this IQueryable<T> query) => Task.FromResult(0);
            }
        }

        public class Order { public int Id; }

        public class Shop : Microsoft.EntityFrameworkCore.DbContext
        {
            public Microsoft.EntityFrameworkCore.DbSet<Order> Orders => null!;
            public Microsoft.EntityFrameworkCore.DbSet<string> Names => null!;
        }
        """;

    [Fact]
    public Task C3_107_Fires_on_two_queries_of_one_context() => Verify.Fires([Db, """
        using Microsoft.EntityFrameworkCore;

        public class C(Shop shop)
        {
            private readonly Shop _shop = shop;

            public async Task M(Shop other)
            {
                var orders = _shop.Orders.Where(order => order.Id > 3).ToListAsync();
                var names = [|_shop.Names.CountAsync()|];
                await Task.WhenAll(orders, names);
                await Task.WhenAll(other.Orders.ToListAsync(), [|other.Names.ToListAsync()|]);
            }

            public Task N(int[] ids, Shop shop)
            {
                var tasks = new List<Task>();
                foreach (var id in ids)
                    tasks.Add([|shop.Orders.CountAsync()|]);
                return Task.WhenAll(tasks);
            }

            public Task O(int[] ids) => Task.WhenAll(ids.Select(id => [|_shop.Orders.CountAsync()|]));

            public Task P(int[] ids) => Task.WhenAll(ids.Select(async id => await [|_shop.Orders.CountAsync()|]));
        }
        """],
        "'EntityFrameworkQueryableExtensions.CountAsync' begins on '_shop' in 'C.M' while 'EntityFrameworkQueryableExtensions.ToListAsync' may be under way (Test1.cs:9): it allows one operation at a time",
        "'EntityFrameworkQueryableExtensions.ToListAsync' begins on 'other' in 'C.M' while 'EntityFrameworkQueryableExtensions.ToListAsync' may be under way (Test1.cs:12): it allows one operation at a time",
        "'EntityFrameworkQueryableExtensions.CountAsync' begins on 'shop' in 'C.N' while the one of the round before may be under way: it allows one operation at a time",
        "'EntityFrameworkQueryableExtensions.CountAsync' begins on '_shop' in 'C.O' while the one of the round before may be under way: it allows one operation at a time",
        "'EntityFrameworkQueryableExtensions.CountAsync' begins on '_shop' in 'C.P' while other runs that 'Task.WhenAll' starts use it too: it allows one operation at a time");

    [Fact]
    public Task C3_108_Fires_on_a_shared_random() => Verify.Fires("""
        public class C
        {
            private readonly Random _random = new();

            public void M(int[] items) => Parallel.For(0, items.Length, i => items[i] = [|_random.Next()|]);
        }
        """);

    [Fact]
    public Task Fires_on_streams_and_writers() => Verify.Fires("""
        using System.IO;

        public class C
        {
            public async Task M(Stream stream, StreamWriter writer, byte[] buffer)
            {
                var first = stream.WriteAsync(buffer, 0, 1);
                var second = [|stream.WriteAsync(buffer, 1, 1)|];
                await first;
                await second;
                await Task.WhenAll(writer.WriteLineAsync("a"), [|writer.WriteLineAsync("b")|]);
            }

            public async Task N(StreamWriter writer)
            {
                var a = Task.Run(() => writer.WriteLine("a"));
                var b = Task.Run(() => [|writer.WriteLine("b")|]);
                await Task.WhenAll(a, b);
            }
        }
        """);

    [Fact]
    public Task Fires_on_commands_of_one_connection() => Verify.Fires("""
        using System.Data.Common;

        public class C
        {
            public async Task M(DbConnection connection, DbCommand command)
            {
                var a = command.ExecuteNonQueryAsync();
                var b = [|command.ExecuteNonQueryAsync()|];
                await Task.WhenAll(a, b);
            }
        }
        """);

    [Fact]
    public Task C3_107_Silent_when_used_one_after_the_other() => Verify.Silent(Db, """
        using Microsoft.EntityFrameworkCore;

        public class C(Shop shop)
        {
            public async Task M(bool all)
            {
                var orders = await shop.Orders.ToListAsync();
                var count = shop.Orders.CountAsync();
                await count;
                var names = await shop.Names.ToListAsync();
                foreach (var name in names)
                    await shop.SaveChangesAsync();
                foreach (var task in names.Select(async name => await shop.Names.CountAsync()))
                    await task;
                var any = all ? shop.Orders.CountAsync() : shop.Names.CountAsync();
                Console.WriteLine(await any);
            }
        }
        """);

    [Fact]
    public Task Silent_on_objects_of_their_own() => Verify.Silent(Db, """
        using Microsoft.EntityFrameworkCore;

        public class C
        {
            private readonly ThreadLocal<Random> _random = new(() => new Random());

            public async Task M(Shop one, Shop other, int[] ids)
            {
                await Task.WhenAll(one.Orders.CountAsync(), other.Orders.CountAsync());
                await Task.WhenAll(ids.Select(async id =>
                {
                    var own = new Shop();
                    await own.Orders.CountAsync();
                }));
                Parallel.For(0, 9, i => ids[i] = Random.Shared.Next() + _random.Value!.Next());
            }
        }
        """);

    [Fact]
    public Task Silent_on_reading_beside_writing() => Verify.Silent("""
        using System.IO;

        public class C
        {
            public async Task M(Stream stream, byte[] from, byte[] to)
            {
                var read = stream.ReadAsync(to, 0, 1);
                await stream.WriteAsync(from, 0, 1);
                await read;
            }
        }
        """);

    [Fact]
    public Task Silent_under_a_lock() => Verify.Silent(Db, """
        using Microsoft.EntityFrameworkCore;

        public class C
        {
            private readonly SemaphoreSlim _one = new(1, 1);
            private readonly Random _random = new();

            public async Task M(Shop shop, int[] ids)
            {
                await Task.WhenAll(ids.Select(async id =>
                {
                    await _one.WaitAsync();
                    try
                    {
                        await shop.Orders.CountAsync();
                    }
                    finally
                    {
                        _one.Release();
                    }
                }));
                Parallel.For(0, 9, i =>
                {
                    lock (_random)
                    {
                        ids[i] = _random.Next();
                    }
                });
            }
        }
        """);

    [Fact]
    public Task Silent_on_objects_that_may_be_safe() => Verify.Silent("""
        using System.IO;

        public class C
        {
            public void M(TextWriter given, List<string> lines, System.Xml.XmlNode node)
            {
                var output = Console.Out;
                Parallel.ForEach(lines, line =>
                {
                    given.WriteLine(line);
                    output.WriteLine(line);
                    node.SelectNodes(line);
                });
            }
        }
        """);

    [Fact]
    public Task Fixes_by_awaiting_one_after_the_other() => Verify.Fixes<Fix>([Db, """
        using Microsoft.EntityFrameworkCore;

        public class C
        {
            public async Task M(Shop shop)
            {
                var orders = shop.Orders.ToListAsync(); // kept
                var names = [|shop.Names.CountAsync()|];
                await Task.WhenAll(orders, names);
                await Task.WhenAll(shop.Orders.ToListAsync(), [|shop.Names.ToListAsync()|]);
            }
        }
        """], [Db, """
        using Microsoft.EntityFrameworkCore;

        public class C
        {
            public async Task M(Shop shop)
            {
                var orders = shop.Orders.ToListAsync(); // kept
                await orders;
                var names = shop.Names.CountAsync();
                await Task.WhenAll(orders, names);
                await shop.Orders.ToListAsync();
                await shop.Names.ToListAsync();
            }
        }
        """]);

    [Fact]
    public Task Offers_nothing_where_it_cannot_await() => Verify.NoFix<Fix>(Db, """
        using Microsoft.EntityFrameworkCore;

        public class C
        {
            public Task M(Shop shop)
            {
                var orders = shop.Orders.ToListAsync();
                var names = [|shop.Names.CountAsync()|];
                return Task.WhenAll(orders, names);
            }
        }
        """);
}
