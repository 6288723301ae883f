"""Mistakes in what error feedback keeps of a layer and tells of it."""

from __future__ import annotations

from ..arithmetic import clamp, requantizer, signed32
from ..training.feedback import FeedbackLayer

TRAINING = ("training_step",)


class FeedbackRateUnlimited(FeedbackLayer):
    """The rate may be more than a window"""
    suites = TRAINING
    breaks = "FW-7.12.2"

    def set_rate(self, rate, batch):
        self.rate = (rate << 11) // self.layer.window


class FeedbackRateRounded(FeedbackLayer):
    """The rate is rounded"""
    suites = TRAINING
    breaks = "FW-7.12.2"

    def set_rate(self, rate, batch):
        self.rate = min(((rate << 12) + self.layer.window) // (2 * self.layer.window), 1 << 27)


class FeedbackRateByBatch(FeedbackLayer):
    """The rate is divided by the batch"""
    suites = TRAINING
    breaks = "FW-7.12.2"

    def set_rate(self, rate, batch):
        super().set_rate(rate // batch, batch)


class MeanGradientUnlimited(FeedbackLayer):
    """Mean gradients have no limit"""
    suites = TRAINING
    breaks = "FW-7.12.3"

    def mean_gradient(self, gradient):
        return self.mean_scale().apply(gradient)


class MeanGradientLowest(FeedbackLayer):
    """Mean gradients are below 2^26"""
    suites = TRAINING
    breaks = "FW-7.12.3"

    def mean_gradient(self, gradient):
        return clamp(super().mean_gradient(gradient), -(1 << 26), (1 << 26) - 1)


class MeanGradientOfSum(FeedbackLayer):
    """The batch does not divide gradients"""
    suites = TRAINING
    breaks = "FW-7.12.3"

    def mean_scale(self):
        return requantizer(1024, self.layer.tile.full_scale)


class MeanGradientByPowerOfTwo(FeedbackLayer):
    """Full scale is taken for a power of two in mean gradients"""
    suites = TRAINING
    breaks = "FW-7.12.3"

    def mean_scale(self):
        return requantizer(1024, self.settings.batch * (self.layer.tile.full_scale + 1))


class MeanGradientRoundedDown(FeedbackLayer):
    """Mean gradients are rounded down"""
    suites = TRAINING
    breaks = "FW-7.12.3"

    def mean_gradient(self, gradient):
        scale = self.mean_scale()
        return clamp(gradient * scale.multiplier >> scale.shift, -(1 << 26), 1 << 26)


class OwnThresholdOfError(FeedbackLayer):
    """The own threshold is the write error"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def threshold(self, ramp):
        error, self.error = self.error, self.error * 4 // 5
        found = super().threshold(ramp)
        self.error = error
        return found


class OwnThresholdRounded(FeedbackLayer):
    """A quarter of the write error is rounded"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def asked(self, length):
        asked = self.error + (self.error + 2 >> 2)
        return 2 * asked if length == 2 else asked


class OwnThresholdDoubledFirst(FeedbackLayer):
    """The own threshold of any training has the limits of a short one"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def threshold(self, ramp):
        found = super().threshold(ramp)
        return found if self.settings.threshold != 0 else clamp(found, 1 << 22, 1 << 23)


class OwnThresholdNeverDoubled(FeedbackLayer):
    """The write error counts once in a long training too"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def asked(self, length):
        return super().asked(0)


class OwnThresholdOftenDoubled(FeedbackLayer):
    """The write error counts twice in a middling training"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def asked(self, length):
        return super().asked(2 if length else 0)


class OwnThresholdAnySize(FeedbackLayer):
    """The own threshold has no limits"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def threshold(self, ramp):
        return self.settings.threshold or self.asked(ramp.length(self.settings.batch))


class GivenThresholdDoubled(FeedbackLayer):
    """A threshold that is given doubles in a long training"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def threshold(self, ramp):
        found = super().threshold(ramp)
        return 2 * found if self.settings.threshold and ramp.length(self.settings.batch) == 2 else found


class LongByUpdatesAlone(FeedbackLayer):
    """A training of many updates is long, whatever the batch"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def threshold(self, ramp):
        batch, self.settings.batch = self.settings.batch, 1
        found = super().threshold(ramp)
        self.settings.batch = batch
        return found


class WritesWrap(FeedbackLayer):
    """The number of writes wraps"""
    suites = TRAINING
    breaks = "FW-7.12.14"

    def wrote(self):
        self.writes = self.writes + 1 & 0xFFFF_FFFF


class WriteErrorFaster(FeedbackLayer):
    """A write has a 32nd of the write error"""
    suites = TRAINING
    breaks = "FW-7.12.16"

    def missed(self, distance):
        self.error += (min(abs(distance), 1 << 28) - self.error) >> 5


class WriteErrorTowardZero(FeedbackLayer):
    """Changes of the write error are rounded toward zero"""
    suites = TRAINING
    breaks = "FW-7.12.16"

    def missed(self, distance):
        difference = min(abs(distance), 1 << 28) - self.error
        self.error += difference >> 6 if difference > 0 else -(-difference >> 6)


class WriteErrorSigned(FeedbackLayer):
    """What is missed counts with its sign"""
    suites = TRAINING
    breaks = "FW-7.12.16"

    def missed(self, distance):
        self.error = max(self.error + (min(distance, 1 << 28) - self.error >> 6), 0)


class WriteErrorUnlimited(FeedbackLayer):
    """What is missed counts with all its size"""
    suites = TRAINING
    breaks = "FW-7.12.16"

    def missed(self, distance):
        self.error += (abs(distance) - self.error) >> 6


class WriteErrorOfDebt(FeedbackLayer):
    """What is missed counts as far as it can be owed"""
    suites = TRAINING
    breaks = "FW-7.12.16"

    def missed(self, distance):
        super().missed(min(abs(distance), (1 << 27) - 1))


class ImportOfAnyRoots(FeedbackLayer):
    """Roots are imported as they come"""
    suites = TRAINING
    breaks = "FW-7.12.20"

    def root(self, word):
        return word


class ImportOfSignedRoots(FeedbackLayer):
    """Roots are imported as signed numbers"""
    suites = TRAINING
    breaks = "FW-7.12.20"

    def root(self, word):
        return max(signed32(word), 0)


class ImportOfAnyError(FeedbackLayer):
    """The write error is imported as it comes"""
    suites = TRAINING
    breaks = "FW-7.12.20"

    def keep(self, words):
        super().keep(words)
        self.error = words[-1]


class ExportColumnsFirst(FeedbackLayer):
    """Roots of columns are exported before those of rows"""
    suites = TRAINING
    breaks = "FW-7.12.19"

    def kept(self):
        return [*self.debts, *self.means.columns, *self.means.rows, self.means.updates, self.writes, self.error]


class ExportWithoutMeans(FeedbackLayer):
    """Debts alone are exported"""
    suites = TRAINING
    breaks = "FW-7.12.19"

    def kept(self):
        return self.debts

    def keep(self, words):
        self.debts = list(words)


class ReportOfFifteen(FeedbackLayer):
    """Weights after fifteen writes are told as given up"""
    suites = TRAINING
    breaks = "FW-7.12.18"

    def report(self, ramp):
        found = super().report(ramp)
        found[2] = sum(word >> 28 == 15 for word in self.debts)
        return found
