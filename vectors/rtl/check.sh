#!/usr/bin/env bash
# Holds the models in Verilog against the golden vectors, with Icarus Verilog.
#
#   vectors/rtl/check.sh [DIR] [EXPORTED]
#
# DIR holds NAME.v for each NAME_tb.v: this folder unless given; a bench whose model is not in DIR is left out. Modules
# that a model is made of are looked for in DIR, then here.
# EXPORTED is what `mblstm export readmemh --out EXPORTED` wrote; without it that is done here, by the command that
# MBLSTM names, or by building it.
#
# Exit status: 0 all passed, 1 a difference, 2 something cannot be used, 77 skipped.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
models=$(cd "${1:-$here}" && pwd) || exit 2

for tool in iverilog vvp; do
  command -v "$tool" >/dev/null && continue
  echo "skipped: needs iverilog"
  exit 77
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ $# -ge 2 ]; then
  exported=$(cd "$2" && pwd) || exit 2
else
  exported=$scratch/exported
  cd "$here/../.." || exit 2
  if [ -z "${MBLSTM:-}" ]; then
    swift build -c release --product mblstm >&2 || exit 2
    MBLSTM=$(swift build -c release --show-bin-path)/mblstm
  fi
  "$MBLSTM" export readmemh --out "$exported" >/dev/null || exit 2
fi

cd "$exported" || exit 2
status=2 # until a bench has run
for bench in *_tb.v; do
  name=${bench%_tb.v}
  model=$models/$name.v
  # A model that comes with its bench stands for those of this folder.
  [ -e "$model" ] || [ "$models" != "$here" ] || model=$exported/$name.v
  [ -e "$model" ] || continue
  iverilog -g2012 -Wall -Wno-timescale -o "$scratch/$name" "$bench" "$model" -y "$models" -y "$here" || exit 2
  said=$(vvp -n "$scratch/$name") || status=1
  echo "$name: $said"
  [ $status -eq 2 ] && status=0
  grep -q '^passed: ' <<<"$said" || status=1
done
[ $status -ne 2 ] || echo "$models: has no model that a bench is there for" >&2
exit $status
