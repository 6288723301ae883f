"""Arrays: NumPy's where NumPy is there, else memoryviews with a shape, which index and list alike.

``values[row, column]``, ``values.shape``, ``values.tolist()`` and ``len(values)`` are the same of both.
"""

from __future__ import annotations

import array
import ctypes
from operator import index
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Optional, Sequence, Tuple, cast

if TYPE_CHECKING:
    # Without NumPy, arrays are of any type to type checkers.
    import numpy.typing  # type: ignore[import-not-found, unused-ignore]
    from typing_extensions import TypeAlias

    Array: TypeAlias = "numpy.typing.NDArray[Any]"
    """Of integers: 32 bits signed, 64 of currents, 8 of what is saturated."""
else:
    Array = Any

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment, unused-ignore]

_KINDS = {"i": ctypes.c_int32, "q": ctypes.c_int64, "B": ctypes.c_uint8}
_TYPES = {"i": "int32", "q": "int64", "B": "uint8"}


class Room:
    """Memory for numbers that the library fills in: 'i' of 32 bits, 'q' of 64, 'B' of 8 without sign."""

    def __init__(self, kind: str, *shape: int) -> None:
        self._kind, self._shape = kind, shape
        self.count = 1
        for side in shape:
            self.count *= side
        self._memory = array.array(kind, bytes(self.count * ctypes.sizeof(_KINDS[kind])))

    @property
    def pointer(self) -> Any:
        """For ctypes; valid as long as it is kept."""
        return (_KINDS[self._kind] * self.count).from_buffer(self._memory)

    @property
    def array(self) -> Array:
        """What is in it, without a copy."""
        if numpy is not None:
            return numpy.frombuffer(self._memory, dtype=_TYPES[self._kind]).reshape(self._shape)
        view: Any = memoryview(self._memory)
        return view if len(self._shape) == 1 else view.cast("B").cast(self._kind, shape=list(self._shape))


def flat(values: Iterable[Any]) -> Iterator[Any]:
    """Numbers of rows in their order; a flat iterable is as it is."""
    if isinstance(values, memoryview):
        values = values.tolist()
    for value in values:
        if hasattr(value, "__iter__"):
            yield from flat(_row(value))
        else:
            yield value


def _row(value: Any) -> Iterable[Any]:
    if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
        raise TypeError(f"{value!r}, expected an integer")
    return value  # type: ignore[no-any-return]


def numbers(values: Iterable[Any], what: str) -> Any:
    """Numbers of 32 bits, of a list, of rows or of any array, as ctypes takes them.

    :raises TypeError: for what is no integer.
    :raises ValueError: for one of more bits.
    """
    given = _from_numpy(values, what)
    if given is None:
        given = [index(value) for value in flat(_row(values))]
        for place, number in enumerate(given):
            if not -(1 << 31) <= number < 1 << 31:
                raise ValueError(f"{what}[{place}] is {number}, expected {-1 << 31} to {(1 << 31) - 1}")
        return (ctypes.c_int32 * len(given))(*given)
    return given


def _from_numpy(values: Any, what: str) -> Optional[Any]:
    if numpy is None or not isinstance(values, numpy.ndarray):
        return None
    if values.dtype.kind not in "iu":
        raise TypeError(f"{what} are of {values.dtype}, expected integers")
    if values.size and (int(values.min()) < -(1 << 31) or int(values.max()) >= 1 << 31):
        raise ValueError(f"{what} hold {values.min()} to {values.max()}, expected {-1 << 31} to {(1 << 31) - 1}")
    taken = numpy.array(values, dtype=numpy.int32).ravel()
    return (ctypes.c_int32 * taken.size).from_buffer(cast(Any, taken)) if taken.size else (ctypes.c_int32 * 0)()


def halves(codes: Sequence[int]) -> Iterator[int]:
    """Signed numbers of 16 bits as words of two, the first in the lower half; a word not filled ends with 0."""
    for place in range(0, len(codes), 2):
        odd = codes[place + 1] if place + 1 < len(codes) else 0
        yield codes[place] & 0xFFFF | (odd & 0xFFFF) << 16


def codes_of(words: Sequence[int], count: int) -> Array:
    """So many signed numbers of 16 bits out of words of two."""
    room = Room("i", count)
    pointer = room.pointer
    for place in range(count):
        half = words[place // 2] >> 16 * (place % 2) & 0xFFFF
        pointer[place] = half - 0x10000 if half >> 15 else half
    return room.array


def sixteen(values: Iterable[Any], most: int, what: str) -> Tuple[int, ...]:
    """At most so many signed numbers of 16 bits.

    :raises ValueError: for more of them, or one of more bits.
    """
    given = tuple(numbers(values, what))
    if len(given) > most:
        raise ValueError(f"{len(given)} {what}, expected at most {most}")
    for place, number in enumerate(given):
        if not -0x8000 <= number < 0x8000:
            raise ValueError(f"{what}[{place}] is {number}, expected {-0x8000} to {0x7fff}")
    return given
