#!/bin/sh
# Tries every mutant of the library against the tests and rewrites killers.txt, line by line as it goes. On a quiet machine a few seconds each.
set -eu
cd "$(dirname "$0")/../../.."
MUTANTS=all exec dotnet run --project tests/Runtime.Tests -- -noColor -class Threadwise.Runtime.Tests.Mutation.Mutants
