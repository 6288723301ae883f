"""The classes a controller is made of. A mutation replaces one of them by a subclass."""

from collections.abc import Iterable, Mapping
from typing import Any


class Parts:
    """`parts[Base]` is the class to build where the specification has `Base`."""

    def __init__(self, replacements: Mapping[type, Iterable[type]] = {}) -> None:
        self._classes = {base: type(base.__name__, tuple(subclasses), {}) for base, subclasses in replacements.items()}

    def __getitem__(self, base: type) -> Any:
        return self._classes.get(base, base)
