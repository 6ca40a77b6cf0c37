using System.Globalization;
using System.Text;

namespace Threadwise.Benchmarks.Runtime;

/// <summary>Numbers as groups of horizontal bars, in SVG. Bars that would be longer than the chart are cut, and say their number all the same.</summary>
/// <param name="Longest">The number at the right end.</param>
/// <param name="Ours">Bars of these names are drawn in the first colour.</param>
internal sealed record Chart(string Title, double Longest, IReadOnlySet<string> Ours)
{
    private const int Left = 150;
    private const int Width = 420;
    private const int Bar = 13;

    private readonly StringBuilder _bars = new();
    private int _y = 44;

    public void Group(string name, IEnumerable<(string Name, double Value)> bars)
    {
        Text(8, _y + 10, name, "font-weight=\"bold\"");
        _y += Bar + 3;
        foreach (var (bar, value) in bars)
        {
            var length = Math.Min(value, Longest) / Longest * Width;
            Text(Left - 6, _y + 10, bar, "text-anchor=\"end\"");
            Add($"""<rect x="{Left}" y="{_y}" width="{length:0.#}" height="{Bar - 2}" fill="{(Ours.Contains(bar) ? "#2f6fb2" : "#b9c4d0")}"/>""");
            Text((int)(Left + length + 5), _y + 10, value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + (value > Longest ? " →" : ""), "");
            _y += Bar;
        }

        _y += 8;
    }

    /// <param name="mark">Where a line is drawn from top to bottom.</param>
    public string Svg(double mark)
    {
        var x = Left + (mark / Longest * Width);
        return Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Left + Width + 90}" height="{_y}" font-family="sans-serif" font-size="10.5">
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="8" y="22" font-size="13" font-weight="bold">{Title}</text>
            {_bars}<line x1="{x:0.#}" x2="{x:0.#}" y1="36" y2="{_y - 6}" stroke="#c33" stroke-width="0.8"/>
            </svg>

            """);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Text(int x, int y, string text, string style) => Add($"""<text x="{x}" y="{y}" {style}>{text.Replace("&", "&amp;").Replace("<", "&lt;")}</text>""");

    private void Add(FormattableString element) => _bars.Append(Invariant(element)).Append('\n');
}
