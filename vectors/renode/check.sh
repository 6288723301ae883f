#!/usr/bin/env bash
# The chip behind Renode's co-simulation socket, against a stub that plays Renode's side: Renode itself is not run.
#
#   vectors/renode/check.sh [cases|protocol …]      both unless given
#
# cases     the golden bus accesses by messages of 24 and of 20 bytes: the register logs of `mblstm export logs`, byte for byte;
#           without those whose supply fails, of which Renode cannot tell
# protocol  every message, time, interrupts, and what breaks off; under the address sanitizer
# cases is also made to fail.
#
# MBLSTM_LIBRARY, MBLSTM and the exit status are as those of vectors/sv/check.sh; CC is the compiler.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
benches=("$@")
[ $# -gt 0 ] || benches=(cases protocol)
cc=${CC:-cc}
command -v "$cc" >/dev/null || { echo "skipped: ${benches[*]} need $cc"; exit 77; }

source vectors/benches.sh renode

# build OPTION…: $work/mblstm_renode
build() {
  "$cc" -std=c11 -Wall -Wextra -Werror -O2 "$@" -I"$library/include" "$here/mblstm_renode.c" -o "$work/mblstm_renode" \
    -L"$library/lib" -lmblstm -Wl,-rpath,"$library/lib" || exit 2
}

# play CASES LOGS
play() {
  mkdir -p "$2"
  python3 "$here/bench/bus_cases.py" "$work/mblstm_renode" "$library/lib/libmblstm.so" "$1" "$2"
}

cases() {
  build
  rm -rf "$work/expected" "$work"/logs*
  .ci/c/cases.py vectors/v1 >"$work/cases.txt"
  "$MBLSTM" export logs --out "$work/expected" >"$work/exported.txt"
  play "$work/cases.txt" "$work/logs"
  # Of cases whose supply fails there is no log.
  awk '/^case / { name = $2 } $0 == "brown-out" { print name ".csv" }' "$work/cases.txt" | sort -u >"$work/left.txt"
  (cd "$work/expected" && xargs rm <"$work/left.txt")
  diff -rq "$work/expected" "$work/logs"
  # One bit of one write is another: its log is, and no other.
  awk '/^case / { take = n++ % 40 == 0 } take' "$work/cases.txt" >"$work/some-cases.txt"
  awk '/^W/ && !done && sub(/1$/, "0") { done = 1 } { print }' "$work/some-cases.txt" >"$work/other-cases.txt"
  play "$work/other-cases.txt" "$work/logs-other" >"$work/other.txt"
  [ "$(diff -rq "$work/expected" "$work/logs-other" | grep -vc '^Only in .*/expected: ')" -eq 1 ] ||
    { echo "another write left the same log" >&2; return 1; }
}

protocol() {
  build -g -fsanitize=address,undefined -fno-sanitize-recover=all
  MBLSTM_RENODE=$work/mblstm_renode MBLSTM=$MBLSTM python3 "$here/bench/protocol.py" >"$work/protocol.txt" 2>&1 ||
    { cat "$work/protocol.txt" >&2; return 1; }
  sed -n '/^Ran /s/ in .*//p' "$work/protocol.txt"
}

for bench in "${benches[@]}"; do
  declare -F "$bench" >/dev/null || { echo "$0: no bench '$bench'" >&2; exit 2; }
  ("$bench")
done
