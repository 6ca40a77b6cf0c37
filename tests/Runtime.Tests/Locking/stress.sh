#!/bin/sh
# The stress tests of the locks for longer: a minute each, or as many seconds as asked for.
set -eu
cd "$(dirname "$0")/../../.."
STRESS_SECONDS="${1:-60}" exec dotnet run --project tests/Runtime.Tests -- -noColor -class Threadwise.Runtime.Tests.Locking.Stress
