using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Corpus;

/// <summary>What identifies a finding from one run to the next; never a line number.</summary>
internal sealed record FindingKey(string Rule, string File, string Member, string Message, int Nth) : IComparable<FindingKey>
{
    public int CompareTo(FindingKey? other)
    {
        if (other is null)
            return 1;

        (string, string)[] parts = [(Rule, other.Rule), (File, other.File), (Member, other.Member), (Message, other.Message)];
        var difference = parts.Select(part => string.CompareOrdinal(part.Item1, part.Item2)).FirstOrDefault(order => order != 0);
        return difference != 0 ? difference : Nth.CompareTo(other.Nth);
    }
}

/// <summary>What a person who read the code says of a finding.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Answer>))]
internal enum Answer
{
    [JsonStringEnumMemberName("unjudged")] Unjudged,
    [JsonStringEnumMemberName("right")] Right,
    [JsonStringEnumMemberName("wrong")] Wrong,
    [JsonStringEnumMemberName("unclear")] Unclear,
}

/// <summary>A finding and its verdict: one line of a verdict file.</summary>
internal sealed record Verdict(string Rule, string File, string Member, string Message, int Nth, [property: JsonPropertyName("verdict")] Answer Answer, string Reason)
{
    [JsonIgnore]
    public FindingKey Key => new(Rule, File, Member, Message, Nth);
}

/// <summary>The verdicts on one repository at one commit, one line each, sorted.</summary>
internal sealed record VerdictFile(string Repository, string Commit, IReadOnlyList<Verdict> Verdicts)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        // For people to read and merge: quotes and angle brackets stay themselves.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static VerdictFile Read(string path) =>
        JsonSerializer.Deserialize<VerdictFile>(File.ReadAllText(path), Format) ?? throw new JsonException($"{path} is empty");

    public void Write(string path) => File.WriteAllText(path, ToString());

    public override string ToString()
    {
        var text = new StringBuilder("{\n");
        text.Append($"\"repository\": {JsonSerializer.Serialize(Repository, Format)},\n");
        text.Append($"\"commit\": {JsonSerializer.Serialize(Commit, Format)},\n");
        text.Append("\"verdicts\": [");
        text.AppendJoin(",", Verdicts.Select(verdict => "\n" + JsonSerializer.Serialize(verdict, Format)));
        return text.Append("\n]\n}\n").ToString();
    }
}
