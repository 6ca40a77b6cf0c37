/// <summary>Whom a line is for is a parameter.</summary>
internal sealed class Office
{
    public string Bill(string customer, int effort) => Line(customer, 20, effort) + Line(customer, 5, effort);

    private static string Line(string customer, int price, int effort) => $"{customer} {Effort.Elsewhere(price, effort)};";
}
