using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers;
using Threadwise.CodeFixes;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>Analyzers are configured for concurrent execution and keep no state between compilations.</summary>
public class Hosts
{
    private static readonly Assembly[] Assemblies = [typeof(ThreadwiseAnalyzer).Assembly, typeof(Fix).Assembly];

    public static TheoryData<Type> Analyzers => [.. typeof(ThreadwiseAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(DiagnosticAnalyzer)))];

    [Theory, MemberData(nameof(Analyzers))]
    public void Run_concurrently_and_say_what_generated_code_means(Type type)
    {
        var context = new Recorded();
        ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).Initialize(context);
        Assert.True(context.IsConcurrent);
        Assert.NotNull(context.GeneratedCode);
        Assert.False(context.GeneratedCode.Value.HasFlag(GeneratedCodeAnalysisFlags.ReportDiagnostics));
        Assert.True(context.Registered > 0);
    }

    [Theory, MemberData(nameof(Analyzers))]
    public void Are_found_by_the_compiler(Type type)
    {
        Assert.True(type.IsPublic);
        Assert.Equal([LanguageNames.CSharp], type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()!.Languages);
    }

    [Fact]
    public void No_static_field_can_change() => Violations.None(
        from type in Assemblies.SelectMany(assembly => assembly.GetTypes())
        where !IsGenerated(type)
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where !field.IsLiteral && (!field.IsInitOnly || IsMutable(field.FieldType))
        select $"{type.FullName}.{field.Name} : {field.FieldType}");

    [Fact]
    public void No_field_of_a_rule_an_analyzer_or_a_fix_can_change() => Violations.None(
        from type in Assemblies.SelectMany(assembly => assembly.GetTypes())
        where type.IsAssignableTo(typeof(Rule)) || type.IsAssignableTo(typeof(DiagnosticAnalyzer)) || type.IsAssignableTo(typeof(Fix))
        from field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where !field.IsInitOnly || IsMutable(field.FieldType)
        select $"{type.FullName}.{field.Name} : {field.FieldType}");

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || (type.DeclaringType is { } outer && IsGenerated(outer));

    /// <summary>A weak table on a compilation or a file, which never change, is the one thing that may change: it goes with them. Separators for Split come as arrays.</summary>
    private static bool IsMutable(Type type)
    {
        if (type.IsArray)
            return type != typeof(char[]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ConditionalWeakTable<,>))
            return type.GenericTypeArguments[0] != typeof(Compilation) && type.GenericTypeArguments[0] != typeof(SyntaxTree);
        if (type.Namespace == typeof(ImmutableArray).Namespace || type == typeof(string))
            return false;
        return type.GetInterfaces().Append(type).Any(each => each.IsGenericType && each.GetGenericTypeDefinition() is var shape
            && (shape == typeof(ICollection<>) || shape == typeof(IDictionary<,>) || shape == typeof(ISet<>))) || type.Namespace == "System.Threading" || type.Namespace == "System.Text";
    }

    /// <summary>Notes what an analyzer asks for.</summary>
    private sealed class Recorded : AnalysisContext
    {
        public bool IsConcurrent { get; private set; }

        public GeneratedCodeAnalysisFlags? GeneratedCode { get; private set; }

        public int Registered { get; private set; }

        public override void EnableConcurrentExecution() => IsConcurrent = true;

        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode) => GeneratedCode = analysisMode;

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action) => Registered++;

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) => Registered++;

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => Registered++;

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => Registered++;

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => Registered++;

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => Registered++;

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => Registered++;

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => Registered++;

        public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) => Registered++;

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) => Registered++;

        public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) => Registered++;

        public override void RegisterSymbolStartAction(Action<SymbolStartAnalysisContext> action, SymbolKind symbolKind) => Registered++;
    }
}
