"""What chips and tiles have in common: a handle of the library, from making to closing."""

from __future__ import annotations

import json
import os
import pathlib
import weakref
from ctypes import byref, c_uint64
from operator import index
from types import TracebackType
from typing import Any, Mapping, NamedTuple, Optional, Type, TypeVar, Union

from ._library import judge, path_of, text_of

Configuration = Union[Mapping[str, Any], str, "os.PathLike[str]"]
"""What a chip is made of: properties as `mblstm run --print-chip` writes them, that JSON as a text, the lines of a log's head, or
the path of a file of JSON (of a chip, a chip file too). Properties that are not told have their defaults."""


class TileSize(NamedTuple):
    """Lines of a tile. ``columns`` is what a READ senses: bit lines, or pairs of them."""

    word_lines: int
    bit_lines: int
    columns: int


Self = TypeVar("Self", bound="Handle")


class Handle:
    """Something alive in the library: end it with ``close`` or ``with``; forgotten ones end when they are collected."""

    def __init__(self, make: Any, free: Any, argument: bytes) -> None:
        handle = c_uint64()
        self._handle = 0
        judge(make(argument, byref(handle)))
        self._handle, self._free = handle.value, free
        self._forgotten = weakref.finalize(self, free, handle.value)

    def close(self) -> None:
        """Ends it; a second time it does nothing. Every other call of an ended one raises ChipError.

        :raises ChipError: where a log cannot be written (it is ended all the same), or it is in use.
        """
        if self._handle == 0:
            return
        status = self._free(self._handle)
        if status != -2:  # IN_USE: it goes on
            self._handle = 0
            self._forgotten.detach()
        judge(status)

    @property
    def closed(self) -> bool:
        """Whether it has been ended."""
        return self._handle == 0

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self.close()


def text_from(configuration: Configuration, properties: Mapping[str, Any]) -> bytes:
    """The configuration as the library reads it."""
    if isinstance(configuration, os.PathLike):
        configuration = pathlib.Path(configuration).read_text(encoding="utf-8")
    if isinstance(configuration, str):
        if properties:
            raise TypeError(f"properties ({', '.join(properties)}) beside a text or a file, expected a dict of them")
        return text_of(configuration)
    if not isinstance(configuration, Mapping):
        raise TypeError(f"a configuration of {type(configuration).__name__}, expected a dict, a text or a path")
    return text_of(json.dumps({**configuration, **properties}, default=index))


def file_of(configuration: Configuration, properties: Mapping[str, Any]) -> Optional[bytes]:
    """The path of a file, where the configuration is one and nothing else is told."""
    return path_of(configuration) if isinstance(configuration, os.PathLike) and not properties else None
