#!/usr/bin/env bash
# Benches in SystemC on the chip as a library.
#
#   vectors/systemc/check.sh [cases|example|cost …]      all unless given
#
# cases    the golden bus accesses by b_transport: the register logs of `mblstm export logs`, byte for byte
# example  an initiator that sleeps until the chip's interrupt
# cost     a register write against one from C; printed, not judged
# cases and example are also made to fail, in every way that they have to notice.
#
# MBLSTM_LIBRARY, MBLSTM and the exit status are as those of vectors/sv/check.sh; CXX is the compiler.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
benches=("$@")
[ $# -gt 0 ] || benches=(cases example cost)
cxx=${CXX:-g++}
command -v "$cxx" >/dev/null || { echo "skipped: ${benches[*]} need $cxx"; exit 77; }
"$cxx" -x c++ -fsyntax-only - <<<'#include <systemc>' 2>/dev/null || { echo "skipped: ${benches[*]} need SystemC (libsystemc-dev)"; exit 77; }

source vectors/benches.sh systemc
export SYSTEMC_DISABLE_COPYRIGHT_MESSAGE=1

build() {
  "$cxx" -std=c++17 -Wall -Wextra -Werror -O2 -isystem "$library/include" -I"$here" "$here/bench/$1.cpp" -o "$work/$1" \
    -L"$library/lib" -lmblstm -lsystemc -Wl,-rpath,"$library/lib" || exit 2
}

# fails WORDS COMMAND…: it has to end with another status than 0, and to say these words.
fails() {
  local words=$1
  shift
  if "$@" >"$work/failed.txt" 2>&1; then
    echo "$*: passed, expected it to fail" >&2
    return 1
  fi
  grep -q -- "$words" "$work/failed.txt" || { cat "$work/failed.txt" >&2; echo "$*: says nothing of '$words'" >&2; return 1; }
}

cases() {
  build bus_cases
  rm -rf "$work/expected" "$work"/logs*
  mkdir -p "$work/logs" "$work/logs-other"
  .ci/c/cases.py vectors/v1 >"$work/cases.txt"
  "$MBLSTM" export logs --out "$work/expected" >"$work/exported.txt"
  "$work/bus_cases" "$work/cases.txt" "$work/logs"
  diff -rq "$work/expected" "$work/logs"
  # One bit of one write is another: its log is, and no other.
  awk '/^W/ && !done && sub(/1$/, "0") { done = 1 } { print }' "$work/cases.txt" >"$work/other-cases.txt"
  "$work/bus_cases" "$work/other-cases.txt" "$work/logs-other" >"$work/other.txt"
  [ "$(diff -rq "$work/expected" "$work/logs-other" | wc -l)" -eq 1 ] || { echo "another write left the same log" >&2; return 1; }
  fails "is not there" "$work/bus_cases" "$work/none.txt" "$work/logs-other"
}

example() {
  build example
  "$work/example"
  fails "another word than by C" "$work/example" answer
  fails "TLM_ADDRESS_ERROR_RESPONSE at 0x48000000" "$work/example" bus
  fails "no interrupt came" "$work/example" interrupt
}

cost() {
  build cost
  "$work/cost"
}

for bench in "${benches[@]}"; do
  declare -F "$bench" >/dev/null || { echo "$0: no bench '$bench'" >&2; exit 2; }
  ("$bench")
done
