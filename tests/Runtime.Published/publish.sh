#!/bin/sh
# Publishes a program with every primitive trimmed, and compiled ahead of time, and runs both. Takes a minute, and needs a C compiler's linker.
set -eu
cd "$(dirname "$0")"
for how in trimmed ahead; do
    dotnet publish -c Release -v q --nologo --use-current-runtime --self-contained -p:How=$how -o "bin/$how"
    echo "$how: $("bin/$how/Runtime.Published")"
done
