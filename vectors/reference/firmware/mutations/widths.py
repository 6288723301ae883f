"""Mistakes in pulse widths, settling and damping."""

from __future__ import annotations

from ..arithmetic import clamp, half_up, truncate
from ..program_verify import Column
from ..weights import LONGEST_PULSE, PulseTimes

PROGRAM = ("program_verify",)


class PlaceRoundedHalfUp(PulseTimes):
    """The place of a share is rounded half up"""
    suites = PROGRAM
    breaks = "FW-4.2.6"

    def place(self, share):
        return half_up(0x8000 + share, 1)


class PlaceClamped(PulseTimes):
    """Places are clamped before the direction is decided"""
    suites = PROGRAM
    breaks = "FW-4.2.5"

    def place(self, share):
        return clamp(super().place(share), 0, 0x8000)


class WidthRoundedDown(PulseTimes):
    """Widths are rounded down"""
    suites = PROGRAM
    breaks = "FW-4.2.3"

    def width(self, now, target, at_least_one):
        if now == target:
            return 0
        table = self.set_times if target > now else self.reset_times
        steps = self.time(table, target) - self.time(table, now) >> 4
        magnitude = clamp(steps, 1 if at_least_one else 0, LONGEST_PULSE)
        return magnitude if target > now else -magnitude


class WidthRoundedUp(PulseTimes):
    """Widths are rounded up"""
    suites = PROGRAM
    breaks = "FW-4.2.3"

    def width(self, now, target, at_least_one):
        if now == target:
            return 0
        table = self.set_times if target > now else self.reset_times
        steps = -(self.time(table, now) - self.time(table, target) >> 4)
        magnitude = clamp(steps, 1 if at_least_one else 0, LONGEST_PULSE)
        return magnitude if target > now else -magnitude


class WidthMayVanish(PulseTimes):
    """A width may round to 0 where at least one step is due"""
    suites = PROGRAM
    breaks = "FW-4.2.3"

    def width(self, now, target, at_least_one):
        return super().width(now, target, False)


class WidthOfOnePosition(PulseTimes):
    """The pulse is the target's time, whatever the present place"""
    suites = PROGRAM
    breaks = "FW-4.2.3"

    def width(self, now, target, at_least_one):
        return super().width(0 if target > now else 0x8000, target, at_least_one) if now != target else 0


class TablesExchanged(PulseTimes):
    """The SET and RESET tables are exchanged"""
    suites = PROGRAM
    breaks = "FW-4.2.2"

    def __init__(self, set_times, reset_times):
        super().__init__(reset_times, set_times)


class ResetTableReversed(PulseTimes):
    """The RESET table is taken in the order it is passed"""
    suites = PROGRAM
    breaks = "FW-4.1.1"

    def __init__(self, set_times, reset_times):
        super().__init__(set_times, reset_times[::-1])


class NoInterpolation(PulseTimes):
    """Times between two places are those of the lower one"""
    suites = PROGRAM
    breaks = "FW-4.1.1"

    def time(self, table, place):
        return table[clamp(place, 0, 0x8000) >> 9]


class InterpolationRounded(PulseTimes):
    """Interpolated times are rounded half up"""
    suites = PROGRAM
    breaks = "FW-4.1.1"

    def time(self, table, place):
        place = clamp(place, 0, 0x8000)
        index = min(place >> 9, 63)
        return table[index] + half_up((table[index + 1] - table[index]) * (place - 512 * index), 9)


class InterpolationTowardZero(PulseTimes):
    """Interpolated times are rounded toward zero"""
    suites = PROGRAM
    breaks = "FW-4.1.1"

    def time(self, table, place):
        place = clamp(place, 0, 0x8000)
        index = min(place >> 9, 63)
        return table[index] + truncate((table[index + 1] - table[index]) * (place - 512 * index), 512)


class WidthUnlimited(PulseTimes):
    """Widths are not limited"""
    suites = PROGRAM
    breaks = "FW-4.2.3"

    def width(self, now, target, at_least_one):
        if now == target:
            return 0
        table = self.set_times if target > now else self.reset_times
        magnitude = max(self.time(table, target) - self.time(table, now) + 8 >> 4, 1 if at_least_one else 0)
        return magnitude if target > now else -magnitude


