namespace Threadwise.Testing;

/// <summary>The outlines of what runs user code in packages that are not on every machine: controllers, windows, hosted services.</summary>
internal static class HostStubs
{
    public const string Source = """
        using System.Threading;
        using System.Threading.Tasks;

        namespace Microsoft.AspNetCore.Mvc { public class ControllerBase { } }
        namespace System.Windows.Forms
        {
            public class Control
            {
                public event EventHandler Click;
                public object BeginInvoke(Delegate method) { Click?.Invoke(this, EventArgs.Empty); return null; }
            }
        }
        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostedService { Task StartAsync(CancellationToken token); Task StopAsync(CancellationToken token); }

            public abstract class BackgroundService : IHostedService
            {
                public virtual Task StartAsync(CancellationToken token) => ExecuteAsync(token);
                public virtual Task StopAsync(CancellationToken token) => Task.CompletedTask;
                protected abstract Task ExecuteAsync(CancellationToken token);
            }
        }
        """;

    public static bool AreNamedIn(string text) =>
        text.Contains("System.Windows.Forms.", StringComparison.Ordinal) || text.Contains("Microsoft.AspNetCore.Mvc.", StringComparison.Ordinal) || text.Contains("Microsoft.Extensions.Hosting.", StringComparison.Ordinal);
}
