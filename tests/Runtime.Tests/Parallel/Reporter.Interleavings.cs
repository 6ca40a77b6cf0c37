extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

using explored::Threadwise;

/// <summary>Reports come one at a time, each further than the one before, and the last is of all, in every schedule of two workers.</summary>
public class Reporter_Interleavings
{
    [Fact]
    public void Reports_come_one_at_a_time_with_growing_numbers_and_at_last_of_all() => Exploration.Of(() =>
    {
        var (told, ending, left) = (new Told(), new Ending(FailurePolicy.Stop, default), 2);
        var reporter = new Reporter(told, 4, ending);
        void Work()
        {
            reporter.Advance();
            reporter.Advance();
            left--;
        }

        return new Model(Work, Work, () =>
        {
            Schedule.Await(() => left == 0);
            reporter.Finish();
        }) { Holds = () => told.IsRight && told.Last == 4 && !ending.IsStopped };
    }).Passes();

    /// <summary>The broken control: who has something to tell looks whether another tells, and begins a moment later.</summary>
    [Fact]
    public void Where_who_reports_looks_first_two_reports_come_at_once() => Exploration.Of(static () =>
    {
        var (told, done, isTelling) = (new Told(), 0, false);
        void Advance()
        {
            done++;
            if (isTelling)
                return;
            Schedule.Point();
            isTelling = true;
            told.Report(new MapProgress(done, 2));
            isTelling = false;
        }

        return new Model(Advance, Advance) { Holds = () => told.IsRight };
    }).Fails("the outcome is wrong");

    /// <summary>Whether all is as it should be of what was told.</summary>
    private sealed class Told : IProgress<MapProgress>
    {
        private bool _isInside;

        public bool IsRight { get; private set; } = true;

        public int Last { get; private set; }

        public void Report(MapProgress value)
        {
            IsRight &= !_isInside && value.Done > Last;
            (_isInside, Last) = (true, value.Done);
            Schedule.Point();
            _isInside = false;
        }
    }
}