class PartnerMirrored(PulseTimes):
    """The partner gets the memristor's width, negated"""
    suites = PROGRAM
    breaks = "FW-4.2.6"

    def synapse_widths(self, share, target, at_least_one):
        cell, _ = super().synapse_widths(share, target, at_least_one)
        return cell, -cell


class NoHysteresis(Column):
    """A settled weight stays within the tolerance itself"""
    suites = PROGRAM
    breaks = "FW-5.5.3"

    def check(self, error, tolerance):
        self.settled = abs(error) <= tolerance


class SettledForEver(Column):
    """A settled weight is not looked at again"""
    suites = PROGRAM
    breaks = "FW-5.5.3"

    def check(self, error, tolerance):
        self.settled = self.settled or abs(error) <= tolerance


class ToleranceExclusive(Column):
    """An error equal to the tolerance is too large"""
    suites = PROGRAM
    breaks = "FW-5.5.3"

    def check(self, error, tolerance):
        super().check(error, tolerance - 1)


class DampingMissing(Column):
    """Widths are not damped"""
    suites = PROGRAM
    breaks = "FW-5.5.5"

    def damp(self, width):
        return width


class DampingOnlyShortens(Column):
    """Widths are not lengthened"""
    suites = PROGRAM
    breaks = "FW-5.5.8"

    def damp(self, width):
        self.damping = max(self.damping, 0)
        return super().damp(width)


class DampingUnlimited(Column):
    """Damping has no largest value"""
    suites = PROGRAM
    breaks = "FW-5.5.8"

    def adjust(self, error):
        before = self.damping
        super().adjust(error)
        if before >= 6 and self.damping == 6:
            self.damping = before + 1


class LengtheningUnlimited(Column):
    """Lengthening has no limit"""
    suites = PROGRAM
    breaks = "FW-5.5.8"

    def adjust(self, error):
        before, last = self.damping, self.error
        super().adjust(error)
        if before <= -3 and self.damping == -3 and (error < 0) == (last < 0):
            self.damping = before - 1


class DampingForgotten(Column):
    """A move in the right direction takes all damping back"""
    suites = PROGRAM
    breaks = "FW-5.5.8"

    def adjust(self, error):
        same = (error < 0) == (self.error < 0)
        super().adjust(error)
        if same:
            self.damping = min(self.damping, 0)


class HalfErrorInclusive(Column):
    """Half the last error counts as too little a move"""
    suites = PROGRAM
    breaks = "FW-5.5.8"

    def adjust(self, error):
        last = self.error
        if last != 0 and (error < 0) == (last < 0) and abs(error) == abs(last) // 2:
            self.damping = max(self.damping - 1, -3)
            self.error = error
        else:
            super().adjust(error)


class HalfErrorExact(Column):
    """Half of an odd error is not truncated"""
    suites = PROGRAM
    breaks = "FW-5.5.8"

    def adjust(self, error):
        last = self.error
        if last != 0 and (error < 0) == (last < 0) and 2 * abs(error) <= abs(last) + (abs(last) & 1):
            self.error = error
        else:
            super().adjust(error)


class LengthenedWidthUnlimited(Column):
    """A lengthened width may pass the limit"""
    suites = PROGRAM
    breaks = "FW-5.5.9"

    def damp(self, width):
        return width << -self.damping if self.damping < 0 else super().damp(width)


class DampedWidthVanishes(Column):
    """A damped width may become 0"""
    suites = PROGRAM
    breaks = "FW-5.5.9"

    def damp(self, width):
        if self.damping <= 0:
            return super().damp(width)
        return truncate(width, 1 << self.damping)


class DampedByFloor(Column):
    """A negative width is damped toward minus infinity"""
    suites = PROGRAM
    breaks = "FW-5.5.9"

    def damp(self, width):
        return width >> self.damping if width < 0 and self.damping > 0 else super().damp(width)
