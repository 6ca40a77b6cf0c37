#!/bin/sh
# Measures how many turns others get while one waits for a lock, and writes fairness.md. On a quiet machine; some ten seconds each.
set -eu
cd "$(dirname "$0")/../../.."
FAIRNESS=1 exec dotnet run --project tests/Runtime.Tests -- -noColor -method '*Fairness.Is_measured_when_asked_for'
