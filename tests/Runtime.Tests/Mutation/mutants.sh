#!/bin/sh
# Tries every mutant of the library against the tests, or only the "new" ones of which no killer is known, or those with a part of a name, and rewrites killers.txt, line by line
# as it goes. On a quiet machine a few seconds each.
set -eu
cd "$(dirname "$0")/../../.."
MUTANTS="${1:-all}" exec dotnet run --project tests/Runtime.Tests -- -noColor -class Threadwise.Runtime.Tests.Mutation.Mutants
