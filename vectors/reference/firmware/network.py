"""The LSTM and its output layer on two tiles (sections 2.3 and 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from .cell_unit import CellUnit
from .dense import Dense
from .driver import Bus, Tile
from .lstm import LSTM
from .parts import Parts
from .program_verify import Verifier
from .requests import Request
from .weights import Layer

SIGMOID_COLUMN, TANH_COLUMN = 1, 2


@dataclass
class Shape:
    inputs: int
    hidden: int
    outputs: int
    lstm_window: int  # UQ8.8
    dense_window: int  # UQ8.8
    headroom: int  # bits, of the dense layer

    def words(self) -> list[int]:
        return [self.inputs, self.hidden, self.outputs, self.lstm_window, self.dense_window, self.headroom]

    def fits(self, tiles: Sequence[Tile]) -> bool:
        needs = [(self.inputs + self.hidden + 1, 4 * self.hidden), (self.hidden + 1, self.outputs)]
        return all(tile.word_lines >= rows and tile.columns >= columns for tile, (rows, columns) in zip(tiles, needs))


class Network:
    def __init__(self, bus: Bus, tiles: Sequence[Tile], shape: Shape, parts: Parts) -> None:
        self.shape = shape
        self.inputs, self.hidden, self.outputs = shape.inputs, shape.hidden, shape.outputs
        self.tiles = list(tiles)
        self.verifier: Verifier = parts[Verifier]()
        rows = shape.inputs + shape.hidden + 1
        lstm = parts[Layer](tiles[0], rows, 4 * shape.hidden, shape.lstm_window, 0)
        dense = parts[Layer](tiles[1], shape.hidden + 1, shape.outputs, shape.dense_window, shape.headroom)
        self.layers: list[Layer] = [lstm, dense]
        self.lstm: LSTM = parts[LSTM](bus, lstm, shape.inputs, shape.hidden)
        self.dense: Dense = parts[Dense](dense)
        self.cell_unit: Optional[CellUnit] = None
        if tiles[0].has_cell_unit:
            self.cell_unit = parts[CellUnit](bus, lstm, self.dense, shape.inputs, shape.hidden)

    # Sequences that are not trained on

    def begin(self) -> None:
        if self.cell_unit:
            self.cell_unit.begin()
        else:
            self.lstm.reset()

    def step(self, request: Request) -> None:
        if self.cell_unit:
            self.cell_unit.step(request)
        else:
            self.lstm.step(request.take_numbers(self.inputs))

    def outputs_now(self) -> list[int]:
        """In steps."""
        return self.dense.convert() if self.cell_unit else self.dense.read(self.lstm.state)

    # The chip

    def write_configuration(self) -> None:
        """The circuits behind the gates, and the scales."""
        self.write_circuits()
        for layer in self.layers:
            layer.write_scale()

    def write_circuits(self) -> None:
        circuits = [self.circuit(column // self.hidden) for column in range(4 * self.hidden)]
        for index in range(0, len(circuits), 16):
            word = sum(circuit << 2 * place for place, circuit in enumerate(circuits[index : index + 16]))
            self.tiles[0].write(f"ACTIVATION[{index // 16}]", word)

    def circuit(self, gate: int) -> int:
        return TANH_COLUMN if gate == 2 else SIGMOID_COLUMN
