using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Fixes;
using Threadwise.Testing;
using Xunit;

namespace CodeFixes.Tests.Fixes;

/// <summary>What TW2009, TW2010, TW2011 and TW2034 do alike, in places where their rules are silent.</summary>
public class LastInLock
{
    private static readonly Trial<WaitForLockedWorkFix> Fix = new(new StandIn("TW2009", Finds));

    /// <summary>A call of a method named <c>Call</c> inside a lock statement.</summary>
    private static Dictionary<string, string?>? Finds(SyntaxNode node, SemanticModel model) =>
        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Call" } } && node.Ancestors().Any(above => above is LockStatementSyntax)
        && node.Ancestors().First(above => above is LockStatementSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) is LockStatementSyntax ? StandIn.Nothing : null;

    private static string Class(string members) => $$"""
        class C
        {
            readonly object _g = new(), _h = new();
            int _x;
            int Property { get; set; }
            volatile int _v;
            int @event;
            (int A, string B) _pair;
            Mutable _mutable;
            int[] _array = new int[1];
            static readonly Lock s_lock = new();
            int Call(params object[] values) => 1;
            int Next() => 1;
            Task Later() => Task.CompletedTask;
            struct Mutable { public int N; }
            {{members.Replace("\n", "\n    ")}}
        }
        """;

    private static string Method(string body) => $"public async Task M(int n, string s, C other, int[] items)\n{{\n    {body.Replace("\n", "\n    ")}\n    await Later();\n}}";

    private static Task Fixes(string before, string after) => Fix.Fixes(Class(Method(before)), Class(Method(after)));

    private static Task NoFix(string body) => Fix.NoFix(Class(Method(body)));

    [Theory]
    [InlineData("while (n > 0)\n{\n    lock (_g)\n    {\n        if (_x > 0)\n            break;\n        if (_x < 0)\n            continue;\n        [|Call(_x)|];\n    }\n}", "while (n > 0)\n{\n    int x;\n    lock (_g)\n    {\n        if (_x > 0)\n            break;\n        if (_x < 0)\n            continue;\n        x = _x;\n    }\n    Call(x);\n}")]
    [InlineData("switch (n)\n{\n    case 1:\n        lock (_g)\n        {\n            _x++;\n            [|Call(n)|];\n        }\n        break;\n}", "switch (n)\n{\n    case 1:\n        lock (_g)\n        {\n            _x++;\n        }\n        Call(n);\n        break;\n}")]
    [InlineData("try\n{\n    lock (_g)\n    {\n        _x++;\n        [|Call()|];\n    }\n}\ncatch (Exception)\n{\n}", "try\n{\n    lock (_g)\n    {\n        _x++;\n    }\n    Call();\n}\ncatch (Exception)\n{\n}")]
    [InlineData("lock (s_lock)\n{\n    _x++;\n    [|Call()|];\n}\nn++;", "lock (s_lock)\n{\n    _x++;\n}\nCall();\nn++;")]
    [InlineData("lock (_g) {\n    _x++;\n    [|Call()|];\n}", "lock (_g) {\n    _x++;\n}\nCall();")]
    [InlineData("lock (_g)\n{\n    _x++;\n    [|Call(\n        n,\n        // why\n        s)|];\n}", "lock (_g)\n{\n    _x++;\n}\nCall(\n    n,\n    // why\n    s);")]
    [InlineData("lock (_g) { _x++; /* now */ [|Call()|]; }", "lock (_g) { _x++; /* now */ } Call();")]
    public Task Leaves_the_lock_wherever_that_stands(string before, string after) => Fixes(before, after);

    [Theory]
    [InlineData("[|Call(@event)|]", "int eventCopy", "eventCopy = @event", "Call(eventCopy)")]
    [InlineData("[|Call(Property, _v)|]", "int property; int v", "property = Property; v = _v", "Call(property, v)")]
    [InlineData("[|Call(_x, _x + 1)|]", "int x", "x = _x", "Call(x, x + 1)")]
    [InlineData("[|Call(_pair)|]", "(int A, string B) pair", "pair = _pair", "Call(pair)")]
    [InlineData("[|Call(_pair.A)|]", "int a", "a = _pair.A", "Call(a)")]
    [InlineData("[|Call(_array[0])|]", "int value", "value = _array[0]", "Call(value)")]
    [InlineData("[|Call(_x > 0 && n > 0)|]", "bool value", "value = _x > 0 && n > 0", "Call(value)")]
    [InlineData("[|Call(_x > 0 ? s : \"\")|]", "string value", "value = _x > 0 ? s : \"\"", "Call(value)")]
    [InlineData("[|Call(_x, Next(), _x)|]", "int x; int value; int x2", "x = _x; value = Next(); x2 = _x", "Call(x, value, x2)")]
    [InlineData("[|Call(other._x)|]", "int x", "x = other._x", "Call(x)")]
    public Task Copies_what_it_reads_at_the_moment_it_was_read(string call, string declared, string kept, string after) => Fixes(
        $"lock (_g)\n{{\n    n = 1;\n    {call};\n}}",
        $"{declared.Replace("; ", ";\n")};\nlock (_g)\n{{\n    n = 1;\n    {kept.Replace("; ", ";\n    ")};\n}}\n{after};");

