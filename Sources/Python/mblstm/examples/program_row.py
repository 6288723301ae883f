"""Programs a row of a tile, reads it back, and plots both where matplotlib is there.

    python -m mblstm.examples.program_row [PLOT.svg]

In an editor that knows cells, each `# %%` is one.
"""

# %% A chip with one tile, every cell at its lowest conductance
import sys

from mblstm import Chip

chip = Chip(tiles=[[8, 16]], seed=1)
tile = chip.tile(0)
print(f"{tile.size.word_lines} word lines, {tile.size.bit_lines} bit lines; every cell {tile.cells[0, 0] / 1e6:.0f} µS")

# %% Pulses of rising width on word line 3, in steps of 20 ns
ROW = 3
widths = [600 * bit_line for bit_line in range(tile.size.bit_lines)]
before = chip.cycle
tile.unlock()
tile.program_row(ROW, widths)
conductances = [cell / 1e6 for cell in tile.cells.tolist()[ROW]]
print(f"programmed in {(chip.cycle - before) * 10e-3:.2f} µs, accesses included:")
print("  µS", *(f"{conductance:.1f}" for conductance in conductances))

# %% That word line read with the largest code, the others with 0
largest = 2 ** (chip.MBX0.CONVERTERS.DAC_BITS.read() - 1) - 1
codes = tile.read([largest if line == ROW else 0 for line in range(tile.size.word_lines)]).tolist()
print("  codes", *codes)
low, high = chip.MBX0.ENERGY
chip.MBX0.SNAPSHOT.write()
print(f"in the array {(low.read() | high.read() << 32) / 1e6:.1f} pJ")

# %% A plot
try:
    from matplotlib import pyplot  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    print("no plot: matplotlib is not there")
else:
    figure, (above, below) = pyplot.subplots(2, 1, sharex=True, constrained_layout=True)
    above.plot(widths, conductances, "o-")
    above.set_ylabel("conductance, µS")
    below.plot(widths, codes, "o-")
    below.set_ylabel("code")
    below.set_xlabel("width of the SET pulse, steps of 20 ns")
    figure.savefig(sys.argv[1] if len(sys.argv) > 1 else "program_row.svg")

# %% The end, which a `with Chip(…) as chip:` brings by itself
chip.close()
