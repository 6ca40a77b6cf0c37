using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Rules;

public sealed class TW9001_MalformedKnowledgeFile
{
    private const string Acme = """
        namespace Acme
        {
            public class Gate { public void Open() { } public void Open(int ms) { } public void Close() { } public int Count { get; } public event System.Action? Opened; }
            public class Cache<T> { public void Add(T item) { } }
            public class Wide : Gate { }
        }
        """;

    [Theory]
    [InlineData("[|M:Acme.Gate.Open|]")]
    [InlineData("[|M:Acme.Gate.Open acquire|]")]
    [InlineData("[|M:Acme.Gate.Open Acquires|]")]
    [InlineData("[|M:Acme.Gate.Open 3|]")]
    [InlineData("[|M:Acme.Gate.Open acquires,tries|]")]
    [InlineData("[|Acme.Gate.Open acquires|]")]
    [InlineData("[|X:Acme.Gate.Open acquires|]")]
    [InlineData("[|M:Open acquires|]")]
    [InlineData("[|M:Acme.*.Open acquires|]")]
    [InlineData("[|T:Acme.* lock|]")]
    [InlineData("[|T:Acme.Cache<T> lock|]")]
    [InlineData("[|M:Acme.Gate.Open(System.Int32, System.Int32) acquires|]")]
    [InlineData("[|M:Acme.Gate.Open acquires mode=exlusive|]")]
    [InlineData("[|M:Acme.Gate.Open acquires mode|]")]
    [InlineData("[|M:Acme.Gate.Open acquires many=yes|]")]
    [InlineData("[|M:Acme.Gate.Open acquires on=first|]")]
    [InlineData("[|M:Acme.Gate.Open blocks kind=boring|]")]
    [InlineData("[|M:Acme.Gate.Open blocks timeout=this|]")]
    public Task Fires_on_a_line_that_is_no_row(string line) => Fires(line);

    [Theory]
    [InlineData("[|M:Acme.Gate.Enter acquires|]")]
    [InlineData("[|M:Acme.Gate.Enter* acquires|]")]
    [InlineData("[|M:Acme.Gate.Ope* acquires|]")]
    [InlineData("[|M:Acme.Gate.Open(System.Int64) acquires|]")]
    [InlineData("[|M:Acme.Cache`1.Add acquires|]")]
    [InlineData("[|P:Acme.Gate.Open tests|]")]
    [InlineData("[|M:System.Threading.Monitor.Entre(System.Object) acquires|]")]
    public Task Fires_on_a_member_that_its_type_lacks(string line) => Fires(line);

    [Fact]
    public Task Fires_at_the_line_and_says_why() => In("threadwise.acme.txt", """
        # Gates
        M:Acme.Gate.Open* acquires

           {|#0:M:Acme.Gate.Close release   # gives it back|}
        T:Acme.Gate lock
        {|#1:M:Acme.Gate.Shut releases|}
        """,
        "'threadwise.acme.txt' line 4 is ignored: 'release' is not an effect",
        "'threadwise.acme.txt' line 6 is ignored: 'Gate' has no member 'Shut'").Fires(Acme);

    [Fact]
    public Task Fires_in_each_file() => new Check(
        new Case { AdditionalFiles = new Dictionary<string, string> { ["threadwise.a.txt"] = "[|oops|]", ["deep/THREADWISE.B.TXT"] = "[|oops|]", ["threadwise.c.txt"] = "T:Acme.Gate lock" } },
        new KnowledgeFileAnalyzer()).Fires(Acme);

    [Fact]
    public Task Fires_on_a_line_longer_than_any_row() => In("threadwise.txt.txt", $"[|{new string('x', 2000)}|]{new string('x', 3_000_000)}").Fires(Acme);

    [Fact]
    public Task Fires_at_most_a_hundred_times_in_a_file_of_another_kind() => In("threadwise.log.txt",
        string.Join('\n', Enumerable.Repeat("[|12:00:01 started|]", 100).Concat(Enumerable.Repeat("12:00:02 started", 5000)).Append("T:Acme.Gate lock"))).Fires(Acme);

    [Theory]
    [InlineData("")]
    [InlineData("   \t ")]
    [InlineData("# a comment of ours: M:Acme.Gate.Open")]
    [InlineData("M:Acme.Gate.Open acquires # on=nothing")]
    [InlineData("\tM:Acme.Gate.Open\tacquires\ton=this\r")]
    [InlineData("M:Acme.Gate.#ctor owned")]
    [InlineData("M:Acme.Gate.Open(System.Int32) tries timeout=arg0")]
    [InlineData("M:Acme.Wide.Open acquires")]
    [InlineData("M:Acme.Wide.Open* acquires")]
    [InlineData("M:Acme.Cache`1.Add(`0) writes")]
    [InlineData("P:Acme.Gate.Count reads")]
    [InlineData("E:Acme.Gate.Opened starts many=yes")]
    [InlineData("M:System.Threading.Tasks.Task.Run``1(System.Func{``0}) starts arg=0")]
    [InlineData("M:System.Threading.Tasks.Task.Run* nothing")]
    public Task Silent_on_rows_comments_and_blank_lines(string line) => In("threadwise.acme.txt", line).Silent(Acme);

    [Theory]
    [InlineData("T:Acme.Unknown lock")]
    [InlineData("M:Other.Library.Gate.Open acquires")]
    [InlineData("M:Other.Library.Gate.Open* acquires")]
    public Task Silent_on_a_type_that_the_project_does_not_refer_to(string line) => In("threadwise.acme.txt", line).Silent(Acme);

    [Theory]
    [InlineData("threadwise.txt")]
    [InlineData("threadwise.acme.md")]
    [InlineData("mythreadwise.acme.txt")]
    [InlineData("threadwise.d/readme.txt")]
    public Task Silent_on_files_of_other_names(string name) => In(name, "no row").Silent(Acme);

    private static Task Fires(string line) => In("threadwise.acme.txt", line).Fires(Acme);

    private static Check In(string name, string text, params string[] messages) =>
        new(new Case { AdditionalFiles = new Dictionary<string, string> { [name] = text }, Messages = messages }, new KnowledgeFileAnalyzer());
}
