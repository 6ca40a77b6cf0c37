using Microsoft.CodeAnalysis;

namespace Threadwise.Testing;

/// <summary>The annotation attributes that every source under test may use without a using.</summary>
internal static class Annotations
{
    public const string Source = """
        using System;

        [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
        public sealed class GuardedByAttribute : Attribute { public GuardedByAttribute(string guard) { } }

        [AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor, AllowMultiple = true)]
        public sealed class RequiresLockAttribute : Attribute { public RequiresLockAttribute(string guard) { } }

        [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
        public sealed class ThreadSafeAttribute : Attribute { }

        [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = true)]
        public sealed class AcquiredBeforeAttribute : Attribute { public AcquiredBeforeAttribute(string other) { } }

        [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
        public sealed class LockRankAttribute : Attribute { public LockRankAttribute(int rank) { } }

        [AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor)]
        public sealed class BlockingAttribute : Attribute { }

        [AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor)]
        public sealed class NonBlockingAttribute : Attribute { }

        [AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
        public sealed class ReturnsLockAttribute : Attribute { public ReturnsLockAttribute(string name) { } }
        """;

    private static readonly Lazy<MetadataReference> Compiled = new(() => Frameworks.Compile("Annotations", Source, Frameworks.All[0]));

    public static MetadataReference Reference => Compiled.Value;
}
