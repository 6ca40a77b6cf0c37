using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.CopiedLockStructFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CopiedLockStruct>;

namespace Analyzers.Tests.Rules;

public class TW2027_CopiedLockStruct
{
    private static string With(string members) => $$"""
        public class C
        {
            private SpinLock _lock = new(false);
            private int _x;

            public void M()
            {
                var taken = false;
                _lock.Enter(ref taken);
                _x++;
                if (taken)
                    _lock.Exit();
            }

            private static void Use(SpinLock by) { }
            private static void Refer(ref SpinLock by) { }
            {{members.Replace("\n", "\n    ")}}
        }
        """;

    [Fact]
    public Task Fires_on_a_read_only_field() => Verify.Fires("""
        public class C
        {
            private readonly SpinLock [|_lock|] = new(false);

            public void M()
            {
                var taken = false;
                _lock.Enter(ref taken);
                _lock.Exit();
            }
        }
        """, "'C._lock' is a lock struct in a read-only field, copied at every call: whoever takes the copy excludes nobody");

    [Theory]
    [InlineData("public void N() { var other = [|_lock|]; var taken = false; other.Enter(ref taken); }")]
    [InlineData("public void N() => Use([|_lock|]);")]
    [InlineData("public object N() => [|_lock|];")]
    [InlineData("public SpinLock N() => [|_lock|];")]
    [InlineData("public SpinLock Gate => [|_lock|];")]
    [InlineData("public SpinLock Gate { get { return [|this._lock|]; } }")]
    [InlineData("public SpinLock [|Gate|] { get; set; }")]
    [InlineData("public SpinLock N(SpinLock[] all) => [|all[0]|];")]
    [InlineData("public void N(C other) { other._lock = [|_lock|]; }")]
    public Task Fires_on_a_copy(string member) => Verify.Fires(With(member));

    [Fact]
    public Task Fires_with_the_name() => Verify.Fires(
        With("public void N() => Use([|_lock|]);"), "'_lock' is a lock struct and is copied here in 'C.N': whoever takes the copy excludes nobody");

    [Theory]
    [InlineData("public void N() { ref var same = ref _lock; var taken = false; same.Enter(ref taken); }")]
    [InlineData("public void N() => Refer(ref _lock);")]
    [InlineData("public ref SpinLock Gate => ref _lock;")]
    [InlineData("public bool Held => _lock.IsHeldByCurrentThread;")]
    [InlineData("public void N() { _lock = new SpinLock(true); _lock = default; }")]
    [InlineData("public void N() { var mine = new SpinLock(); var taken = false; mine.Enter(ref taken); }")]
    [InlineData("public void N() { var wait = new SpinWait(); var copy = wait; copy.SpinOnce(); }")]
    [InlineData("public string N() => nameof(_lock);")]
    public Task Silent_when_it_stays_one(string member) => Verify.Silent(With(member));

    [Fact]
    public Task Silent_on_locks_that_are_objects() => Verify.Silent("""
        public class C
        {
            // no SpinLock
            private readonly Lock _lock = new();
            private readonly object _g = new();
            public Lock Gate => _lock;
            public object M() { var g = _g; lock (g) return g; }
        }
        """);

    [Theory]
    [InlineData("private readonly SpinLock [|_other|] = new(); // mine", "private SpinLock _other = new(); // mine")]
    [InlineData("public void N() { var other = [|_lock|]; var taken = false; other.Enter(ref taken); }", "public void N() { ref var other = ref _lock; var taken = false; other.Enter(ref taken); }")]
    [InlineData("public void N() { SpinLock other = [|this._lock|]; var taken = false; other.Enter(ref taken); }", "public void N() { ref SpinLock other = ref this._lock; var taken = false; other.Enter(ref taken); }")]
    [InlineData("internal SpinLock Gate => [|_lock|];", "internal ref SpinLock Gate => ref _lock;")]
    public Task Fixes_with_the_lock_itself(string before, string after) => Verify.Fixes<Fix>(With(before), With(after));

    [Theory]
    [InlineData("public SpinLock Gate => [|_lock|];")]
    [InlineData("public SpinLock [|Gate|] { get; set; }")]
    [InlineData("public void N() => Use([|_lock|]);")]
    public Task No_fix_where_others_would_have_to_change(string member) => Verify.NoFix<Fix>(With(member));
}
