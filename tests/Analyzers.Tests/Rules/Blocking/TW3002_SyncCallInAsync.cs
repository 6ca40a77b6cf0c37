using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SyncCallInAsync>;

namespace Analyzers.Tests.Rules;

public class TW3002_SyncCallInAsync
{
    [Theory]
    [InlineData("File.ReadAllText(path)")]
    [InlineData("File.WriteAllBytes(path, data)")]
    [InlineData("stream.Read(data, 0, 4)")]
    [InlineData("stream.Read(data)")]
    [InlineData("stream.Write(data)")]
    [InlineData("stream.CopyTo(target)")]
    [InlineData("stream.Flush()")]
    [InlineData("new StreamReader(stream).ReadLine()")]
    [InlineData("new StreamReader(path).ReadToEnd()")]
    [InlineData("File.OpenRead(path).ReadExactly(data)")]
    [InlineData("System.Text.Json.JsonSerializer.Serialize(stream, data)")]
    [InlineData("System.Xml.Linq.XDocument.Load(stream, System.Xml.Linq.LoadOptions.None)")]
    [InlineData("System.Net.Dns.GetHostEntry(path)")]
    public Task Fires_where_the_call_has_a_twin(string call) => Verify.Fires($$"""
        using System.IO;
        public class C
        {
            public async Task M(string path, Stream stream, Stream target, byte[] data)
            {
                await Task.Yield();
                [|{{call}}|];
            }
        }
        """);
}
