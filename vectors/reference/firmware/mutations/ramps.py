"""Mistakes in the rate of an update, and in what training takes of its words and of memory."""

from __future__ import annotations

from ..requests import Refusal
from ..training.commands import TrainingCommands
from ..training.ramp import Ramp
from ..training.state import Settings
from ..training.trainer import Trainer

TRAINING = ("training_step",)


class RampStays(Ramp):
    """Every update has the rate of the first"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def advance(self):
        pass


class RampAhead(Ramp):
    """The first update is number 1"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def share(self, left):
        return super().share(left - 1)


class RampRounded(Ramp):
    """Rates of a ramp are rounded"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def share(self, left):
        return (2 * self.rate * left + self.updates) // (2 * self.updates)


class RampByQuotient(Ramp):
    """The rate is divided before it is multiplied"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def share(self, left):
        return self.rate // self.updates * left


class RampOfWords(Ramp):
    """The product of rate and updates has 32 bits"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def share(self, left):
        return (self.rate * left & 0xFFFF_FFFF) // self.updates


class RampFromBeginning(Ramp):
    """Updates done before do not count"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def __init__(self, rate=0, done=0, updates=0):
        super().__init__(rate, 0, updates)


class RampBeginsAnew(Ramp):
    """Behind its end a ramp has its rate"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def now(self):
        return self.rate if self.done >= self.updates else super().now()


class RampIsMagnitude(Ramp):
    """Behind its end a ramp rises"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def now(self):
        return self.share(abs(self.updates - self.done)) if self.updates else super().now()

    def advance(self):
        self.done += 1


class LongIsLonger(Ramp):
    """A training of 32768 sequences is not long yet"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def length(self, batch):
        return sum(batch * self.updates > sequences for sequences in (16383, 32768))


class MiddlingIsLonger(Ramp):
    """A training of 16384 sequences is short yet"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def length(self, batch):
        return sum(batch * self.updates > sequences for sequences in (16384, 32767))


class MiddlingIsShort(Ramp):
    """A training that is not long is short"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def length(self, batch):
        return max(super().length(batch), 1) * 2 - 2


class LongIsAny(Ramp):
    """With a ramp a training is long"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def length(self, batch):
        return 2 if self.updates > 0 else 0


class LongByUpdatesLeft(Ramp):
    """A training is long by what is left of it"""
    suites = TRAINING
    breaks = "FW-7.12.9"

    def length(self, batch):
        left = Ramp(updates=max(self.updates - self.done, 0))
        return left.length(batch)


class RampWaitsForStep(Trainer):
    """An update without a step of the LSTM does not count"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def update(self, times):
        ramp, done = self.ramp, self.ramp.done
        super().update(times)
        lstm = self.state.lstm
        if not (lstm.rate if self.has_feedback else lstm.scale):
            ramp.done = done


class RampOfFullBatches(Trainer):
    """An update of a part of a batch does not count"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def update(self, times):
        full, done = self.batch_is_full(), self.ramp.done
        super().update(times)
        self.ramp.done = self.ramp.done if full else done


class RampAdvancesFirst(Trainer):
    """An update has the rate of the next"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def update(self, times):
        self.ramp.advance()
        super().update(times)


class RampOutlivesRate(Trainer):
    """A rate alone goes on with the ramp"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def set_rate(self, rate, *ramp):
        super().set_rate(rate, *(ramp or (self.ramp.done, self.ramp.updates)))


class RateAtOnce(Trainer):
    """The rate of an update is that of its first sequence"""
    suites = TRAINING
    breaks = "FW-7.2.5"

    def set_rate(self, rate, *ramp):
        before = self.ramp
        super().set_rate(rate, *ramp)
        if self.state.pending > 0:
            self.kept, self.ramp = self.ramp, before

    def update(self, times):
        super().update(times)
        self.ramp = self.__dict__.pop("kept", self.ramp)


class RampWithoutUpdates(TrainingCommands):
    """A ramp needs only what is done"""
    suites = TRAINING
    breaks = "FW-2.2.13"

    def set_rate(self, request, answer):
        short = request.left == 2
        request.end = lambda: request.drop() if short else type(request).end(request)
        if short:
            self.trainer().set_rate(request.take_in(range(0x1000_0000)))
            request.drop()
            answer.done()
        else:
            super().set_rate(request, answer)


class RampOfNoUpdates(TrainingCommands):
    """A ramp of no updates is a rate"""
    suites = TRAINING
    breaks = "FW-2.2.13"

    def set_rate(self, request, answer):
        take_in = request.take_in
        request.take_in = lambda allowed: take_in(range(1 << 32) if allowed.start == 1 else allowed)
        super().set_rate(request, answer)


class RateOfAnyLength(TrainingCommands):
    """Words behind a rate are dropped"""
    suites = TRAINING
    breaks = "FW-2.2.13"

    def set_rate(self, request, answer):
        request.end = request.drop
        super().set_rate(request, answer)


class FeedbackMomentum(Settings):
    """Error feedback takes a momentum"""
    suites = TRAINING
    breaks = "FW-7.1.1"

    FEEDBACK_RANGES = (*Settings.FEEDBACK_RANGES[:5], range(16), *Settings.FEEDBACK_RANGES[6:])


class FeedbackThresholdOfWord(Settings):
    """Error feedback takes any threshold"""
    suites = TRAINING
    breaks = "FW-7.1.1"

    FEEDBACK_RANGES = (*Settings.FEEDBACK_RANGES[:8], range(0x8000_0000))


class NoFeedback(Settings):
    """There are four rules"""
    suites = TRAINING
    breaks = "FW-7.1.1"

    RULES = range(4)


class MemoryWithoutMeans(Settings):
    """Means take no memory"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def means(self, network):
        return 0


class MemoryOfMeansAlways(Settings):
    """Every rule has means in memory"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def means(self, network):
        return 4 * sum(layer.rows + layer.columns for layer in network.layers)


class MemoryWithoutBuffers(Settings):
    """The network takes no memory"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def buffers(self, network):
        return 0


class MemoryOfNetworkBuffers(Settings):
    """Buffers are as large as the network"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def buffers(self, network):
        return sum(80 * layer.columns + 16 * layer.rows for layer in network.layers)


class MemoryOfBitLines(Settings):
    """Buffers are as large as the bit lines"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def buffers(self, network):
        return sum(80 * tile.columns * (2 if tile.differential else 1) + 16 * tile.word_lines for tile in network.tiles)


class MemoryBelowLimit(Settings):
    """What takes all memory does not fit"""
    suites = TRAINING
    breaks = "FW-7.1.2"

    def memory(self, network):
        return super().memory(network) + 1


class MemoryToldTwice(TrainingCommands):
    """A refusal has the bytes needed in place of those there are"""
    suites = TRAINING
    breaks = "FW-2.1.7"

    def configure_training(self, request, answer):
        try:
            super().configure_training(request, answer)
        except Refusal as refusal:
            refusal.words = [word for word in refusal.words[:1] for _ in range(2)]
            raise


class FeedbackLikesMomentum(Settings):
    """Words of error feedback have the ranges of other rules"""
    suites = TRAINING
    breaks = "FW-7.1.1"

    @classmethod
    def ranges(cls, rule):
        return cls.RANGES
