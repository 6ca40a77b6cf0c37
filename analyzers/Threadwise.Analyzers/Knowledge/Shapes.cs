namespace Threadwise.Analyzers.Knowledge;

/// <summary>What a member's own shape says where no table has a row: today, home-made locks that give a scope to dispose of.</summary>
internal static partial class Shapes
{
    private static readonly ImmutableArray<Fact> Exclusive = ImmutableArray.Create(new Fact("", Effect.Acquires) { ReturnsScope = true });
    private static readonly ImmutableArray<Fact> Shared = ImmutableArray.Create(new Fact("", Effect.Acquires) { ReturnsScope = true, Mode = Mode.Shared });
    private static readonly Fact Lock = new("", Effect.Lock) { Reentrant = true };

    public static bool MayKnow(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, ContainingType: { } type } method
        && IsAcquire(method.Name) && IsLock(type.Name);

    /// <summary>Types whose members have the names of members that matter, as <c>string.Join</c> has: theirs count by the full name alone.</summary>
    public static ImmutableArray<string> Namesakes { get; } = ImmutableArray.Create("string", "String", "Console", "Debug", "Trace");

    /// <summary>An instance method of a <c>…Lock</c> called Lock, Acquire or Enter that returns something to dispose of, or a task of it.</summary>
    public static ImmutableArray<Fact> About(ISymbol symbol) =>
        !MayKnow(symbol) || !IsScope(Awaited(((IMethodSymbol)symbol).ReturnType)) ? ImmutableArray<Fact>.Empty
        : IsForReading(symbol.Name) ? Shared
        : Exclusive;

    /// <summary>Nothing is known of such a lock's nature, so nothing is held against it: no thread owns it, and who holds it may take it again.</summary>
    public static Fact? LockOf(ISymbol symbol) => About(symbol).IsEmpty ? null : Lock;

    /// <summary>What members that take such a lock are called, if they are not called something that ends in <see cref="NameEnd"/>.</summary>
    public static ImmutableArray<string> Names { get; } = ImmutableArray.Create(
        "Lock", "LockAsync", "Acquire", "AcquireAsync", "Enter", "EnterAsync", "AcquireLock", "AcquireLockAsync", "EnterLock", "EnterLockAsync", "EnterScope");

    public const string NameEnd = "LockAsync";


    /// <summary>The attribute by which each thread has its own of a static field.</summary>
    public const string OnePerThread = "ThreadStatic";

    /// <summary>Words by which code says that each thread has its own.</summary>
    public static ImmutableArray<string> PerThread { get; } = ImmutableArray.Create(OnePerThread, OnePerThread + "Attribute", Slot);

    private const string Slot = "ThreadLocal";

    /// <summary>The value that a thread has of its own.</summary>
    public static bool IsOfThread(IPropertySymbol property) => property is { Name: "Value", ContainingType: { Name: Slot, Arity: 1 } };

    /// <summary>Text that is being built.</summary>
    public static bool IsText(Fact row) => row.TypeName == "StringBuilder";

    /// <summary>A member that every object has.</summary>
    public static bool IsOfObject(IMethodSymbol method) => method.Name is "Equals" or "GetHashCode" or "GetType" or Text;

    /// <summary>A home-made lock that is also given back by a member of its own.</summary>
    public static bool HasRelease(ITypeSymbol type) =>
        type.GetMembers().Any(static member => member is IMethodSymbol { DeclaredAccessibility: not Accessibility.Private }
            && (member.Name.StartsWith("Release", StringComparison.Ordinal) || member.Name.StartsWith("Unlock", StringComparison.Ordinal)
                || member.Name.StartsWith("Exit", StringComparison.Ordinal) || member.Name.StartsWith("Leave", StringComparison.Ordinal)));

    /// <summary>The name by which collections offer the object that callers are to lock.</summary>
    public static bool IsMeantToBeLocked(ISymbol member) => member.Name == "SyncRoot";

