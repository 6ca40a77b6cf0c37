using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>The behaviours the engine was designed by have a number each, and each number a test: none can be lost unnoticed.</summary>
public partial class Behaviours
{
    private static readonly ILookup<string, int> Tested = typeof(Behaviours).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttributes().Any(attribute => attribute is FactAttribute))
        .SelectMany(method => Number().Matches(method.Name))
        .ToLookup(match => match.Groups["section"].Value, match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("C1", 1, 50)]
    [InlineData("C2", 51, 90)]
    [InlineData("C3", 91, 118)]
    [InlineData("C4", 119, 135)]
    [InlineData("C5", 136, 176)]
    [InlineData("C6", 177, 200)]
    public void Each_number_has_a_test(string section, int first, int last) => Violations.None(
        Enumerable.Range(first, last - first + 1).Except(Tested[section]).Select(number => $"{section}.{number} has no test"));

    [Theory]
    [InlineData("C1", 1, 50)]
    [InlineData("C2", 51, 90)]
    [InlineData("C3", 91, 118)]
    [InlineData("C4", 119, 135)]
    [InlineData("C5", 136, 176)]
    [InlineData("C6", 177, 200)]
    public void No_test_has_a_number_that_means_nothing(string section, int first, int last) => Violations.None(
        Tested[section].Where(number => number < first || number > last).Select(number => $"{section}.{number} is not a behaviour"));

    [GeneratedRegex("(?<=^|_)(?<section>C[1-6])_(?<number>[0-9]+)_")]
    private static partial Regex Number();
}
