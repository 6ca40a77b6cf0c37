using Microsoft.CodeAnalysis.Text;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Harness;

/// <summary>The markup of sources under test.</summary>
public class Markup_marks
{
    [Fact]
    public void Marks_nest_and_are_taken_out()
    {
        var (text, marks) = Markup.Parse("a[|b{|X1:c|}|]d{|#0:e|}");
        Assert.Equal("abcde", text);
        Assert.Equal([new Mark(null, new TextSpan(1, 2)), new Mark("X1", new TextSpan(2, 1)), new Mark("#0", new TextSpan(4, 1))], marks);
    }

    [Theory]
    [InlineData("d{ |} e |] f[a|b]")]
    [InlineData("{|not an id:x|}")]
    [InlineData("a is [] or { } || b")]
    public void Other_text_is_kept(string text) => Assert.Equal(text, Markup.Parse(text).Text);

    [Fact]
    public void The_cursor_is_dropped() => Assert.Equal("ab", Markup.Parse("a$$b").Text);

    [Fact]
    public void A_raw_string_with_two_dollars_is_kept() => Assert.Equal("$$\"\"\"x\"\"\"", Markup.Parse("$$\"\"\"x\"\"\"").Text);

    [Theory]
    [InlineData("a[|b")]
    [InlineData("a{|X1:b|]")]
    public void A_mark_left_open_is_refused(string text) => Assert.Throws<FormatException>(() => Markup.Parse(text));

    [Fact]
    public void Empty_marks_are_positions() => Assert.Equal(new TextSpan(1, 0), Markup.Parse("a[||]b").Marks.Single().Span);
}
