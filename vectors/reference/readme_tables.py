"""Tables of README.md: the lines between `<!-- table NAME -->` and `<!-- end NAME -->`, as `mblstm reproduce` has them too."""

from pathlib import Path


class TableError(Exception):
    """What a README lacks, in words."""


def line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def lines(heads: list[str], rows: list[list[str]]) -> list[str]:
    return [line(heads), "|" + "---|" * len(heads), *map(line, rows)]


class Readme:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = path.read_text(encoding="utf-8").splitlines()

    def place(self, name: str) -> tuple[int, int]:
        """Of the table's first line, from 0, and of the one behind its last."""
        places = []
        for marker in (f"<!-- table {name} -->", f"<!-- end {name} -->"):
            found = [number for number, text in enumerate(self.lines) if text == marker]
            if len(found) != 1:
                raise TableError(f"{self.path}: has the line '{marker}' {len(found)} times, expected it once")
            places += found
        if places[0] > places[1]:
            raise TableError(f"{self.path}:{places[1] + 1}: the table '{name}' ends before it begins")
        return places[0] + 1, places[1]

    def cell(self, name: str, row: str, column: str) -> str:
        """Of the row whose first cell is `row`, below the first head that is `column`."""
        first, end = self.place(name)
        table = [text.strip().strip("|").split("|") for text in self.lines[first:end]]
        table = [[cell.strip() for cell in cells] for cells in table]
        if not table or column not in table[0]:
            raise TableError(f"{self.path}: the table '{name}' has no column '{column}'")
        for cells in table[2:]:
            if cells[0] == row and len(cells) == len(table[0]):
                return cells[table[0].index(column)]
        raise TableError(f"{self.path}: the table '{name}' has no row '{row}'")

    def difference(self, name: str, made: list[str]) -> str | None:
        """The first line that is another than it should be, in words."""
        first, end = self.place(name)
        there = self.lines[first:end]
        for number in range(max(len(there), len(made))):
            found, expected = (f"'{part[number]}'" if number < len(part) else "no line" for part in (there, made))
            if found != expected:
                return f"{self.path}:{first + number + 1}: expected {expected}, found {found} (table '{name}')"
        return None
