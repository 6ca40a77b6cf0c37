/// <summary>Its handler lets the thread go until the answer is there.</summary>
internal sealed class Window
{
    private async void OnClick(object? sender, EventArgs e)
    {
        _text = await load();
    }
}
