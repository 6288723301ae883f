"""Mistakes in programming noisy and abrupt devices."""

from __future__ import annotations

from ..program_verify import Column, Plan, Programmer
from ..weights import LONGEST_PULSE, PulseTimes

PROGRAM = ("program_verify",)


class AbruptAsGradual(PulseTimes):
    """Abrupt devices are not told from others"""
    suites = ("program_verify", "training_step")
    breaks = "DEV-8.2"
    abrupt = False


class AbruptBelowSixteen(PulseTimes):
    """A reset time of just one step is not abrupt"""
    suites = PROGRAM
    breaks = "DEV-8.2"

    @property
    def abrupt(self):
        return self.reset_times[0] < 16 and self.set_times[64] > 16


class AbruptOfSeventeen(PulseTimes):
    """A reset time of a little more than one step is abrupt"""
    suites = PROGRAM
    breaks = "DEV-8.2"

    @property
    def abrupt(self):
        return self.reset_times[0] < 24 and self.set_times[64] > 16


class AbruptBothWays(PulseTimes):
    """A device that one step takes up as well counts as abrupt"""
    suites = PROGRAM
    breaks = "DEV-8.2"

    @property
    def abrupt(self):
        return self.reset_times[0] <= 16


class SetWithoutDeadTime(PulseTimes):
    """The time before anything moves is left out of a pulse from the bottom"""
    suites = PROGRAM
    breaks = "DEV-8.3"

    def set_width(self, place):
        return max(self.width(0, place, True), 1)


class SetMayVanish(PulseTimes):
    """A pulse from the bottom may have no width"""
    suites = PROGRAM
    breaks = "DEV-8.3"

    def set_width(self, place):
        return min((self.time(self.set_times, place) + 8) >> 4, LONGEST_PULSE)


class SetUnlimited(PulseTimes):
    """A pulse from the bottom may pass the limit"""
    suites = PROGRAM
    breaks = "DEV-8.3"

    def set_width(self, place):
        return max((self.time(self.set_times, place) + 8) >> 4, 1)


class PartnerSetAlike(PulseTimes):
    """The partner of a pair is set as its memristor"""
    suites = PROGRAM
    breaks = "DEV-8.4"

    def set_widths(self, share):
        return super().set_widths(share)[:1] * 2


class AimForgotten(Column):
    """What a pulse from the bottom missed by does not change the next"""
    suites = PROGRAM
    breaks = "DEV-8.5"

    def aimed(self, target, error):
        return target


class AimFromTheFirst(Column):
    """The error before the first pulse changes the aim"""
    suites = PROGRAM
    breaks = "DEV-8.5"

    def aimed(self, target, error):
        self.aim = self.aim or 0
        return super().aimed(target, error)


class AimOfWholeError(Column):
    """The aim changes by all of the error"""
    suites = PROGRAM
    breaks = "DEV-8.5"

    def aimed(self, target, error):
        return super().aimed(target, 4 * error)


class AimRoundedDown(Column):
    """A quarter of a negative error is rounded down"""
    suites = PROGRAM
    breaks = "DEV-8.5"

    def aimed(self, target, error):
        return super().aimed(target, error >> 2 << 2)


class LengtheningAfterOvershoot(Column):
    """Widths on a noisy device are lengthened again after an overshoot"""
    suites = PROGRAM
    breaks = "DEV-8.14"

    def adjust(self, error):
        self.overshot = False
        super().adjust(error)


class NeverLengthenedOvershot(Column):
    """After an overshoot no width is lengthened, on any device"""
    suites = PROGRAM
    breaks = "DEV-8.14"

    def adjust(self, error):
        self.noisy = True
        super().adjust(error)


class ToleranceFixed(Programmer):
    """The tolerance does not widen"""
    suites = PROGRAM
    breaks = "DEV-8.9"

    def tolerance(self, plan):
        return plan.tolerance


class ToleranceOfEveryDevice(Programmer):
    """The tolerance widens on any device"""
    suites = PROGRAM
    breaks = "DEV-8.8"

    def tolerance(self, plan):
        return plan.tolerance_after(self.done, True)


class ToleranceLate(Programmer):
    """The tolerance widens a round late"""
    suites = PROGRAM
    breaks = "DEV-8.11"

    def tolerance(self, plan):
        return plan.tolerance_after(max(self.done - 1, 0), self.times.noisy)


class ToleranceOfFewRounds(Programmer):
    """The tolerance widens with any budget"""
    suites = PROGRAM
    breaks = "DEV-8.10"

    def tolerance(self, plan):
        many = Plan(plan.tolerance, max(plan.rounds, 16), 0)
        return many.tolerance_after(self.done + many.rounds - plan.rounds, self.times.noisy)


class MissedByWideTolerance(Programmer):
    """A weight that settled in a wide tolerance is never missed"""
    suites = PROGRAM
    breaks = "DEV-8.13"

    def missed(self, column, error, plan):
        return not column.settled


class MissedByNarrowTolerance(Programmer):
    """A weight within twice the tolerance is missed"""
    suites = PROGRAM
    breaks = "DEV-8.13"

    def missed(self, column, error, plan):
        return not column.settled or self.times.noisy and error > plan.tolerance


class PreparationOfAbrupt(Programmer):
    """Pairs of abrupt devices are brought to the middle too"""
    suites = PROGRAM
    breaks = "DEV-8.7"

    def prepare(self):
        times = self.times
        self.times = type("Gradual", (type(times),), {"abrupt": False})(times.set_times, times.reset_times, times.noisy)
        super().prepare()
        self.times = times


class SetWithoutReset(Programmer):
    """Abrupt devices are set without a reset"""
    suites = PROGRAM
    breaks = "DEV-8.3"

    def set_from_bottom(self, row, shares):
        for column, share in shares.items():
            self.layer.tile.pulse(column, *self.times.set_widths(share))
        self.layer.tile.program_row(row)
