"""Lists of back-propagated errors, each 32 bits with 24 fraction bits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from ..arithmetic import half_up

FRACTION_FROM_SIGNAL = 512  # Q0.15 to 2^-24


def exponent(errors: Sequence[int], limit: int) -> Optional[int]:
    """The smallest shift that brings the largest error within the limit; none if all are 0."""
    peak = max(map(abs, errors))
    if peak == 0:
        return None
    shift = 0
    while half_up(peak, shift) > limit:
        shift += 1
    return shift


def narrowed(errors: Sequence[int], shift: int) -> list[int]:
    return [half_up(error, shift) for error in errors]
