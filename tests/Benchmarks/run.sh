#!/bin/sh
# Measures every program before and after its fix and rewrites results.json; `run.sh TW2008` measures that one alone,
# `run.sh parallel` the parallel maps of the runtime library, `run.sh locking` its locks, `run.sh tasks` what it has for tasks and messages.
set -eu
cd "$(dirname "$0")/../.."
# Nanoseconds are compared of code that is all compiled alike: the framework's too, and not when its turn comes.
[ "${1-}" != locking ] || export DOTNET_ReadyToRun=0 DOTNET_TieredCompilation=0
exec dotnet run --project tests/Benchmarks -c Release -- "$@"
