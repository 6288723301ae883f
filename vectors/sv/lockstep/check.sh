#!/usr/bin/env bash
# The registers of the map as PeakRDL makes them of its SystemRDL, in lock-step with the model.
#
#   vectors/sv/lockstep/check.sh [map|cases|mutants|alone …]      all unless given
#
# map      SystemRDL by its compiler: the registers of the SVD; a register model of UVM, IP-XACT and HTML are made of it
# cases    RTL of a chip's registers passes the golden cases `registers` of that chip, the model being the hardware behind it
# mutants  MUTANTS (120) mistakes in that RTL, drawn by SEED (1): all noticed, each told with the register that has it
#
# alone    an RTL that refuses by itself, of which only the bus is seen: registers.v of `mblstm export readmemh`, with five mistakes
#
# CHIPS is `first` for the chip that most of the cases have, or `all` for a build of each. PEAKRDL is a virtual environment with
# what requirements.txt lists; it is made where it is not there (.build/peakrdl unless given). The library and the command are
# as in vectors/sv/check.sh. Exit status: 0 all passed, 1 a difference, 2 something cannot be built, 77 skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
benches=("$@")
[ $# -gt 0 ] || benches=(map cases mutants alone)

source vectors/sv/peakrdl.sh
source vectors/benches.sh lockstep

# described OUT OPTION…: the map of a chip with OPTION…, of no certain one without, as SystemRDL and SVD, and what PeakRDL makes
# of it, agree.
described() {
  local made=$work/$1
  shift
  rm -rf "$made"
  mkdir -p "$made"
  "$MBLSTM" map --systemrdl "$@" >"$made/board.rdl"
  "$MBLSTM" map --svd "$@" >"$made/board.svd"
  "$peakrdl/bin/peakrdl" uvm "$made/board.rdl" --top board -o "$made/board_uvm.sv"
  "$peakrdl/bin/peakrdl" ip-xact "$made/board.rdl" --top board -o "$made/board.xml"
  "$peakrdl/bin/peakrdl" html "$made/board.rdl" --top board -o "$made/html"
  agree "$made" board.rdl
}

# agree MADE RDL
agree() { "$peakrdl/bin/python" "$here/agree.py" "$1/$2" "$1/board.svd" "$1/board.xml" "$1/board_uvm.sv" "$1/html"; }

map() {
  described map
  described base --features none
  # A bit of a reset value, a place, an access.
  local made=$work/map
  for change in 's/reset = 0x4d425831/reset = 0x4d425830/' 's/} ERASE_WIDTH @ 0x0034/} ERASE_WIDTH @ 0x0038/' \
    's/sw = r; hw = w; \(.*\) BUSY/sw = rw; hw = w; we; \1 BUSY/'; do
    sed "$change" "$made/board.rdl" >"$made/other.rdl"
    if agree "$made" other.rdl >"$made/failed.txt" 2>&1; then echo "another map agrees: $change" >&2; return 1; fi
    grep -q "^SVD: 0x" "$made/failed.txt" || { cat "$made/failed.txt" >&2; return 1; }
  done
}

# rtl OUT CONFIGURATION: each block of a chip, and what connects them with a bench.
rtl() {
  local out=$work/$1
  rm -rf "$out"
  mkdir -p "$out/rtl"
  echo "$2" >"$out/chip.json"
  "$MBLSTM" map --systemrdl --chip "$out/chip.json" >"$out/board.rdl"
  for block in $(sed -n 's/^addrmap \(\w*\) .*/\1/p' "$out/board.rdl" | grep -vx board); do
    "$peakrdl/bin/peakrdl" regblock "$out/board.rdl" --top "$block" --cpuif apb4-flat --default-reset rst -o "$out/rtl" || exit 2
  done
  "$peakrdl/bin/python" "$here/connect.py" "$out/board.rdl" "$out/rtl" >"$out/rtl/registers_rtl.sv" || exit 2
}

# build OUT TOP FILE…: the bench OUT/bench/VTOP. What PeakRDL writes has warnings.
build() {
  local out=$work/$1 top=$2
  shift 2
  "$verilator" --binary --timing --Mdir "$out/bench" --top-module "$top" -Wno-fatal \
    "$here"/../{mblstm_pkg,mblstm_lockstep,bench/case_file}.sv "$@" "$here/$top.sv" \
    -MAKEFLAGS VM_PARALLEL_BUILDS=0 -MAKEFLAGS OPT_FAST=-O1 -CFLAGS "-std=c++20 -w -I$library/include" \
    -LDFLAGS "-L$library/lib -lmblstm -Wl,-rpath,$library/lib" >"$out/build.txt" 2>&1 ||
    { grep -A3 '%Error\|error:' "$out/build.txt" >&2; exit 2; }
}

# sources RTL: of the blocks, packages first.
sources() {
  ls "$work/$1"/mutants_pkg.sv 2>/dev/null || true
  ls "$work/$1"/*_pkg.sv | grep -v mutants_pkg
  ls "$work/$1"/*.sv | grep -v _pkg
}

# run OUT ARGUMENT…
run() {
  local out=$work/$1 status=0
  shift
  "$out/bench/Vregisters" +verilator+seed+1 +configuration="$(cat "$out/chip.json")" "$@" >"$out/said.txt" 2>&1 || status=1
  grep -v '^- ' "$out/said.txt" || true
  return $status
}

# Cases of `registers` by their chips, the most frequent first: how many, a tab, the chip.
chips() {
  .ci/c/cases.py vectors/v1 >"$work/cases.txt"
  awk '/^case registers-/ { on = 1; next } on { sub(/^chip /, ""); print; on = 0 }' "$work/cases.txt" | sort | uniq -c |
    sort -k1,1nr -k2 | sed 's/^ *\([0-9]*\) /\1\t/'
}

# cases_of CONFIGURATION: those of one chip.
cases_of() {
  awk -v chip="chip $1" '/^case / { head = $0; on = 0; next }
    /^chip / { on = head ~ /^case registers-/ && $0 == chip; if (on) print head } on' "$work/cases.txt"
}

cases() {
  local number=0 configuration out
  while IFS=$'\t' read -r _ configuration; do
    number=$((number + 1))
    rtl "chip-$number" "$configuration"
    build "chip-$number" registers $(sources "chip-$number/rtl")
    out=$work/chip-$number
    cases_of "$configuration" >"$out/cases.txt"
    echo "chip $configuration: $(run "chip-$number" +cases="$out/cases.txt" +names="$out/names.txt" || { cat "$out/said.txt" >&2; exit 1; })"
    # Those the RTL answers by itself, too; of the first chip's others it does not.
    awk 'NR == FNR { taken[$1] = 1; next } /^case / { on = $2 in taken } on' "$out/names.txt" "$out/cases.txt" >"$out/plain.txt"
    [ ! -s "$out/plain.txt" ] || run "chip-$number" +tied +cases="$out/plain.txt" >"$out/tied.txt" || { cat "$out/tied.txt" >&2; return 1; }
    if [ $number -eq 1 ] && run "chip-$number" +tied +cases="$out/cases.txt" >"$out/tied.txt"; then
      echo "every case passes where every write is taken" >&2
      return 1
    fi
    [ "${CHIPS:-first}" = all ] || break
  done < <(chips)
}

mutants() {
  local out=$work/mutants configuration
  configuration=$(chips | head -n 1 | cut -f 2)
  rtl mutants "$configuration"
  "$peakrdl/bin/python" "$here/mutants.py" "$out/rtl" "$out/mutated" "${MUTANTS:-120}" "${SEED:-1}" >"$out/list.txt" || exit 2
  build mutants registers $(sources mutants/mutated)
  cases_of "$configuration" >"$out/cases.txt"
  run mutants +sweep=6 +cases="$out/cases.txt"
  # Each in a run of its own, which ends at the first difference: `found` only with another status than 0, and its register.
  cat >"$out/one.sh" <<'SH'
read -r number kind register what <<<"$1"
waves=$out/waves-$number.vcd
if "$out/bench/Vregisters" +verilator+seed+1 +mutant="$number" +sweep=6 +configuration="$(cat "$out/chip.json")" \
  +cases="$out/cases.txt" +waves="$waves" >"$out/said-$number.txt" 2>&1; then
  echo "not noticed: $1"
elif ! grep -q "^[^:]*: $register\(\[[0-9]*\]\)\? at 0x" "$out/said-$number.txt"; then
  echo "another register than that of: $1: $(grep -m 1 ' at 0x' "$out/said-$number.txt")"
else echo "found $kind"; fi
SH
  export out
  xargs -a "$out/list.txt" -d '\n' -n 1 -P "$(nproc)" bash "$out/one.sh" | sort | uniq -c >"$out/found.txt"
  if grep -v ' found ' "$out/found.txt" >&2; then return 1; fi
  echo "$(wc -l <"$out/list.txt") mistakes, all noticed, each with its register: $(awk '{ printf "%s %s, ", $1, $3 }' "$out/found.txt" | sed 's/, $//')"
  # The first of them, as it is told.
  sed -n '/ at 0x/p' "$out/said-1.txt"
  grep -q '^\$timescale' "$out/waves-$(grep -m 1 ' address ' "$out/list.txt" | cut -d ' ' -f 1).vcd"
}

alone() {
  local out=$work/alone fault words
  rm -rf "$out"
  mkdir -p "$out"
  "$MBLSTM" export readmemh --out "$out/exported" >"$out/exported.txt"
  # Each mistake behind a switch.
  sed -e 's/is_guarded && locked/& \&\& !$test$plusargs("locked")/' \
    -e "s/data != 32'h50524f47/& \&\& !(\$test\$plusargs(\"key\") \&\& data == 0)/" \
    -e 's/value <= 16/value <= ($test$plusargs("segments") ? 17 : 16)/' \
    -e "s/word\[IRQ_PENDING\] | (32'b1 << 8)/word[IRQ_PENDING] | (\$test\$plusargs(\"pending\") ? 32'b0 : 32'b1 << 8)/" \
    -e 's/word\[ERROR_ADDRESS\] = address/word[ERROR_ADDRESS] = $test$plusargs("address") ? address \& ~3 : address/' \
    "$out/exported/registers.v" >"$out/registers.v"
  [ "$(diff "$out/exported/registers.v" "$out/registers.v" | grep -c '^>')" -eq 5 ] || { echo "registers.v is another" >&2; return 2; }
  build alone alone "$out/registers.v"
  said() { "$out/bench/Valone" +accesses="$out/exported/registers.hex" +waves="$out/waves.vcd" "$@" >"$out/said.txt" 2>&1; }
  said || { cat "$out/said.txt" >&2; return 1; }
  grep cases "$out/said.txt"
  while read -r fault words; do
    if said "+$fault"; then echo "alone +$fault: passed, expected it to fail" >&2; return 1; fi
    grep -q -- "$words" "$out/said.txt" || { cat "$out/said.txt" >&2; echo "alone +$fault: says nothing of '$words'" >&2; return 1; }
  done <<'FAULTS'
locked MBX0.WATCHDOG at 0x4001001c, .*: reads as 0xffffffff, expected 0x00000000
key MBX0.STATUS at 0x4001000c, .*; LOCKED=0, expected LOCKED=1
segments MBX.SIGMOID_COUNT at 0x40000100, .*; COUNT=17, expected COUNT=16
pending MBX.IRQ_PENDING at 0x40000018, .*; TILE_ERRORS=0, expected TILE_ERRORS=1
address MBX.ERROR_ADDRESS at 0x40000014, .*: reads as 0x40000000, expected 0x40000001
FAULTS
}

for bench in "${benches[@]}"; do
  case $bench in
    map | cases | mutants | alone) ("$bench") ;;
    *) echo "$0: no bench '$bench'" >&2; exit 2 ;;
  esac
done
