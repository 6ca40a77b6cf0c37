var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", async (HttpContext context) =>
{
    Thread.Sleep(10);
    await context.Response.WriteAsync("late");
});
app.Run();
