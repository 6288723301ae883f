"""What a register map is made of. The map itself is written when the package is built, from the chip's own description."""

from __future__ import annotations

from operator import index
from typing import (Any, Callable, Dict, Generic, Iterator, List, Optional, Protocol, Sequence, Type, TypeVar, Union, cast,
                    overload)

from .field import Field, FieldAt, FieldValue, Place


class Bus(Protocol):
    """What registers are reached over: a :class:`~mblstm.Chip`, or a probe of yours on another model or on silicon.

    Addresses have 32 bits; a value has the bits that its method names.
    """

    def read8(self, address: int) -> int: ...
    def read32(self, address: int) -> int: ...
    def write8(self, address: int, value: int) -> None: ...
    def write32(self, address: int, value: int) -> None: ...


class Register:
    """A register of a map, on a bus or on none.

    ``address`` is its place; ``width`` its bits, 32 or 8; ``access`` one of ``ro``, ``rw``, ``wo``, ``w1c`` (a written 1 clears its
    bit), ``w1s``, ``rc`` (a read clears it), ``port`` and ``mixed``; ``reset`` its word after reset, None where that is the chip's
    own. Its fields are attributes: ``chip.MBX0.STATUS.BUSY.read()``.
    """

    def __init__(self, bus: Optional[Bus], name: str, address: int, width: int, access: str, reset: Optional[int]) -> None:
        self._bus, self.name, self.address, self.width = bus, name, address, width
        self.access, self.reset = access, reset

    @property
    def meaning(self) -> str:
        """What it is for, in the words of the manual."""
        return type(self).__doc__ or ""

    @property
    def fields(self) -> List[Field]:
        """Its fields, from the lowest bit on."""
        return [getattr(self, name) for name, place in vars(type(self)).items() if isinstance(place, FieldAt)]

    def read(self) -> int:
        """Reads the word over the bus: one access, with all that it does."""
        bus = self._on_a_bus()
        return bus.read8(self.address) if self.width == 8 else bus.read32(self.address)

    def write(self, word: int = 0, **fields: FieldValue) -> None:
        """Writes a word, with fields put into it: ``START.write(OPERATION="READ", LINEAR=1)``.

        :raises ValueError: for a word or a number that is too large.
        :raises TypeError: for a field that it does not have.
        """
        word = self.encode(word, **fields)
        bus = self._on_a_bus()
        bus.write8(self.address, word) if self.width == 8 else bus.write32(self.address, word)

    def modify(self, **fields: FieldValue) -> None:
        """Reads the word and writes it back with these fields changed: two accesses."""
        self.write(self.read(), **fields)

    def peek(self) -> int:
        """What a read would return, without effect, time or log. Of a :class:`~mblstm.Chip` alone."""
        return cast(int, self._behind("peek")(self.address))

    def poke(self, word: int) -> None:
        """Puts a word into the register, without time or log. Of a :class:`~mblstm.Chip` alone."""
        self._behind("poke")(self.address, word)

    def encode(self, word: int = 0, **fields: FieldValue) -> int:
        """A word with fields put into it."""
        word = index(word)
        if word >> self.width:
            raise ValueError(f"{self.name} cannot hold {word}, expected 0 to {(1 << self.width) - 1}")
        for name, value in fields.items():
            field = self._field(name)
            word = (word & ~field.mask) | field.bits(value)
        return word

    def decode(self, word: int) -> Dict[str, int]:
        """The numbers of all fields in a word."""
        return {field.name: field.of(word) for field in self.fields}

    def _field(self, name: str) -> Field:
        if not isinstance(vars(type(self)).get(name), FieldAt):
            has = ", ".join(field.name for field in self.fields) or "none"
            raise TypeError(f"{self.name} has no field {name!r}, it has {has}")
        return cast(Field, getattr(self, name))

    def _on_a_bus(self) -> Bus:
        if self._bus is None:
            raise TypeError(f"{self.name} is on no bus, expected a register of a Chip or of Registers(bus)")
        return self._bus

    def _behind(self, name: str) -> Callable[..., Any]:
        method = getattr(self._on_a_bus(), name, None)
        if not callable(method):
            raise TypeError(f"the bus of {self.name} has no {name}")
        return cast(Callable[..., Any], method)

    def __repr__(self) -> str:
        return f"{self.name} at {self.address:#010x}"


SomeRegister = TypeVar("SomeRegister", bound=Register)


class RegisterArray(Sequence[SomeRegister]):
    """Registers of one kind at equal distances: ``chip.MBX0.DRIVE[3]``."""

    def __init__(self, place: ArrayAt[SomeRegister], block: Block) -> None:
        self._place, self._block = place, block

    def __len__(self) -> int:
        return self._place.count

    @overload
    def __getitem__(self, number: int) -> SomeRegister: ...
    @overload
    def __getitem__(self, number: slice) -> List[SomeRegister]: ...
    def __getitem__(self, number: Union[int, slice]) -> Union[SomeRegister, List[SomeRegister]]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        number = index(number)
        if not 0 <= number < len(self):
            raise IndexError(f"{self!r} has no element {number}")
        return self._place.element(self._block, number)

    def __repr__(self) -> str:
        return f"{self._block.name}.{self._place.name}[{len(self)}]"


