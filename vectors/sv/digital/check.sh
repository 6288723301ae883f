#!/usr/bin/env bash
# The chip's digital side as RTL around macros of tiles: registers as PeakRDL makes them of the map's SystemRDL, and what stands
# behind them in vectors/sv/digital.
#
#   vectors/sv/digital/check.sh [cases|mutants …]      all unless given
#
# cases    the golden cases of SUITES: every reply with its cycle, cells, counters and events
# mutants  mistakes in that RTL, each by itself: all are noticed
#
# BUILDS is which silicon is built, TILES:LINES, each for what does not fit into those before; a case that fits into none is told as
# left out, and is a failure where BUILDS is not given. Exit status: 0 all passed, 1 a difference, 2 something cannot be built, 77 skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
benches=("$@")
[ $# -gt 0 ] || benches=(cases mutants)
suites=${SUITES:-mvm,program_row,registers,abort}
read -ra builds <<<"${BUILDS:-1:6 3:6 1:34 8:22 1:1024}"

source vectors/sv/peakrdl.sh
source vectors/benches.sh digital

blocks=(mbx mbx_tile clint uart host)
modules=(judge sequencer counters supplies tile mbx uart rest chip)

# rtl OUT LINES: the registers of tiles of so many lines, and what is at an address.
rtl() {
  local out=$work/$1
  rm -rf "$out"
  mkdir -p "$out/rtl"
  "$MBLSTM" map --systemrdl >"$out/board.rdl"
  "$peakrdl/bin/python" "$here/family.py" "$out/board.rdl" "$2" "$out/family.rdl" >"$out/rtl/mbx_map_pkg.sv" || exit 2
  for block in "${blocks[@]}"; do
    "$peakrdl/bin/peakrdl" regblock "$out/family.rdl" --top "$block" --cpuif passthrough --default-reset rst -o "$out/rtl" || exit 2
  done
}

# build OUT TILES LINES SOURCES [FILE…]: the bench OUT/bench/Vcases, with the hand-written RTL of a folder.
build() {
  local out=$work/$1 tiles=$2 lines=$3 sources=$4
  shift 4
  rtl "$(basename "$out")" "$lines"
  "$verilator" --binary --timing --Mdir "$out/bench" --top-module cases -GTILES="$tiles" -GLINES="$lines" -Wno-fatal \
    "$here"/../{mblstm_pkg,bench/case_file}.sv "$@" "$sources/digital_pkg.sv" "$out/rtl/mbx_map_pkg.sv" \
    $(printf "$out/rtl/%s_pkg.sv " "${blocks[@]}") $(printf "$out/rtl/%s.sv " "${blocks[@]}") vectors/rtl/activation.v \
    "$here/../mblstm_full_tile.sv" $(printf "$sources/digital_%s.sv " "${modules[@]}") "$here/cases.sv" \
    -MAKEFLAGS VM_PARALLEL_BUILDS=0 -MAKEFLAGS OPT_FAST=-O2 -CFLAGS "-std=c++20 -w -I$library/include" \
    -LDFLAGS "-L$library/lib -lmblstm -Wl,-rpath,$library/lib" >"$out/build.txt" 2>&1 ||
    { grep -A3 '%Error\|error:' "$out/build.txt" >&2; exit 2; }
}

# run OUT CASES RESULT ARGUMENT…
run() {
  local bench=$work/$1/bench/Vcases cases=$2 result=$3
  shift 3
  "$bench" +verilator+seed+1 +cases="$cases" +out="$result" "$@" >"$result.txt" 2>&1
}

judge() { python3 "$here/judge.py" vectors/v1 "$@"; }

cases() {
  local size results=()
  .ci/c/cases.py vectors/v1 >"$work/cases.txt"
  python3 "$here/plan.py" "$work/cases.txt" "$work" "$suites" "${builds[@]}" | tee "$work/plan.txt"
  if [ -z "${BUILDS:-}" ] && grep -q '^left out' "$work/plan.txt"; then return 1; fi
  for size in "${builds[@]}"; do
    size=${size/:/-}
    [ -s "$work/$size.txt" ] || continue
    build "$size" "${size%-*}" "${size#*-}" "$here"
    run "$size" "$work/$size.txt" "$work/$size.result" || { cat "$work/$size.result.txt" >&2; return 1; }
    results+=("$work/$size.txt" "$work/$size.result")
  done
  judge "${results[@]}"
}

mutants() {
  local out=$work/mutants size=${builds[0]} number what found=0
  .ci/c/cases.py vectors/v1 >"$work/cases.txt"
  rm -rf "$work/mutated"
  mkdir -p "$work/mutated"
  python3 "$here/mutants.py" "$here" "$work/mutated" >"$work/list.txt" || exit 2
  build mutants "${size%:*}" "${size#*:}" "$work/mutated" "$work/mutated/mutants_pkg.sv"
  # Those of the first build; of the longer ones a tenth, and those with a watchdog.
  python3 "$here/plan.py" "$work/cases.txt" "$out" "$suites" "$size" >"$out/plan.txt"
  awk '{ text = text $0 "\n" } /^case /{ long = $2 ~ /^program_row/ && $2 !~ /5$/ } /^W32 0x4001001c/ { long = 0 }
    /^end/ { if (!long) printf "%s", text; text = "" }' "$out/${size/:/-}.txt" >"$out/cases.txt"
  run mutants "$out/cases.txt" "$out/0.result" || { cat "$out/0.result.txt" >&2; return 1; }
  echo "without a mistake: $(judge "$out/cases.txt" "$out/0.result")"
  while read -r number what; do
    # An error of the bench or of the macro is one way to notice it, a difference the other.
    if run mutants "$out/cases.txt" "$out/$number.result" "+mutant=$number" && judge "$out/cases.txt" "$out/$number.result" >"$out/$number.txt"; then
      echo "not noticed: $what" >&2
      return 1
    fi
    found=$((found + 1))
  done <"$work/list.txt"
  echo "$found mistakes, all noticed"
}

for bench in "${benches[@]}"; do
  case $bench in
    cases | mutants) ("$bench") ;;
    *) echo "$0: no bench '$bench'" >&2; exit 2 ;;
  esac
done
