#!/usr/bin/env bash
# Benches in SystemVerilog on the chip as a library, by Verilator 5 and, of `unknown`, Icarus Verilog.
#
#   vectors/sv/check.sh [imports|cases|agents|digits|tile|own|unknown|cost …]      all unless given
#
# imports  the package has the functions and numbers of mblstm_model.h
# cases    the golden bus accesses by DPI-C, APB and AXI4-Lite: the register logs of `mblstm export logs`, byte for byte
# agents   APB and AXI4-Lite on the chip's own clock: stalls, interrupts, sizes, errors, volts and amperes
# digits   a controller in Verilog classifies a sequence over APB: the firmware's answer, and its accesses
# tile     the macro by its pins is tile 0 of a chip
# own      another digital side than MBX's, with a register map of its own, runs digits on two macros
# unknown  what is unknown at the macro's pins is unknown in what it senses, in a simulator of four states
# cost     a register write against one from C; printed, not judged
# Each of cases, agents, digits, tile, own and unknown is also made to fail, in every way that it has to notice.
#
# MBLSTM_LIBRARY and MBLSTM are as vectors/benches.sh says; VERILATOR names another Verilator. Exit status: 0 all passed, 1 a
# difference, 2 something cannot be built, 77 one was skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
benches=("$@")
[ $# -gt 0 ] || benches=(imports cases agents digits tile own unknown cost)
verilator=${VERILATOR:-verilator}

source vectors/benches.sh sv

# build TOP FILE…: the bench as $work/TOP/VTOP. One translation unit, which compiles in a fraction of the time.
build() {
  local top=$1
  shift
  rm -rf "${work:?}/$top"
  (cd "$here" && "$verilator" --binary --timing --Mdir "$work/$top" --top-module "$top" mblstm_pkg.sv mblstm_agent_pkg.sv "$@" \
    -MAKEFLAGS VM_PARALLEL_BUILDS=0 -MAKEFLAGS OPT_FAST=-O1 -CFLAGS "-std=c++20 -w -I$library/include" \
    -LDFLAGS "-L$library/lib -lmblstm -Wl,-rpath,$library/lib") >"$work/$top.txt" 2>&1 ||
    { grep -v '^g++\|^make\|^ccache' "$work/$top.txt" >&2; exit 2; }
}

# run TOP ARGUMENT…: what it says, without what Verilator says of its end, behind a dash.
run() {
  local top=$1 status=0
  shift
  "$work/$top/V$top" +verilator+seed+1 "$@" >"$work/said.txt" 2>&1 || status=1
  grep -v '^- ' "$work/said.txt" || true
  return $status
}

# fails TOP WORDS ARGUMENT…: it has to end with another status than 0, and to say these words.
fails() {
  local top=$1 words=$2
  shift 2
  if (run "$top" "$@") >"$work/failed.txt" 2>&1; then
    echo "$top $*: passed, expected it to fail" >&2
    return 1
  fi
  grep -q -- "$words" "$work/failed.txt" ||
    { cat "$work/failed.txt" >&2; echo "$top $*: says nothing of '$words'" >&2; return 1; }
}

imports() {
  local header=$library/include/mblstm_model.h none="mblstm_chip_log_callback mblstm_chip_restore mblstm_chip_snapshot"
  # A function's name stands before its bracket, an enumerator's before its number.
  functions() { grep -v '^ \*' "$1" | grep -o '\bmblstm_[a-z0-9_]*(' | tr -d '(' | sort -u; }
  # Entries of a log are those of the callback; the version is hexadecimal.
  numbers() {
    grep -o '\bMBLSTM_[A-Z0-9_]* = -\?[0-9]*' "$1" | grep -v '_ENTRY_\|_ABI_' | sort -u
    sed -n "s/.*MBLSTM_ABI_VERSION \(= 32'h\|0x\)\([0-9_]*\).*/\2/p" "$1" | tr -d _
  }
  diff <(functions "$header" | grep -vxF "${none// /$'\n'}") \
    <(grep 'import "DPI-C"' "$here/mblstm_pkg.sv" | functions /dev/stdin) ||
    { echo "the header has other functions than the package" >&2; return 1; }
  diff <(numbers "$header") <(numbers "$here/mblstm_pkg.sv") ||
    { echo "the header has other numbers than the package" >&2; return 1; }
  echo "imports: $(functions "$header" | wc -l) functions of the header, $(wc -w <<<"$none") of them not imported"
}

cases() {
  build bus_cases mblstm_apb.sv mblstm_axi4lite.sv bench/{case_file,bus_cases,apb_master,axi_master}.sv
  rm -rf "$work/expected" "$work"/logs-*
  .ci/c/cases.py vectors/v1 >"$work/cases.txt"
  "$MBLSTM" export logs --out "$work/expected" >"$work/exported.txt"
  for bus in dpi apb axi; do
    mkdir -p "$work/logs-$bus"
    run bus_cases +bus=$bus +cases="$work/cases.txt" +logs="$work/logs-$bus"
    diff -rq "$work/expected" "$work/logs-$bus"
  done
  # One bit of one write is another: its log is, and no other.
  awk '/^W/ && !done && sub(/1$/, "0") { done = 1 } { print }' "$work/cases.txt" >"$work/other-cases.txt"
  mkdir -p "$work/logs-other"
  run bus_cases +bus=apb +cases="$work/other-cases.txt" +logs="$work/logs-other" >/dev/null
  [ "$(diff -rq "$work/expected" "$work/logs-other" | wc -l)" -eq 1 ] || { echo "another write left the same log" >&2; return 1; }
  fails bus_cases "is not there" +cases="$work/none.txt" +logs="$work/logs-other"
}

agents() {
  build agents mblstm_apb.sv mblstm_axi4lite.sv bench/{agents,apb_master,axi_master}.sv
  for bus in apb axi; do
    run agents +bus=$bus
    fails agents "WAIT stalled for about 20[0-9]* clocks, the operation takes 2050" +bus=$bus +fault=stall
    fails agents "no interrupt came" +bus=$bus +fault=interrupt
    fails agents "0x10000007 holds 0x0000005a, expected 0x000000c3" +bus=$bus +fault=strobe
    fails agents "ended without an error, expected one" +bus=$bus +fault=error
    fails agents "volts of word line 2: 6.3" +bus=$bus +fault=code
    fails agents "a SET of 1998 clocks, a rest of 50 and a RESET of 60, expected 2000" +bus=$bus +fault=pulse
  done
}

# accesses LOG: what was read from and written to MBX and its tiles from the first DRIVE of an inference on.
accesses() {
  awk -F, '$6 == "MBX0.DRIVE[0]" { on = 1 } on && $6 ~ /^MBX/ && ($3 == "read" || $3 == "write") { print $3, $4, $5 }' "$1"
}

data=vectors/tasks/digits/test.csv
chip=$work/chip.mbx
# A chip that holds the weights of digits.
programmed() { "$MBLSTM" run digits --limit 1 --save "$chip" >"$work/run.txt" 2>&1; }

digits() {
  build digits mblstm_apb.sv bench/{digits,digits_controller}.sv
  local golden=$work/golden.hex
  programmed
  "$MBLSTM" run digits --limit 1 --load "$chip" --log "$work/firmware.csv" >"$work/run.txt" 2>&1
  # What the firmware answers last: done, the class, pairs of outputs.
  awk -F, '$3 == "write" && $6 == "HOST.DATA" { word[n++] = substr($5, 3) } END { for (i = n - 6; i < n; i++) print word[i] }' \
    "$work/firmware.csv" >"$golden"
  local arguments=(+chip="$chip" +data="$data" +golden="$golden")
  run digits "${arguments[@]}" +log="$work/controller.csv"
  diff <(accesses "$work/firmware.csv") <(accesses "$work/controller.csv")
  "$MBLSTM" replay "$work/controller.csv"
  fails digits "output 0 is" "${arguments[@]}" +fault=answer
  fails digits "the bus ended a write at" "${arguments[@]}" +fault=bus
  fails digits "strobes 0111, expected" "${arguments[@]}" +fault=strobe
  fails digits "the firmware's answer is" "${arguments[@]}" +sequence=1
}

tile() {
  build tile mblstm_tile.sv mblstm_tile_model.sv bench/tile.sv
  run tile
  fails tile "convert 4 cycles after the lines changed, expected 10 or more" +fault=early
  fails tile "convert without driven lines, expected drive 10 cycles before" +fault=order
  fails tile "change during a conversion, expected it after cycle" +fault=change
  fails tile "drive falls during a conversion, expected it after cycle" +fault=fall
  fails tile "convert while an operation is under way, expected it after cycle" +fault=busy
  fails tile "capture 19 cycles before the codes are there, expected it at done" +fault=capture
  fails tile "capture without a conversion, expected one to be done" +fault=nothing
  fails tile "program_row with driven lines, expected drive to be low" +fault=driven
  fails tile "with another strobe, expected one at a time" +fault=two
  fails tile "drive code 500 of line 0, expected -127 to 127" +fault=code
  fails tile "word line 9, expected 0 to 8" +fault=row
  fails tile "supplies: .* expected references, then drivers" +fault=supply
  fails tile "program_row: status -7" +fault=pulse
}

own() {
  build own mblstm_tile.sv mblstm_tile_model.sv bench/{own,own_side}.sv
  programmed
  "$MBLSTM" run digits --limit 100 --load "$chip" --answers "$work/answers.csv" >"$work/run.txt" 2>&1
  local arguments=(+chip="$chip" +data="$data" +answers="$work/answers.csv" +sequences=100)
  run own "${arguments[@]}"
  fails own "expected 85 % right or more" "${arguments[@]}" +fault=cells
}

# icarus MACRO: the bench in Icarus Verilog with this file of the macro.
icarus() {
  iverilog -g2012 -Wall -Wno-timescale -o "$work/unknown" "$1" "$here"/icarus/{mblstm_tile_model,unknown}.sv || exit 2
  LD_LIBRARY_PATH=$library/lib vvp -n -M"$work" -mmblstm_vpi "$work/unknown"
}

unknown() {
  (cd "$work" && iverilog-vpi --name=mblstm_vpi -I"$library/include" -L"$library/lib" -lmblstm "$here/icarus/mblstm_vpi.c") \
    >"$work/vpi.txt" 2>&1 || { cat "$work/vpi.txt" >&2; exit 2; }
  icarus "$here/mblstm_tile.sv" >"$work/unknown.txt" || { cat "$work/unknown.txt" >&2; return 1; }
  tail -n 1 "$work/unknown.txt"
  grep -q "a strobe is unknown: drive 0, convert x" "$work/unknown.txt"
  # A macro that takes an unknown width for none.
  sed 's/unknown_bit_lines\[line\] = 1;//' "$here/mblstm_tile.sv" >"$work/other_tile.sv"
  if icarus "$work/other_tile.sv" >"$work/failed.txt"; then
    echo "unknown: another macro passed, expected it to fail" >&2
    return 1
  fi
  grep -q "a bit of a width: lines 000000 are unknown, expected 001000" "$work/failed.txt"
}

cost() {
  build cost mblstm_apb.sv bench/{cost,apb_master}.sv "$here/bench/cost.cpp"
  run cost
}

skipped=0
for bench in "${benches[@]}"; do
  case $bench in
    imports) tool=bash ;;
    unknown) tool=iverilog ;;
    cases | agents | digits | tile | own | cost) tool=$verilator ;;
    *) echo "$0: no bench '$bench'" >&2; exit 2 ;;
  esac
  if command -v "$tool" >/dev/null; then ("$bench"); else
    echo "skipped: $bench needs $tool"
    skipped=77
  fi
done
exit $skipped
