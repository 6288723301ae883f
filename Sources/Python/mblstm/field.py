"""A field of a register, and what names one in the written map."""

from __future__ import annotations

from operator import index
from typing import TYPE_CHECKING, Any, Mapping, Optional, Tuple, Type, Union, cast

if TYPE_CHECKING:
    from .register import Register

FieldValue = Union[int, str]
"""A field's number, or the name of one of its values."""


class Field:
    """Some bits of a register, next to each other.

    ``low`` is the lowest bit, ``width`` their count; a ``signed`` field holds two's complement. ``values`` has the numbers
    that have a name.
    """

    __slots__ = ("register", "name", "low", "width", "signed", "values", "meaning")

    def __init__(self, register: Register, name: str, low: int, width: int, signed: bool, values: Mapping[str, int],
                 meaning: str) -> None:
        self.register, self.name, self.low, self.width = register, name, low, width
        self.signed, self.values, self.meaning = signed, values, meaning

    @property
    def mask(self) -> int:
        """The field's bits in the register's word."""
        return ((1 << self.width) - 1) << self.low

    @property
    def range(self) -> Tuple[int, int]:
        """The smallest and the largest number that it holds."""
        half = 1 << (self.width - 1)
        return (-half, half - 1) if self.signed else (0, 2 * half - 1)

    def of(self, word: int) -> int:
        """The field's number in a word of the register."""
        number = (index(word) & self.mask) >> self.low
        return number - (1 << self.width) if self.signed and number >> (self.width - 1) else number

    def bits(self, value: FieldValue) -> int:
        """The bits of a word that hold a number, or a value by its name.

        :raises ValueError: for a number out of ``range``, or a name that is none of ``values``.
        """
        if isinstance(value, str):
            if value not in self.values:
                expected = ", ".join(self.values) or "a number: its values have no names"
                raise ValueError(f"{self} has no value {value!r}, expected {expected}")
            value = self.values[value]
        number, (lowest, highest) = index(value), self.range
        if not lowest <= number <= highest:
            raise ValueError(f"{self} cannot hold {number}, expected {lowest} to {highest}")
        return (number & ((1 << self.width) - 1)) << self.low

    def read(self) -> int:
        """Reads the register; the field's number."""
        return self.of(self.register.read())

    def peek(self) -> int:
        """As :meth:`read`, without effect, time or log."""
        return self.of(self.register.peek())

    def __repr__(self) -> str:
        return f"{self.register.name}.{self.name}"


class Place:
    """What a class of the written map is made of: a descriptor, which makes what it names once for each owner."""

    name = ""

    def __set_name__(self, owner: Type[Any], name: str) -> None:
        self.name = name

    def kept(self, owner: Any, made: Any) -> Any:
        return vars(owner).setdefault(self.name, made)


class FieldAt(Place):
    """A field at bits of its register."""

    def __init__(self, low: int, width: int, meaning: str, signed: bool = False,
                 values: Optional[Mapping[str, int]] = None) -> None:
        self.low, self.width, self.meaning, self.signed, self.values = low, width, meaning, signed, values or {}

    def __get__(self, register: Any, owner: Type[Any]) -> Field:
        if register is None:
            return cast(Field, self)
        return cast(Field, self.kept(register, Field(
            register, self.name, self.low, self.width, self.signed, self.values, self.meaning)))