    /// <summary>A method that takes a constructor's place: after reading an object back, or before each test.</summary>
    public static bool BeginsAgain(ISymbol method) => method.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.Name is "OnDeserializedAttribute" or "OnDeserializingAttribute" or "SetUpAttribute"
            or "OneTimeSetUpAttribute" or "TestInitializeAttribute");

    /// <summary>A method that a test framework runs.</summary>
    public static bool Tests(ISymbol method) => method is IMethodSymbol && method.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.Name is "FactAttribute" or "TheoryAttribute" or "TestAttribute" or "TestCaseAttribute" or "TestCaseSourceAttribute"
            or "TestMethodAttribute" or "DataTestMethodAttribute");

    /// <summary>Refers to a framework by which tests are written.</summary>
    public static bool IsForTests(Compilation compilation) => compilation.ReferencedAssemblyNames.Any(static assembly =>
        assembly.Name.StartsWith("xunit.", StringComparison.OrdinalIgnoreCase)
            || assembly.Name is "nunit.framework" or "Microsoft.VisualStudio.TestPlatform.TestFramework" or "MSTest.TestFramework");

    /// <summary>Does what it is named for if that can be done.</summary>
    public static bool Tries(IMethodSymbol method) => method.Name.StartsWith("Try", StringComparison.Ordinal);

    /// <summary>A console program that refers to nothing that answers requests or hosts services.</summary>
    public static bool IsTool(Compilation compilation) => compilation.Options.OutputKind == OutputKind.ConsoleApplication
        && !compilation.ReferencedAssemblyNames.Any(static assembly => assembly.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || assembly.Name.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal));

    /// <summary>The member that ends the use of an object, and of a lock's scope.</summary>
    public static bool Disposes(IMethodSymbol method) => method.Name is Disposal or AsyncDisposal;

    /// <summary>Its use can be ended without stopping a thread.</summary>
    public static bool IsDisposedAsynchronously(ITypeSymbol type) =>
        type.AllInterfaces.Append(type).Any(static contract => contract is { Name: "IAsyncDisposable", TypeKind: TypeKind.Interface });

    /// <summary>Handles an event: takes who sent it and what there is to say of it.</summary>
    public static bool Handles(IMethodSymbol method) =>
        method is { ReturnsVoid: true, Parameters: { Length: 2 } parameters }
            && parameters[0].Type.SpecialType == SpecialType.System_Object && IsNews(parameters[1].Type);

    /// <summary>What there is to say of an event.</summary>
    public const string News = "EventArgs";

    private static bool IsNews(ITypeSymbol type)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType)
            if (at.Name.EndsWith(News, StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>The parameterless members the language itself calls: at the end of a using statement, for a loop, for an interpolated text.</summary>
    public const string Disposal = "Dispose", AsyncDisposal = "DisposeAsync", Enumeration = "GetEnumerator", Text = "ToString";

    /// <summary>The member by which an object's use is ended and no thread is stopped; an explicit implementation has its interface before it.</summary>
    public static bool DisposesAsync(IMethodSymbol method) =>
        !method.IsStatic && (method.Name == "DisposeAsync" || method.Name.EndsWith(".DisposeAsync", StringComparison.Ordinal))
            && method.Parameters.All(static parameter => parameter.IsOptional) && IsAwaited(method.ReturnType);

    /// <summary>An option by which a stream or archive is read from and never written to, so that nothing is left to do at its end.</summary>
    public static bool OnlyReads(ITypeSymbol type, Optional<object?> value) => type.Name switch
    {
        "FileAccess" => value is { HasValue: true, Value: 1 },
        "CompressionMode" or "CryptoStreamMode" or "ZipArchiveMode" => value is { HasValue: true, Value: 0 },
        "FileStreamOptions" => true,
        _ => false,
    };

    /// <summary>A member that says by its name that what it returns is only read from.</summary>
    public static bool OpensToRead(IMethodSymbol method) =>
        method.Name.IndexOf("OpenRead", StringComparison.Ordinal) >= 0 && method.Name.IndexOf("OpenReadWrite", StringComparison.Ordinal) < 0;

    /// <summary>The member by which a type of tasks offers one that is complete.</summary>
    public const string Over = "CompletedTask";

    /// <summary>The member by which it makes one that is complete with a result.</summary>
    public const string OverWith = "FromResult";

    /// <summary>The member that tells whether a value that may be missing is there.</summary>
    public const string Has = "HasValue";

    /// <summary>The members by which the language, the runtime and callers end an object's use, and which cannot be awaited.</summary>
    public static bool CleansUp(IMethodSymbol method) => method.MethodKind == MethodKind.Destructor
        || method is { ReturnsVoid: true, IsStatic: false } && (method.Name == Disposal || method.Name.EndsWith(".Dispose", StringComparison.Ordinal))
        && (method.Parameters.IsEmpty || method.Parameters is [{ Type.SpecialType: SpecialType.System_Boolean }])
        && (method.ContainingType.IsRefLikeType || method.ContainingType.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_IDisposable));

    /// <summary>A member that ends an object's use, and may be called again, or tells that there is nothing left to end.</summary>
    public static bool MayBeRepeated(IMethodSymbol method) => Disposes(method) || method.Name == "SuppressFinalize";

    public static bool Enumerates(IMethodSymbol method) => method.Name is Enumeration or "GetAsyncEnumerator";

    /// <summary>A method by whose name its object, or what it holds, is given up.</summary>
    public static bool EndsUse(IMethodSymbol method) =>
        Endings.Any(ending => method.Name.StartsWith(ending, StringComparison.Ordinal)) || method.Name is AsyncDisposal
            || method.Name.EndsWith("." + Disposal, StringComparison.Ordinal);

    private static readonly ImmutableArray<string> Endings = ImmutableArray.Create("Dispose", "Close", "Stop", "Shutdown", "ShutDown", "Reset", "Clear", "Terminate",
        "Abort", "CleanUp", "Cleanup", "TearDown");

    /// <summary>By its name it makes an object ready for use.</summary>
    public static bool Prepares(IMethodSymbol method) => Preparing.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal));

    private static readonly ImmutableArray<string> Preparing = ImmutableArray.Create("Add", "Build", "Configure", "Fill", "Init", "Load",
        "Open", "Populate", "Register", "Setup");

    /// <summary>By a value of this type somebody else can end a wait.</summary>
    public static bool Cancels(ITypeSymbol type) => type is { Name: "CancellationToken", ContainingNamespace.Name: "Threading" };

    /// <summary>An option by which continuations never run inside the call that completes their task; one that is not constant may be it.</summary>
    public static bool KeepsApart(ITypeSymbol type, Optional<object?> value)
    {
        const int RunContinuationsAsynchronously = 64;
        return type is { Name: "TaskCreationOptions", TypeKind: TypeKind.Enum }
            && !(value is { HasValue: true, Value: int options } && (options & RunContinuationsAsynchronously) == 0);
    }

    /// <summary>Views of memory: the one that outlives a wait, and the one that does not.</summary>
    public static bool AreViews(ITypeSymbol lasting, ITypeSymbol passing) => (lasting.Name, passing.Name) is ("Memory", "Span") or ("ReadOnlyMemory", "ReadOnlySpan");

    /// <summary>An option by which work gets a thread of its own; one that is not constant may be it.</summary>
    public static bool RunsLong(ITypeSymbol? type, Optional<object?> value)
    {
        const int LongRunning = 2;
        return type is { Name: "TaskCreationOptions", TypeKind: TypeKind.Enum } && !(value is { HasValue: true, Value: int options } && (options & LongRunning) == 0);
    }

    /// <summary>Decides on which thread, and in which order, work runs.</summary>
    public static bool Schedules(ITypeSymbol type) =>
        type is { Name: "TaskScheduler", ContainingNamespace.Name: "Tasks" } || type.BaseType is { Name: "TaskScheduler", ContainingNamespace.Name: "Tasks" };

    /// <summary>The member by which a type offers the one that most use.</summary>
    public const string Standard = ".Default";

    /// <summary>The property that tells how many runs there are at most at a time.</summary>
    public static bool Limits(IPropertySymbol property) => property.Name == "MaxDegreeOfParallelism";

    /// <summary>The type offers a form of itself that several threads can use, which cannot be told from others.</summary>
    public static bool OffersSafe(ITypeSymbol type) => type.IsAbstract && !type.GetMembers("Synchronized").IsEmpty;

    /// <summary>What is done to a stream can be done at the same time: one reads, the other writes.</summary>
    public static bool AreApart(IMethodSymbol one, IMethodSymbol other) => !(Reads(one) && Reads(other) || Writes(one) && Writes(other));

    private static bool Reads(IMethodSymbol method) =>
        method.Name.StartsWith("Read", StringComparison.Ordinal) || method.Name.StartsWith("CopyTo", StringComparison.Ordinal);

    private static bool Writes(IMethodSymbol method) => method.Name.StartsWith("Write", StringComparison.Ordinal);

    /// <summary>Every thread has a value of its own.</summary>
    public static bool IsOfThread(ISymbol variable) =>
        variable is IFieldSymbol && variable.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute");

    /// <summary>Has the member by which the language awaits.</summary>
    public static bool IsAwaited(ITypeSymbol type) =>
        type.GetMembers("GetAwaiter").Any(static member => member is IMethodSymbol { IsStatic: false, Parameters.IsEmpty: true });

    /// <summary>Calls its delegate once for each value, and keeps what that returns.</summary>
    public static bool Remembers(IMethodSymbol method) => method.Name is "GetOrAdd" or "GetOrCreate" or "EnsureInitialized";

    /// <summary>An option by which an asynchronous member gives what is at hand and waits for nothing.</summary>
    public static bool IsAtHand(IFieldSymbol option) => option is { IsConst: true, Name: "CacheOnly", ContainingType.TypeKind: TypeKind.Enum };

    /// <summary>An extension method that asks its receiver whether it is complete, named like the task's own property.</summary>
    public static bool AsksForCompletion(IMethodSymbol method) =>
        method is { IsExtensionMethod: true, ReturnType.SpecialType: SpecialType.System_Boolean,
            Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled" };

    private static bool IsAcquire(string name) =>
        Names.Contains(name)
        || name.EndsWith(NameEnd, StringComparison.Ordinal) && (IsForReading(name) || name.IndexOf("Write", StringComparison.Ordinal) >= 0);

    private static bool IsForReading(string name) =>
        name.IndexOf("Read", StringComparison.Ordinal) >= 0 && name.IndexOf("Upgrad", StringComparison.Ordinal) < 0
            && name.IndexOf("Write", StringComparison.Ordinal) < 0;

    private static bool IsLock(string type) =>
        type.EndsWith("Lock", StringComparison.Ordinal) || type.EndsWith("Semaphore", StringComparison.Ordinal) || type.EndsWith("Mutex", StringComparison.Ordinal);

    private static ITypeSymbol Awaited(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1, Name: "Task" or "ValueTask" or "AwaitableDisposable" } task ? task.TypeArguments[0] : type;

    private static bool IsScope(ITypeSymbol type) =>
        type.Name is not ("Task" or "ValueTask")
        && (IsDisposable(type) || type.AllInterfaces.Any(IsDisposable)
            || type.IsRefLikeType && type.GetMembers("Dispose").Any(member => member is IMethodSymbol { Parameters.IsEmpty: true }));

    private static bool IsDisposable(ITypeSymbol type) => type is { TypeKind: TypeKind.Interface, Name: "IDisposable" or "IAsyncDisposable" };
}
