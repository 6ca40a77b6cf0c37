namespace Threadwise.Testing;

/// <summary>The outlines of what runs user code in packages that are not on every machine: controllers, windows, hosted services.</summary>
internal static class HostStubs
{
    /// <summary>A container of objects that others ask it for.</summary>
    public const string Services = """
        namespace Microsoft.Extensions.DependencyInjection
        {
            public interface IServiceCollection { }

            public static class ServiceCollectionServiceExtensions
            {
                public static IServiceCollection AddSingleton<T, TImplementation>(this IServiceCollection services) where TImplementation : class, T => services;
                public static IServiceCollection AddSingleton<T>(this IServiceCollection services) where T : class => services;
                public static IServiceCollection AddSingleton<T>(this IServiceCollection services, T one) where T : class => services;
                public static IServiceCollection AddSingleton<T>(this IServiceCollection services, System.Func<System.IServiceProvider, T> make) where T : class => services;
                public static IServiceCollection AddSingleton(this IServiceCollection services, System.Type type, System.Type implementation) => services;
                public static IServiceCollection AddScoped<T, TImplementation>(this IServiceCollection services) where TImplementation : class, T => services;
                public static IServiceCollection AddScoped<T>(this IServiceCollection services) where T : class => services;
                public static IServiceCollection AddTransient<T>(this IServiceCollection services) where T : class => services;
            }
        }
        namespace Microsoft.Extensions.DependencyInjection.Extensions
        {
            public static class ServiceCollectionDescriptorExtensions
            {
                public static void TryAddSingleton<T, TImplementation>(this IServiceCollection services) where TImplementation : class, T { }
            }
        }
        """;

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
        """ + "\n" + Services;

    public static bool AreNamedIn(string text) =>
        text.Contains("System.Windows.Forms.", StringComparison.Ordinal) || text.Contains("Microsoft.AspNetCore.Mvc.", StringComparison.Ordinal) || text.Contains("Microsoft.Extensions.Hosting.", StringComparison.Ordinal)
        || text.Contains("Microsoft.Extensions.DependencyInjection", StringComparison.Ordinal);
}