class Block:
    """Registers that belong together, at one base address."""

    def __init__(self, bus: Optional[Bus], name: str, base: int) -> None:
        self._bus, self.name, self.base = bus, name, base

    def __iter__(self) -> Iterator[Union[Register, RegisterArray[Any]]]:
        """Its registers and arrays, in the order of their addresses."""
        return (getattr(self, name) for name, place in vars(type(self)).items()
                if isinstance(place, (RegisterAt, ArrayAt)))

    def __repr__(self) -> str:
        return f"{self.name} at {self.base:#010x}"


SomeBlock = TypeVar("SomeBlock", bound=Block)


class RegisterMap:
    """All blocks, on a bus or on none."""

    def __init__(self, bus: Optional[Bus] = None) -> None:
        self._bus = bus

    def blocks(self) -> List[Block]:
        """All blocks, in the order of their addresses; those of tiles that a chip does not have too."""
        return [getattr(self, name) for kind in reversed(type(self).__mro__) for name, place in vars(kind).items()
                if isinstance(place, BlockAt)]

    def find(self, name: str) -> Register:
        """A register by its name in logs and vectors: ``MBX0.STATUS``, ``MBX0.DRIVE[3]``.

        :raises KeyError: where there is none.
        """
        block_name, _, rest = name.partition(".")
        register, _, number = rest.partition("[")
        for block in self.blocks():
            found = getattr(block, register, None) if block.name == block_name else None
            if isinstance(found, Register) and not number:
                return found
            if isinstance(found, RegisterArray) and number.endswith("]") and number[:-1].isdecimal():
                if int(number[:-1]) < len(found):
                    return cast(Register, found[int(number[:-1])])
        raise KeyError(f"no register is called {name!r}")

    def at(self, address: int) -> Optional[Register]:
        """The register at an address; None where there is none."""
        for block in self.blocks():
            for place in vars(type(block)).values():
                if isinstance(place, (RegisterAt, ArrayAt)):
                    found: Optional[Register] = place.at(block, index(address) - block.base)
                    if found is not None:
                        return found
        return None

    def name_of(self, address: int) -> str:
        """An address as logs and vectors have it: `MBX0.DRIVE[3]`, `MBX0.GEOMETRY+1`, `0x40015000` where there is no register."""
        for beyond in range(4):
            register = self.at(address - beyond)
            if register is not None and (beyond == 0 or register.width == 32):
                return register.name + f"+{beyond}" * (beyond > 0)
        return f"0x{index(address):08x}"


# Descriptors of the written map.

class RegisterAt(Place, Generic[SomeRegister]):
    """A register at an offset of its block."""

    def __init__(self, kind: Type[SomeRegister], offset: int, width: int, access: str, reset: Optional[int]) -> None:
        self.kind, self.offset, self.width = kind, offset, width
        self.access, self.reset = access, reset

    def __get__(self, block: Any, owner: Type[Any]) -> SomeRegister:
        if block is None:
            return cast(SomeRegister, self)
        return cast(SomeRegister, self.kept(block, self._made(block, self.name, self.offset)))

    def _made(self, block: Block, name: str, offset: int) -> SomeRegister:
        return self.kind(block._bus, f"{block.name}.{name}", block.base + offset, self.width, self.access, self.reset)

    def at(self, block: Block, offset: int) -> Optional[SomeRegister]:
        return cast(SomeRegister, getattr(block, self.name)) if offset == self.offset else None


class ArrayAt(Place, Generic[SomeRegister]):
    """Registers of one kind from an offset of their block on, four bytes each."""

    def __init__(self, kind: Type[SomeRegister], count: int, offset: int, width: int, access: str, reset: Optional[int]) -> None:
        self.count = count
        self.offset = offset
        self.first = RegisterAt(kind, offset, width, access, reset)

    def __get__(self, block: Any, owner: Type[Any]) -> RegisterArray[SomeRegister]:
        if block is None:
            return cast(RegisterArray[SomeRegister], self)
        return cast(RegisterArray[SomeRegister], self.kept(block, RegisterArray(self, block)))

    def element(self, block: Block, number: int) -> SomeRegister:
        return self.first._made(block, f"{self.name}[{number}]", self.offset + 4 * number)

    def at(self, block: Block, offset: int) -> Optional[SomeRegister]:
        number, rest = divmod(offset - self.offset, 4)
        return self.element(block, number) if rest == 0 and 0 <= number < self.count else None


class BlockAt(Place, Generic[SomeBlock]):
    """A block at its base address."""

    def __init__(self, kind: Type[SomeBlock], base: int) -> None:
        self.kind, self.base = kind, base

    def __get__(self, owner: Any, kind: Type[Any]) -> SomeBlock:
        if owner is None:
            return cast(SomeBlock, self)
        return cast(SomeBlock, self.kept(owner, self.kind(owner._bus, self.name, self.base)))
