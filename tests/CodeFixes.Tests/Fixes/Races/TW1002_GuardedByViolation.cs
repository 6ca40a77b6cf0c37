using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Fixes;
using Threadwise.Testing;
using Xunit;

namespace CodeFixes.Tests.Fixes;

public class TW1002_GuardedByViolation
{
    private static readonly Trial<GuardedByViolationFix> Fix = new(new StandIn("TW1002", Finds));

    /// <summary>An access to a member marked <c>[GuardedBy]</c> outside of every lock statement over that guard.</summary>
    private static Dictionary<string, string?>? Finds(SyntaxNode node, SemanticModel model)
    {
        if (node is not (IdentifierNameSyntax or MemberAccessExpressionSyntax) || node.Parent is MemberAccessExpressionSyntax access && access.Name == node)
            return null;
        if (model.GetSymbolInfo(node).Symbol?.GetAttributes().FirstOrDefault(a => a.AttributeClass!.Name == "GuardedByAttribute")?.ConstructorArguments[0].Value is not string name)
            return null;
        var guard = node is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } member ? $"{member.Expression}.{name}" : name;
        return node.Ancestors().OfType<LockStatementSyntax>().Any(held => held.Expression.ToString() == guard) || node.Ancestors().Any(n => n is ConstructorDeclarationSyntax { Initializer: null })
            ? null : new() { ["guard"] = guard, ["kind"] = name == "_slim" ? "semaphore" : "monitor" };
    }

    private static string Class(string members) => $$"""
        class C
        {
            public readonly object _g = new(), _h = new();
            readonly SemaphoreSlim _slim = new(1);
            [GuardedBy("_g")] public int _x, _y;
            [GuardedBy("_g")] readonly List<int> _list = new();
            [GuardedBy("_g")] string? _text;
            [GuardedBy("_g")] readonly Dictionary<int, string> _map = new();
            [GuardedBy("_h")] int _z;
            readonly Mutex _mutex = new();
        [GuardedBy("_slim")] int _s;
        [GuardedBy("_mutex")] int _m;
            static void Use(params object?[] values) { }
            C() => (_z, _s, _m) = (0, 0, 0);
        {{members}}
        }
        """;

    private static string Method(string body) => Class("    async Task M(C other, Task t)\n    {\n        " + body.Replace("\n", "\n        ") + "\n        await t;\n    }");

    private static Task Statements(string before, string after) => Fix.Fixes(Method(before), Method(after));

    [Theory]
    [InlineData("[|_x|] = 1;", "lock (_g)\n{\n    _x = 1;\n}")]
    [InlineData("[|this._x|]++; // why", "lock (_g)\n{\n    this._x++; // why\n}")]
    [InlineData("// before\n[|_x|] = 1;\n// after", "// before\nlock (_g)\n{\n    _x = 1;\n}\n// after")]
    [InlineData("[|other._x|] = 1;", "lock (other._g)\n{\n    other._x = 1;\n}")]
    [InlineData("Use(1); [|_x|] = 1; Use(2);", "Use(1); lock (_g) { _x = 1; } Use(2);")]
    [InlineData("[|_x|] = 1; [|_y|] = 2;", "lock (_g)\n{\n    _x = 1; _y = 2;\n}")]
    [InlineData("[|_x|] = [|_y|];", "lock (_g)\n{\n    _x = _y;\n}")]
    [InlineData("Use(\n    [|_x|],\n    2);", "lock (_g)\n{\n    Use(\n        _x,\n        2);\n}")]
    [InlineData("if (other._h != null)\n    [|_x|] = 1;\nelse\n    [|_x|] = 2;", "if (other._h != null)\n    lock (_g)\n    {\n        _x = 1;\n    }\nelse\n    lock (_g)\n    {\n        _x = 2;\n    }")]
    [InlineData("if ([|_text|] == null)\n{\n    [|_text|] = \"\";\n}", "lock (_g)\n{\n    if (_text == null)\n    {\n        _text = \"\";\n    }\n}")]
    [InlineData("if (t != null) { if ([|_x|] == 0) Use([|_y|]); }", "if (t != null) { lock (_g) { if (_x == 0) Use(_y); } }")]
    [InlineData("foreach (var i in [|_list|])\n    Use(i, [|_x|]);", "lock (_g)\n{\n    foreach (var i in _list)\n        Use(i, _x);\n}")]
    [InlineData("switch ([|_x|])\n{\n    case 1: [|_x|] = 2; break;\n}", "lock (_g)\n{\n    switch (_x)\n    {\n        case 1: _x = 2; break;\n    }\n}")]
    [InlineData("switch (other._h)\n{\n    case null:\n        [|_x|] = 2;\n        break;\n}", "switch (other._h)\n{\n    case null:\n        lock (_g)\n        {\n            _x = 2;\n        }\n        break;\n}")]
    [InlineData("Use($\"{[|_x|]}\", @\"a\n  b\", \"\"\"\n    raw\n    \"\"\");", "lock (_g)\n{\n    Use($\"{_x}\", @\"a\n  b\", \"\"\"\n    raw\n    \"\"\");\n}")]
    [InlineData("while (t.IsCompleted)\n{\n    [|_x|]++;\n}", "while (t.IsCompleted)\n{\n    lock (_g)\n    {\n        _x++;\n    }\n}")]
    [InlineData("while (t.IsCompleted) [|_x|]++;", "while (t.IsCompleted) lock (_g) { _x++; }")]
    [InlineData("{|TW1002:_x|} = 1;\n\n{|TW1002:_y|} = 2;", "lock (_g)\n{\n    _x = 1;\n\n    _y = 2;\n}")]
    [InlineData("[|_x|] = 1;\nUse(1);\n[|_y|] = 2;", "lock (_g)\n{\n    _x = 1;\n}\nUse(1);\nlock (_g)\n{\n    _y = 2;\n}")]
    [InlineData("[|_x|] = 1;\n[|_z|] = 2;", "lock (_g)\n{\n    _x = 1;\n}\nlock (_h)\n{\n    _z = 2;\n}")]
    [InlineData("[|_x|] = 1;\n[|other._x|] = 2;", "lock (_g)\n{\n    _x = 1;\n}\nlock (other._g)\n{\n    other._x = 2;\n}")]
    [InlineData("try { [|_x|] = 1; } finally { Use([|_x|]); }", "try { lock (_g) { _x = 1; } } finally { lock (_g) { Use(_x); } }")]
    public Task Wraps_statements(string before, string after) => Statements(before, after);

    [Theory]
    [InlineData("var a = [|_x|];\nUse(a);", "int a;\nlock (_g)\n{\n    a = _x;\n}\nUse(a);")]
    [InlineData("long a = [|_x|]; Use(a);", "long a; lock (_g) { a = _x; } Use(a);")]
    [InlineData("var a = [|_text|];\nUse(a);", "string? a;\nlock (_g)\n{\n    a = _text;\n}\nUse(a);")]
    [InlineData("var a = [|_list|].ToArray();\nvar b = [|_x|];\nUse(a, b);", "int[] a;\nint b;\nlock (_g)\n{\n    a = _list.ToArray();\n    b = _x;\n}\nUse(a, b);")]
    [InlineData("var a = [|_x|];\n[|_y|] = a;", "lock (_g)\n{\n    var a = _x;\n    _y = a;\n}")]
    [InlineData("if (![|_map|].TryGetValue(1, out var a)) return;\nUse(a);", "string? a;\nlock (_g)\n{\n    if (!_map.TryGetValue(1, out a)) return;\n}\nUse(a);")]
    [InlineData("if ([|_map|].TryGetValue(1, out var a)) Use(a);", "lock (_g)\n{\n    if (_map.TryGetValue(1, out var a)) Use(a);\n}")]
    [InlineData("(int, string) a = ([|_x|], \"\"); Use(a);", "(int, string) a; lock (_g) { a = (_x, \"\"); } Use(a);")]
    public Task Declares_before_the_lock_what_is_used_after_it(string before, string after) => Statements(before, after);

    [Theory]
    [InlineData("[|_s|] = 1;")]
    [InlineData("[|_m|] = 1;")]
    [InlineData("while ([|_x|] == 0) Use(1);")]
    [InlineData("do Use(1); while ([|_x|] == 0);")]
    [InlineData("for (var i = 0; i < [|_x|]; i++) Use(i);")]
    [InlineData("lock (_h) { [|_x|] = 1; }")]
    [InlineData("lock (_h) lock (other._g) { [|_x|] = 1; }")]
    [InlineData("Monitor.Enter(_h); [|_x|] = 1; Monitor.Exit(_h);")]
    [InlineData("if ([|_x|] == 0) lock (_h) { Use(1); }")]
    [InlineData("Use([|_x|], await Task.FromResult(1));")]
    [InlineData("foreach (var i in [|_list|]) await Task.Delay(i);")]
    [InlineData("if ([|_x|] == 0) t.Wait();")]
    [InlineData("if ([|_x|] == 0) goto end; end: ;")]
    [InlineData("var a = new { X = [|_x|] }; Use(a);")]
    [InlineData("ref int a = ref [|_x|]; a = 1;")]
    [InlineData("int a = [|_x|], b = 1; Use(a, b);")]
    [InlineData("using var a = new Timer(_ => { }, [|_x|], 1, 1); Use(a);")]
    [InlineData("if ([|_text|] is not { } a) return; Use(a);")]
    [InlineData("Use(other?._g, [|(new C[1])[0]._x|]);")]
    public Task Nothing_where_the_guard_cannot_be_held(string statement) => Fix.NoFix(Method(statement));

    [Theory]
    [InlineData("int P => [|_x|];", "int P\n    {\n        get\n        {\n            lock (_g)\n            {\n                return _x;\n            }\n        }\n    }")]
    [InlineData("int F() => [|_x|]; // why", "int F()\n    {\n        lock (_g)\n        {\n            return _x; // why\n        }\n    }")]
    [InlineData("void F() =>\n        [|_x|] = Math\n            .Max(1, 2);", "void F()\n    {\n        lock (_g)\n        {\n            _x = Math\n                    .Max(1, 2);\n        }\n    }")]
    [InlineData("int P { get => [|_x|]; set => [|_x|] = value; }", "int P { get { lock (_g) { return _x; } } set { lock (_g) { _x = value; } } }")]
    [InlineData("int P\n    {\n        get => [|_x|];\n    }", "int P\n    {\n        get\n        {\n            lock (_g)\n            {\n                return _x;\n            }\n        }\n    }")]
    [InlineData("int P { get { return [|_x|]; } }", "int P { get { lock (_g) { return _x; } } }")]
    [InlineData("int this[int i] => [|_list|][i];", "int this[int i]\n    {\n        get\n        {\n            lock (_g)\n            {\n                return _list[i];\n            }\n        }\n    }")]
    [InlineData("IEnumerable<int> F() { int L() => [|_x|]; yield return L(); }", "IEnumerable<int> F() { int L() { lock (_g) { return _x; } } yield return L(); }")]
    [InlineData("void F() { Func<int> f = () => [|_x|]; Action g = () => [|_x|]++; Use(f, g); }", "void F() { Func<int> f = () => { lock (_g) { return _x; } }; Action g = () => { lock (_g) { _x++; } }; Use(f, g); }")]
    [InlineData("async Task F() => await Task.Run(() => [|_x|] = 1);", "async Task F() => await Task.Run(() => { lock (_g) { return _x = 1; } });")]
    [InlineData("async Task F() { await Task.Run(() => { [|_x|]++; }); }", "async Task F() { await Task.Run(() => { lock (_g) { _x++; } }); }")]
    public Task Wraps_bodies(string before, string after) => Fix.Fixes(Class("    " + before), Class("    " + after));

    [Theory]
    [InlineData("ref int F() => ref [|_x|];")]
    [InlineData("System.Linq.Expressions.Expression<Func<int>> F() => () => [|_x|];")]
    [InlineData("IEnumerable<int> F() { yield return [|_x|]; }")]
    [InlineData("async Task F() => [|_x|] = await Task.FromResult(1);")]
    [InlineData("int F() => /* kept */ [|_x|];")]
    [InlineData("static C? s; int _w = [|s!._x|];")]
    [InlineData("C(C c, int d) { } C(C c) : this(c, [|c._x|]) { }")]
    [InlineData("int Locks() { lock (_h) { return 1; } } void F() { [|_x|] = Locks(); }")]
    public Task Nothing_for_bodies_that_cannot_hold_it(string member) => Fix.NoFix(Class("    " + member));

    [Fact]
    public Task Keeps_directives_and_does_not_reach_across_them() => Statements("""
        #region first
        [|_x|] = 1;
        #endregion
        [|_y|] = 2;
        #if DEBUG
        Use(1);
        #else
        [|_y|] = 3; // other
        #endif
        [|_x|] = 4;
        #pragma warning disable CS0168
        [|_y|] = 5;
        """, """
        #region first
        lock (_g)
        {
            _x = 1;
        #endregion
            _y = 2;
        }
        #if DEBUG
        Use(1);
        #else
        lock (_g)
        {
            _y = 3; // other
        }
        #endif
        lock (_g)
        {
            _x = 4;
        #pragma warning disable CS0168
            _y = 5;
        }
        """);

    [Fact]
    public Task Follows_braces_and_tabs() => Fix.Fixes("""
        class C {
        	object _g = new();
        	[GuardedBy("_g")] int _x;
        	int F() => [|_x|];
        	void M(bool b) {
        		if (b) {
        			[|_x|] = 1;
        		}
        	}
        }
        """, """
        class C {
        	object _g = new();
        	[GuardedBy("_g")] int _x;
        	int F() {
        		lock (_g) {
        			return _x;
        		}
        	}
        	void M(bool b) {
        		if (b) {
        			lock (_g) {
        				_x = 1;
        			}
        		}
        	}
        }
        """);

    [Fact]
    public Task Wraps_top_level_statements() => Fix.Fixes("""
        var c = new C();
        [|c._x|] = 1;
        [|c._x|]++;
        Console.WriteLine(c);
        var a = [|c._x|];
        Console.WriteLine(a);
        class C
        {
            public readonly object _g = new();
            [GuardedBy("_g")] public int _x;
        }
        """, """
        var c = new C();
        lock (c._g)
        {
            c._x = 1;
            c._x++;
        }
        Console.WriteLine(c);
        int a;
        lock (c._g)
        {
            a = c._x;
        }
        Console.WriteLine(a);
        class C
        {
            public readonly object _g = new();
            [GuardedBy("_g")] public int _x;
        }
        """, new Case { Output = OutputKind.ConsoleApplication });

    [Theory]
    [InlineData(1300, true)]
    [InlineData(1200, false)]
    public Task Locks_a_Lock_only_where_the_language_knows_it(int language, bool known)
    {
        const string before = "class C { readonly Lock _g = new(); [GuardedBy(\"_g\")] int _x; void M() { [|_x|] = 1; } }";
        var surroundings = new Case { Language = (LanguageVersion)language };
        return known ? Fix.Fixes(before, before.Replace("[|_x|] = 1;", "lock (_g) { _x = 1; }"), surroundings) : Fix.NoFix(before, surroundings);
    }
}
