using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.SyncDisposeInAsyncFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SyncDisposeInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3007_SyncDisposeInAsync
{
    [Fact]
    public Task Fixes_every_form_of_using() => Verify.Fixes<Fix>("""
        using System.IO;
        public class C
        {
            public async Task M(string path)
            {
                // kept
                using var [|a = new FileStream(path, FileMode.Create)|]; // kept too
                using (var [|b = new StreamWriter(path)|])
                {
                    await b.WriteAsync("x");
                }

                var e = new StreamWriter(path);
                using ([|e|])
                    await e.WriteAsync("x");
                await a.FlushAsync();
            }
        }
        """, """
        using System.IO;
        public class C
        {
            public async Task M(string path)
            {
                // kept
                await using var a = new FileStream(path, FileMode.Create); // kept too
                await using (var b = new StreamWriter(path))
                {
                    await b.WriteAsync("x");
                }

                var e = new StreamWriter(path);
                await using (e)
                    await e.WriteAsync("x");
                await a.FlushAsync();
            }
        }
        """);

    [Fact]
    public Task Fixes_a_call_of_Dispose() => Verify.Fixes<Fix>("""
        using System.IO;
        public class C
        {
            private readonly StreamWriter _log = new("log");

            public async Task M(FileStream file)
            {
                try
                {
                    await file.FlushAsync();
                }
                finally
                {
                    [|file.Dispose()|];
                }

                [|this._log.Dispose()|];
            }
        }
        """, """
        using System.IO;
        public class C
        {
            private readonly StreamWriter _log = new("log");

            public async Task M(FileStream file)
            {
                try
                {
                    await file.FlushAsync();
                }
                finally
                {
                    await file.DisposeAsync();
                }

                await this._log.DisposeAsync();
            }
        }
        """);

    [Fact]
    public Task Fixes_without_the_context_where_the_file_does_so() => Verify.Fixes<Fix>("""
        using System.IO;
        public class C
        {
            public async Task M(FileStream file, StreamWriter text)
            {
                using ([|text|])
                    await text.WriteAsync("x").ConfigureAwait(false);
                [|file.Dispose()|];
            }
        }
        """, """
        using System.IO;
        public class C
        {
            public async Task M(FileStream file, StreamWriter text)
            {
                await using (text.ConfigureAwait(false))
                    await text.WriteAsync("x").ConfigureAwait(false);
                await file.DisposeAsync().ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task No_fix_for_a_declared_variable_where_awaits_are_configured() => Verify.NoFix<Fix>("""
        using System.IO;
        public class C
        {
            public async Task M(string path)
            {
                using var [|file = File.Create(path)|];
                await file.FlushAsync().ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task No_fix_where_the_variables_have_to_be_told_apart() => Verify.NoFix<Fix>("""
        using System.IO;
        public class C
        {
            private StreamWriter? _log;

            public async Task M(string path)
            {
                using (FileStream [|a = File.Create(path)|], [|b = File.OpenWrite(path)|])
                    await a.FlushAsync();
                _log?[|.Dispose()|];
            }
        }
        """);
}
