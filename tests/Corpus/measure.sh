#!/bin/sh
# Packs the analyzers as they are shipped and measures them on real code, beside a no-op walk and the peers of peers.rsp:
#   measure.sh NAME=FOLDER... [options of the tool]
#   measure.sh --findings NAME=FOLDER... [options]      findings and verdicts only: minutes instead of an hour
#   measure.sh --shuffle 20 NAME=FOLDER...              the same findings whatever the order of files and threads?
# EXCLUDE is a regular expression of project files to leave out; by default whatever is no product code.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
package=$here/bin/package

compared="--no-op @$here/peers.rsp"
given=$#
while [ "$given" -gt 0 ]; do
    case $1 in
        --findings) compared="--repeat 0" ;;
        --shuffle) compared=; set -- "$@" "$1" ;;
        [!-]*=*) set -- "$@" --src "$1" ;;
        *) set -- "$@" "$1" ;;
    esac
    shift
    given=$((given - 1))
done

rm -rf "$package"
dotnet pack "$root/analyzers/Threadwise.Package" -c Release -v q --nologo -o "$package" >&2
dotnet build "$here" -c Release -v q --nologo >&2
exec dotnet "$here/bin/Release/net10.0/corpus.dll" \
    --package "$(ls "$package"/*.nupkg)" --verdicts "$here/verdicts" \
    --exclude "${EXCLUDE:-test|bench|sample|snippet|example|build|submodule|/aot|Lite.csproj}" \
    $compared "$@"
