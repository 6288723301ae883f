"""libmblstm as it lies in the package, and what its statuses become."""

import ctypes
import os
import pathlib
from typing import Any, NoReturn

from . import _header
from ._header import Status

LIBRARY = pathlib.Path(__file__).parent / "lib" / f"libmblstm.so.{_header.ABI_VERSION >> 16}"


class ChipError(Exception):
    """A call that was refused and changed nothing; the text is the library's.

    ``status`` is one of :class:`~mblstm.Status`.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = Status(status)


class BusError(ChipError):
    """The access was made, and the bus ended it with an error: no block there, or another size or alignment."""


class PowerError(ChipError):
    """The board has no power: no access was made and no time passes until ``power_cycle``."""


def load(path: "os.PathLike[str]") -> ctypes.CDLL:
    """The library with the types of its functions.

    :raises ImportError: where it is not there, or of another version of its interface.
    """
    try:
        library = ctypes.CDLL(os.fspath(path))
        version = int(library.mblstm_abi_version()) & 0xFFFFFFFF
    except (OSError, AttributeError) as error:
        raise ImportError(f"{path}: {error}; expected the library of this package", path=str(path)) from error
    wanted = _header.ABI_VERSION
    if version >> 16 != wanted >> 16 or version < wanted:
        raise ImportError(
            f"{path}: interface {version >> 16}.{version & 0xFFFF}, expected {wanted >> 16}.{wanted & 0xFFFF} or a later minor one",
            path=str(path))
    for name, (result, parameters) in _header.FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, parameters
    return library


library: Any = load(LIBRARY)


def fail(status: int) -> NoReturn:
    """Raises what a status other than 0 stands for, with the text of this thread's latest call."""
    text = library.mblstm_error_text().decode("utf-8", "replace")
    kinds = {Status.BUS_ERROR: BusError, Status.NO_POWER: PowerError}
    raise kinds.get(Status(status), ChipError)(status, text)


def judge(status: int) -> None:
    """Raises where a call was not done."""
    if status:
        fail(status)


def text_of(text: str) -> bytes:
    """A text as C takes it."""
    if "\0" in text:
        raise ValueError("a text with a zero in it, expected one that C can take")
    return text.encode("utf-8")


def path_of(path: "os.PathLike[str] | str") -> bytes:
    """A path as C takes it."""
    encoded = os.fsencode(path)
    if b"\0" in encoded:
        raise ValueError("a path with a zero in it, expected one that C can take")
    return encoded


def unsigned(number: int, bits: int, what: str) -> int:
    """A number that C's type of so many bits holds; ctypes alone would cut it off."""
    number = number.__index__()
    if not 0 <= number < 1 << bits:
        raise ValueError(f"{what} is {number}, expected 0 to {(1 << bits) - 1}")
    return number