    [Theory]
    [InlineData("lock (_g) { _x++; [|Call(_array)|]; }")]
    [InlineData("lock (_g) { _x++; [|Call(_mutable)|]; }")]
    [InlineData("lock (_g) { items[0] = 1; [|Call(items)|]; }")]
    [InlineData("lock (_g) { _v++; [|Call(_x++)|]; }")]
    [InlineData("lock (_g) { _v++; [|Call(n, n = 2)|]; }")]
    [InlineData("lock (_g) { _v++; [|Call(Interlocked.Increment(ref _x))|]; }")]
    [InlineData("lock (_g) { other = new C(); [|Call(other)|]; }")]
    [InlineData("lock (_g) { _x++; [|Call(int.TryParse(s, out var parsed), parsed)|]; }")]
    [InlineData("lock (_g) { _x++; [|Call((Func<int>)(() => _x))|]; }")]
    public Task Nothing_when_what_it_is_given_is_more_than_a_value(string body) => NoFix(body);

    [Theory]
    [InlineData("lock (_g) { _x++; n = [|Call()|]; }")]
    [InlineData("lock (_g) { _x++; var m = [|Call()|]; }")]
    [InlineData("lock (_g) { _x++; s = $\"{[|Call()|]}\"; }")]
    [InlineData("lock (_g) { _x++; { [|Call()|]; } }")]
    [InlineData("lock (_g) { _x++; unchecked { [|Call()|]; } }")]
    [InlineData("lock (_g) { _x++; if (n > 0) goto end; end: [|Call()|]; }")]
    [InlineData("if (n > 0) lock (_g) { _x++; [|Call()|]; }")]
    [InlineData("again: lock (_g) { _x++; [|Call()|]; if (n > 0) goto again; }")]
    [InlineData("lock (_g) { _x++; [|Call()|]; ; }")]
    [InlineData("lock (_g)\n{\n    _x++;\n    /* now */ [|Call()|];\n}")]
    [InlineData("lock (_g)\n{ _x++;\n  [|Call()|]; }")]
    public Task Nothing_when_more_depends_on_where_it_stands(string body) => NoFix(body);

    [Theory]
    [InlineData("lock (_h) { _ = Task.Run(() => { lock (_g) { _x++; [|Call()|]; } }); }")]
    [InlineData("s_lock.Enter(); _ = Task.Run(() => { lock (_g) { _x++; [|Call()|]; } });")]
    [InlineData("using (s_lock.EnterScope()) { lock (_g) { _x++; [|Call()|]; } }")]
    [InlineData("lock (_g) { s_lock.Enter(); [|Call()|]; }")]
    public Task Nothing_when_another_lock_may_be_held(string body) => NoFix(body);

    [Fact]
    public Task Nothing_when_another_part_of_the_type_may_call_it_under_a_lock() => Fix.NoFix("""
        partial class C
        {
            readonly object _g = new();
            int _x;
            void Call() { }
            void N()
            {
                lock (_g)
                {
                    _x++;
                    [|Call()|];
                }
            }
        }
        partial class C
        {
            void M()
            {
                lock (this)
                    N();
            }
        }
        """);

    [Fact]
    public Task Speaks_old_languages_and_other_layouts() => Fix.Fixes("""
        using System.Threading.Tasks;
        class C {
        	private readonly object _gate = new object();
        	private string _name;
        	int Call(string name) { return 1; }
        	public int M() {
        		lock (_gate) {
        			_name = "";
        			var more = _name;
        			return [|Call(more + _name)|];
        		}
        	}
        }
        """.ReplaceLineEndings("\r\n"), """
        using System.Threading.Tasks;
        class C {
        	private readonly object _gate = new object();
        	private string _name;
        	int Call(string name) { return 1; }
        	public int M() {
        		string more;
        		string name2;
        		lock (_gate) {
        			_name = "";
        			more = _name;
        			name2 = _name;
        		}
        		return Call(more + name2);
        	}
        }
        """.ReplaceLineEndings("\r\n").Replace("name2", "name"), new Case { Language = LanguageVersion.CSharp7_3 });
}
