# Sourced by the check.sh of each bench, in the root of the repository: `source vectors/benches.sh NAME`.
#
# library: that of MBLSTM_LIBRARY (a folder with include and lib), or built by .ci/library. MBLSTM: the command, built unless it
# is named. work: .build/NAME, for what the bench makes. Ends with status 2 where something cannot be built.
library=${MBLSTM_LIBRARY:-$PWD/.build/library}
[ -e "$library/lib/libmblstm.so" ] || .ci/library "$library" >&2 || exit 2
if [ -z "${MBLSTM:-}" ]; then
  swift build -c release --product mblstm >&2 || exit 2
  MBLSTM=$(swift build -c release --show-bin-path)/mblstm
fi
work=$PWD/.build/$1
mkdir -p "$work"
