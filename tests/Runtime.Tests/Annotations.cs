using System.Diagnostics;
using System.Reflection;
using Xunit;

namespace Threadwise.Runtime.Tests;

/// <summary>The annotations carry what is said with them, and stay in the compiled assembly, where analyzers of other projects read them.</summary>
public class Annotations
{
    public static TheoryData<Type> All => [.. typeof(GuardedByAttribute).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(Attribute)))];

    [Theory, MemberData(nameof(All))]
    public void Are_sealed_and_say_where_they_may_stand(Type type)
    {
        Assert.True(type.IsSealed);
        Assert.NotNull(type.GetCustomAttribute<AttributeUsageAttribute>());
    }

    [Theory, MemberData(nameof(All))]
    public void Are_never_left_out_of_the_assembly(Type type) => Assert.Empty(type.GetCustomAttributes<ConditionalAttribute>());

    [Fact]
    public void Keep_what_they_are_given()
    {
        var type = typeof(Account);
        Assert.Equal("_gate", Field(type, "_balance").GetCustomAttribute<GuardedByAttribute>()!.Guard);
        Assert.Equal(["_log", "Audit.Gate"], Field(type, "_gate").GetCustomAttributes<AcquiredBeforeAttribute>().Select(attribute => attribute.Other));
        Assert.Equal(2, Field(type, "_gate").GetCustomAttribute<LockRankAttribute>()!.Rank);
        var method = type.GetMethod(nameof(Account.Move))!;
        Assert.Equal(["_gate", "_log"], method.GetCustomAttributes<RequiresLockAttribute>().Select(attribute => attribute.Guard));
        Assert.Equal("_gate", type.GetProperty(nameof(Account.Gate))!.GetCustomAttribute<ReturnsLockAttribute>()!.Lock);
    }

    [Fact]
    public void Thread_safety_is_promised_by_each_type_itself()
    {
        Assert.NotNull(typeof(Account).GetCustomAttribute<ThreadSafeAttribute>());
        Assert.Null(typeof(Savings).GetCustomAttribute<ThreadSafeAttribute>());
    }

    [Fact]
    public void Overrides_inherit_what_callers_owe() =>
        Assert.Equal(2, typeof(Savings).GetMethod(nameof(Account.Move))!.GetCustomAttributes<RequiresLockAttribute>(inherit: true).Count());

    private static FieldInfo Field(Type type, string name) => type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;

    [ThreadSafe]
    private class Account
    {
        [LockRank(2), AcquiredBefore("_log"), AcquiredBefore("Audit.Gate")]
        private readonly object _gate = new();

        private readonly object _log = new();

        [GuardedBy("_gate")]
        private int _balance;

        [ReturnsLock("_gate")]
        public object Gate => _gate;

        [RequiresLock("_gate"), RequiresLock("_log"), NonBlocking]
        public virtual int Move() => _balance++;

        [Blocking]
        public void Rest() => Thread.Sleep(_log.GetHashCode() & 1);
    }

    private sealed class Savings : Account
    {
        public override int Move() => 0;
    }
}
