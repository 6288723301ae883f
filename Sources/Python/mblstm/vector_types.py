"""What the files of golden vectors are made of. Written by vectors/loaders/generate.py from vectors/v1/schema.json: do not edit it.

``given`` and ``expect`` of a case are dictionaries of these types, by the suite:

* fixed: :class:`FixedGiven`, :class:`FixedExpect`
* activation: :class:`ActivationGiven`, :class:`ActivationExpect`
* dac: :class:`DacGiven`, :class:`DacExpect`
* adc: :class:`AdcGiven`, :class:`AdcExpect`
* pulse: :class:`PulseGiven`, :class:`PulseExpect`
* random: :class:`RandomGiven`, :class:`RandomExpect`
* energy: :class:`EnergyGiven`, :class:`EnergyExpect`
* mvm, registers, program_row, abort, limits, interrupts, reset, power, flash, settle, windows, cell: :class:`BusGiven`, :class:`BusExpect`
* program_verify, lstm_step, dense, inference, training_step, calibration, boot, sides, scrub, features: :class:`FirmwareGiven`, :class:`FirmwareExpect`
"""

from typing import Any, Dict, List, Literal, Mapping, NamedTuple, Optional, Tuple, TypedDict, Union

FORMAT = 2
# Of each suite its kind, and the types of `given` and `expect`.
SUITES: Dict[str, Tuple[str, str, str]] = {
    "fixed": ("value", "FixedGiven", "FixedExpect"),
    "activation": ("value", "ActivationGiven", "ActivationExpect"),
    "dac": ("value", "DacGiven", "DacExpect"),
    "adc": ("value", "AdcGiven", "AdcExpect"),
    "pulse": ("value", "PulseGiven", "PulseExpect"),
    "random": ("value", "RandomGiven", "RandomExpect"),
    "energy": ("value", "EnergyGiven", "EnergyExpect"),
    "mvm": ("bus", "BusGiven", "BusExpect"),
    "registers": ("bus", "BusGiven", "BusExpect"),
    "program_row": ("bus", "BusGiven", "BusExpect"),
    "abort": ("bus", "BusGiven", "BusExpect"),
    "limits": ("bus", "BusGiven", "BusExpect"),
    "interrupts": ("bus", "BusGiven", "BusExpect"),
    "reset": ("bus", "BusGiven", "BusExpect"),
    "power": ("bus", "BusGiven", "BusExpect"),
    "flash": ("bus", "BusGiven", "BusExpect"),
    "settle": ("bus", "BusGiven", "BusExpect"),
    "windows": ("bus", "BusGiven", "BusExpect"),
    "cell": ("bus", "BusGiven", "BusExpect"),
    "program_verify": ("firmware", "FirmwareGiven", "FirmwareExpect"),
    "lstm_step": ("firmware", "FirmwareGiven", "FirmwareExpect"),
    "dense": ("firmware", "FirmwareGiven", "FirmwareExpect"),
    "inference": ("firmware", "FirmwareGiven", "FirmwareExpect"),
    "training_step": ("firmware", "FirmwareGiven", "FirmwareExpect"),
    "calibration": ("firmware", "FirmwareGiven", "FirmwareExpect"),
    "boot": ("firmware", "FirmwareGiven", "FirmwareExpect"),
    "sides": ("firmware", "FirmwareGiven", "FirmwareExpect"),
    "scrub": ("firmware", "FirmwareGiven", "FirmwareExpect"),
    "features": ("firmware", "FirmwareGiven", "FirmwareExpect"),
}


class Case(NamedTuple):
    """A case: what is ``given``, what an implementation has to answer, and the sentences of the specification that it holds.

    ``verdict`` is `valid`, `must-refuse` or `implementation-defined`, empty where nobody has said; ``flags`` are the kinds of mistakes
    that the case notices, which :attr:`Suite.flags` explains. `vectors/specification/format.md` says what is in ``given`` and
    ``expect``; :attr:`Suite.fields` says it in short.
    """

    id: int
    note: str
    verdict: str
    flags: Tuple[str, ...]
    holds: Tuple[str, ...]
    free: Tuple[Any, ...]
    given: Mapping[str, Any]
    expect: Mapping[str, Any]


class Suite(NamedTuple):
    """A file of cases. ``kind`` is `value`, `bus` or `firmware`; ``purpose`` what an implementation that passes has shown; ``version``
    that of the set, empty of recorded files."""

    name: str
    version: str
    kind: str
    provenance: str
    purpose: str
    flags: Mapping[str, str]
    fields: Mapping[str, str]
    cases: Tuple[Case, ...]


class _FixedGiven(TypedDict):
    op: Literal["round", "convert", "add", "subtract", "multiply", "requantise"]


class FixedGiven(_FixedGiven, total=False):
    mode: Literal["halfUp", "halfToEven", "halfAwayFromZero", "down", "towardZero"]
    value: int
    shift: int
    format: Literal["Q3.12", "Q0.15", "Q0.7", "Q1.14"]
    fraction: int
    a: int
    b: int
    formats: List[Literal["Q3.12", "Q0.15", "Q0.7", "Q1.14"]]
    result: Literal["Q3.12", "Q0.15", "Q0.7", "Q1.14"]
    numerator: int
    denominator: int


class _FixedExpect(TypedDict):
    value: int


class FixedExpect(_FixedExpect, total=False):
    multiplier: int
    shift: int


class ActivationGiven(TypedDict, total=False):
    circuit: Literal["hard", "fiveSegment", "plan", "equalRipple"]
    function: Literal["sigmoid", "tanh"]
    inputs: List[int]
    table: bool
    all: bool
    segments: List[List[int]]
    rails: List[int]


class ActivationExpect(TypedDict, total=False):
    values: List[int]
    slopes: List[int]
    segments: List[List[int]]
    rails: List[int]
    crc32: int


class DacGiven(TypedDict):
    bits: int
    offsetMicrovolts: int
    inlMicrovolts: int
    codes: List[int]


class DacExpect(TypedDict):
    stepMicrovolts: int
    microvolts: List[int]


class AdcGiven(TypedDict):
    bits: int
    offsetSigmaMicrovolts: int
    gainSigmaPpm: int
    seed: int
    tile: int
    line: int
    trim: int
    steps: List[int]


class AdcExpect(TypedDict):
    codes: List[int]
    overrange: List[bool]


class PulseGiven(TypedDict):
    device: Dict[str, Any]
    deviceToDevice: float
    cycleToCycle: float
    seed: int
    tile: int
    operation: int
    cell: int
    polarity: Literal["SET", "RESET"]
    halfSelected: bool
    millivolts: int
    nanoseconds: int
    picosiemens: List[int]


class PulseExpect(TypedDict):
    picosiemens: List[int]


class RandomGiven(TypedDict, total=False):
    key: List[int]
    counter: List[int]
    seed: int
    purpose: int
    tile: int
    operation: int
    index: int


class _RandomExpect(TypedDict):
    words: List[int]


class RandomExpect(_RandomExpect, total=False):
    gaussian: int


class EnergyGivenActivity(TypedDict):
    driveConversions: int
    conversions: int
    amplifications: int
    noiseGain: int
    evaluations: int
    wordLineSquares: int
    bitLineSquares: int
    charge: int
    reading: int
    selected: int
    halfSelected: int
    wordLinePulseSquares: int
    bitLinePulseSquares: int
    highestPulse: int


class _EnergyGiven(TypedDict):
    technology: Literal["180nm", "130nm", "65nm", "28nm", "22nm"]
    dacBits: int
    adcBits: int
    tile: List[int]
    activity: "EnergyGivenActivity"
    scalarEvaluations: int
    accesses: int


class EnergyGiven(_EnergyGiven, total=False):
    formedCells: int
    cycles: List[int]


class _EnergyExpectAttojoules(TypedDict):
    arrayReads: List[int]
    arraySelected: List[int]
    arrayHalfSelected: List[int]
    pulseSupply: List[int]
    lines: List[int]
    converting: List[int]
    readDrivers: List[int]
    amplifiers: List[int]
    sensing: List[int]
    circuits: List[int]
    bus: List[int]


class EnergyExpectAttojoules(_EnergyExpectAttojoules, total=False):
    controller: List[int]


class EnergyExpect(TypedDict):
    attojoules: "EnergyExpectAttojoules"


class _Chip(TypedDict):
    tiles: List[List[int]]


class Chip(_Chip, total=False):
    synapse: Literal["reference", "differential"]
    device: Dict[str, Any]
    dacBits: int
    adcBits: int
    seed: int
    deviceToDevice: float
    cycleToCycle: float
    thresholdSpread: float
    boundsSpread: float
    deviceNoise: float
    programError: float
    stuckLRS: float
    stuckHRS: float
    readNoisePicosiemens: int
    adcOffsetMicrovolts: int
    adcGainPpm: int
    dacOffsetMicrovolts: int
    dacInlMicrovolts: int
    maxAmplitudeMillivolts: int
    readVoltageMicrovolts: int
    setAmplitudeMillivolts: int
    resetAmplitudeMillivolts: int
    feedbackOhms: int
    settleCycles: int
    sampleCycles: int
    bandwidthKilohertz: int
    relaxCycles: int
    flashEndurance: int
    features: Literal["none", "windows", "cell", "windows+cell"]
    wakeUpCycles: int
    pulseStepCycles: int


class _BusGiven(TypedDict):
    chip: "Chip"
    script: List[str]


class BusGiven(_BusGiven, total=False):
    conductances: Dict[str, List[int]]


class Counter(TypedDict):
    reads: int
    phases: int
    pulses: int
    programCycles: int
    serialCycles: int
    energyAttojoules: int


class _BusExpect(TypedDict):
    transactions: List[str]


class BusExpect(_BusExpect, total=False):
    conductances: Dict[str, List[int]]
    counters: Dict[str, "Counter"]
    events: List[str]


class _FirmwareGiven(TypedDict):
    chip: "Chip"
    requests: List[List[int]]


class FirmwareGiven(_FirmwareGiven, total=False):
    conductances: Dict[str, List[int]]
    accesses: Dict[str, List[str]]


class FirmwareExpectGradients(TypedDict):
    lstm: List[int]
    dense: List[int]


class _FirmwareExpect(TypedDict):
    replies: List[List[int]]
    transactions: List[Optional[List[str]]]


class FirmwareExpect(_FirmwareExpect, total=False):
    conductances: Dict[str, List[int]]
    gradients: "FirmwareExpectGradients"


Free = TypedDict("Free", {"pulse-width": int}, total=False)


class FileSource(TypedDict):
    generator: str
    specification: str


# For reading: of each structure its members, their types and whether they have to be there; whether a text may stand in
# its place; whether there may be further members, numbers or tables of them.
STRUCTURES: Dict[str, Tuple[Dict[str, Tuple[Tuple[Any, ...], bool]], bool, bool]] = {
    "FixedGiven": ({
        "op": (('choice', 'round', 'convert', 'add', 'subtract', 'multiply', 'requantise'), True),
        "mode": (('choice', 'halfUp', 'halfToEven', 'halfAwayFromZero', 'down', 'towardZero'), False),
        "value": (('integer', -9223372036854775808, 9223372036854775807), False),
        "shift": (('integer', 0, 63), False),
        "format": (('choice', 'Q3.12', 'Q0.15', 'Q0.7', 'Q1.14'), False),
        "fraction": (('integer', 0, 63), False),
        "a": (('integer', -32768, 32767), False),
        "b": (('integer', -32768, 32767), False),
        "formats": (('list', ('choice', 'Q3.12', 'Q0.15', 'Q0.7', 'Q1.14')), False),
        "result": (('choice', 'Q3.12', 'Q0.15', 'Q0.7', 'Q1.14'), False),
        "numerator": (('integer', 1, 4611686018427387903), False),
        "denominator": (('integer', 1, 4611686018427387903), False),
    }, False, False),
    "FixedExpect": ({
        "value": (('integer', -9223372036854775808, 9223372036854775807), True),
        "multiplier": (('integer', 1073741824, 2147483647), False),
        "shift": (('integer', 0, 62), False),
    }, False, False),
    "ActivationGiven": ({
        "circuit": (('choice', 'hard', 'fiveSegment', 'plan', 'equalRipple'), False),
        "function": (('choice', 'sigmoid', 'tanh'), False),
        "inputs": (('list', ('integer', -32768, 32767)), False),
        "table": (('flag',), False),
        "all": (('flag',), False),
        "segments": (('list', ('list', ('integer', -32768, 32767))), False),
        "rails": (('list', ('integer', -32768, 32767)), False),
    }, False, False),
    "ActivationExpect": ({
        "values": (('list', ('integer', -32768, 32767)), False),
        "slopes": (('list', ('integer', -32768, 32767)), False),
        "segments": (('list', ('list', ('integer', -32768, 32767))), False),
        "rails": (('list', ('integer', -32768, 32767)), False),
        "crc32": (('integer', 0, 4294967295), False),
    }, False, False),
    "DacGiven": ({
        "bits": (('integer', 4, 12), True),
        "offsetMicrovolts": (('integer', -10000, 10000), True),
        "inlMicrovolts": (('integer', -10000, 10000), True),
        "codes": (('list', ('integer', -2047, 2047)), True),
    }, False, False),
    "DacExpect": ({
        "stepMicrovolts": (('integer', 1, 2147483647), True),
        "microvolts": (('list', ('integer', -2147483648, 2147483647)), True),
    }, False, False),
    "AdcGiven": ({
        "bits": (('integer', 5, 16), True),
        "offsetSigmaMicrovolts": (('integer', 0, 100000), True),
        "gainSigmaPpm": (('integer', 0, 100000), True),
        "seed": (('integer', 0, 18446744073709551615), True),
        "tile": (('integer', 0, 7), True),
        "line": (('integer', 0, 1023), True),
        "trim": (('integer', 0, 4294967295), True),
        "steps": (('list', ('integer', -32768, 32767)), True),
    }, False, False),
    "AdcExpect": ({
        "codes": (('list', ('integer', -32768, 32767)), True),
        "overrange": (('list', ('flag',)), True),
    }, False, False),
    "Device": ({
        "model": (('choice', 'vteam', 'linear', 'soft-bounds', 'constant-step', 'reram-sb', 'ecram', 'neurosim-taox', 'neurosim-alox', 'neurosim-taox-tio2', 'neurosim-ag-si', 'neurosim-pcmo', 'neurosim-epiram', 'umass', 'measured'), True),
    }, False, True),
    "PulseGiven": ({
        "device": (('struct', 'Device'), True),
        "deviceToDevice": (('real',), True),
        "cycleToCycle": (('real',), True),
        "seed": (('integer', 0, 18446744073709551615), True),
        "tile": (('integer', 0, 7), True),
        "operation": (('integer', 0, 18446744073709551615), True),
        "cell": (('integer', 0, 1048575), True),
        "polarity": (('choice', 'SET', 'RESET'), True),
        "halfSelected": (('flag',), True),
        "millivolts": (('integer', 0, 4095), True),
        "nanoseconds": (('integer', 0, 1048576), True),
        "picosiemens": (('list', ('integer', 1, 2147483647)), True),
    }, False, False),
    "PulseExpect": ({
        "picosiemens": (('list', ('integer', 1, 2147483647)), True),
    }, False, False),
    "RandomGiven": ({
        "key": (('list', ('integer', 0, 4294967295)), False),
        "counter": (('list', ('integer', 0, 4294967295)), False),
        "seed": (('integer', 0, 18446744073709551615), False),
        "purpose": (('integer', 1, 65), False),
        "tile": (('integer', 0, 7), False),
        "operation": (('integer', 0, 18446744073709551615), False),
        "index": (('integer', 0, 4294967295), False),
    }, False, False),
    "RandomExpect": ({
        "words": (('list', ('integer', 0, 4294967295)), True),
        "gaussian": (('integer', -2147483648, 2147483647), False),
    }, False, False),
    "EnergyGivenActivity": ({
        "driveConversions": (('integer', 0, 9007199254740992), True),
        "conversions": (('integer', 0, 9007199254740992), True),
        "amplifications": (('integer', 0, 9007199254740992), True),
        "noiseGain": (('integer', 0, 4611686018427387904), True),
        "evaluations": (('integer', 0, 9007199254740992), True),
        "wordLineSquares": (('integer', 0, 4611686018427387904), True),
        "bitLineSquares": (('integer', 0, 4611686018427387904), True),
        "charge": (('integer', 0, 4611686018427387904), True),
        "reading": (('integer', 0, 4611686018427387904), True),
        "selected": (('integer', 0, 4611686018427387904), True),
        "halfSelected": (('integer', 0, 4611686018427387904), True),
        "wordLinePulseSquares": (('integer', 0, 9007199254740992), True),
        "bitLinePulseSquares": (('integer', 0, 9007199254740992), True),
        "highestPulse": (('integer', 0, 4095), True),
    }, False, False),
    "EnergyGiven": ({
        "technology": (('choice', '180nm', '130nm', '65nm', '28nm', '22nm'), True),
        "dacBits": (('integer', 4, 12), True),
        "adcBits": (('integer', 5, 16), True),
        "tile": (('list', ('integer', 1, 1024)), True),
        "activity": (('struct', 'EnergyGivenActivity'), True),
        "scalarEvaluations": (('integer', 0, 9007199254740992), True),
        "formedCells": (('integer', 0, 9007199254740992), False),
        "accesses": (('integer', 0, 9007199254740992), True),
        "cycles": (('list', ('integer', 0, 9007199254740992)), False),
    }, False, False),
    "EnergyExpectAttojoules": ({
        "arrayReads": (('list', ('integer', 0, 4611686018427387904)), True),
        "arraySelected": (('list', ('integer', 0, 4611686018427387904)), True),
        "arrayHalfSelected": (('list', ('integer', 0, 4611686018427387904)), True),
        "pulseSupply": (('list', ('integer', 0, 4611686018427387904)), True),
        "lines": (('list', ('integer', 0, 4611686018427387904)), True),
        "converting": (('list', ('integer', 0, 4611686018427387904)), True),
        "readDrivers": (('list', ('integer', 0, 4611686018427387904)), True),
        "amplifiers": (('list', ('integer', 0, 4611686018427387904)), True),
        "sensing": (('list', ('integer', 0, 4611686018427387904)), True),
        "circuits": (('list', ('integer', 0, 4611686018427387904)), True),
        "bus": (('list', ('integer', 0, 4611686018427387904)), True),
        "controller": (('list', ('integer', 0, 4611686018427387904)), False),
    }, False, False),
    "EnergyExpect": ({
        "attojoules": (('struct', 'EnergyExpectAttojoules'), True),
    }, False, False),
    "Chip": ({
        "tiles": (('list', ('list', ('integer', 1, 1024))), True),
        "synapse": (('choice', 'reference', 'differential'), False),
        "device": (('struct', 'Device'), False),
        "dacBits": (('integer', 4, 12), False),
        "adcBits": (('integer', 5, 16), False),
        "seed": (('integer', 0, 18446744073709551615), False),
        "deviceToDevice": (('real',), False),
        "cycleToCycle": (('real',), False),
        "thresholdSpread": (('real',), False),
        "boundsSpread": (('real',), False),
        "deviceNoise": (('real',), False),
        "programError": (('real',), False),
        "stuckLRS": (('real',), False),
        "stuckHRS": (('real',), False),
        "readNoisePicosiemens": (('integer', 0, 2000000000), False),
        "adcOffsetMicrovolts": (('integer', 0, 100000), False),
        "adcGainPpm": (('integer', 0, 100000), False),
        "dacOffsetMicrovolts": (('integer', -10000, 10000), False),
        "dacInlMicrovolts": (('integer', -10000, 10000), False),
        "maxAmplitudeMillivolts": (('integer', 0, 4095), False),
        "readVoltageMicrovolts": (('integer', 10000, 1000000), False),
        "setAmplitudeMillivolts": (('integer', 0, 4095), False),
        "resetAmplitudeMillivolts": (('integer', 0, 4095), False),
        "feedbackOhms": (('integer', 1, 1000000000), False),
        "settleCycles": (('integer', 1, 255), False),
        "sampleCycles": (('integer', 1, 239), False),
        "bandwidthKilohertz": (('integer', 0, 10000000), False),
        "relaxCycles": (('integer', 0, 65535), False),
        "flashEndurance": (('integer', 1, 1000000), False),
        "features": (('choice', 'none', 'windows', 'cell', 'windows+cell'), False),
        "wakeUpCycles": (('integer', 0, 1000000), False),
        "pulseStepCycles": (('integer', 1, 1000), False),
    }, False, False),
    "BusGiven": ({
        "chip": (('struct', 'Chip'), True),
        "conductances": (('map', ('list', ('integer', 1, 2147483647))), False),
        "script": (('list', ('text',)), True),
    }, False, False),
    "Counter": ({
        "reads": (('integer', 0, 18446744073709551615), True),
        "phases": (('integer', 0, 18446744073709551615), True),
        "pulses": (('integer', 0, 18446744073709551615), True),
        "programCycles": (('integer', 0, 18446744073709551615), True),
        "serialCycles": (('integer', 0, 18446744073709551615), True),
        "energyAttojoules": (('integer', 0, 18446744073709551615), True),
    }, False, False),
    "BusExpect": ({
        "transactions": (('list', ('text',)), True),
        "conductances": (('map', ('list', ('integer', 1, 2147483647))), False),
        "counters": (('map', ('struct', 'Counter')), False),
        "events": (('list', ('text',)), False),
    }, False, False),
    "FirmwareGiven": ({
        "chip": (('struct', 'Chip'), True),
        "conductances": (('map', ('list', ('integer', 1, 2147483647))), False),
        "requests": (('list', ('list', ('integer', 0, 4294967295))), True),
        "accesses": (('map', ('list', ('text',))), False),
    }, False, False),
    "FirmwareExpectGradients": ({
        "lstm": (('list', ('integer', -2147483648, 2147483647)), True),
        "dense": (('list', ('integer', -2147483648, 2147483647)), True),
    }, False, False),
    "FirmwareExpect": ({
        "replies": (('list', ('list', ('integer', 0, 4294967295))), True),
        "transactions": (('list', ('list or null', ('text',))), True),
        "conductances": (('map', ('list', ('integer', 1, 2147483647))), False),
        "gradients": (('struct', 'FirmwareExpectGradients'), False),
    }, False, False),
    "Free": ({
        "pulse-width": (('integer', 1, 32767), False),
    }, True, False),
    "FileSource": ({
        "generator": (('text',), True),
        "specification": (('text',), True),
    }, False, False),
    "Case": ({
        "id": (('integer', 1, 9223372036854775807), True),
        "note": (('text',), False),
        "verdict": (('choice', 'valid', 'must-refuse', 'implementation-defined'), False),
        "flags": (('list', ('text',)), False),
        "holds": (('list', ('text',)), False),
        "free": (('list', ('struct', 'Free')), False),
    }, False, False),
    "File": ({
        "format": (('integer', 2, 2), True),
        "version": (('text',), False),
        "suite": (('choice', 'fixed', 'activation', 'dac', 'adc', 'pulse', 'random', 'energy', 'mvm', 'registers', 'program_row', 'abort', 'limits', 'interrupts', 'reset', 'power', 'flash', 'settle', 'windows', 'cell', 'program_verify', 'lstm_step', 'dense', 'inference', 'training_step', 'calibration', 'boot', 'sides', 'scrub', 'features'), True),
        "kind": (('choice', 'value', 'bus', 'firmware'), True),
        "provenance": (('choice', 'golden', 'recorded'), True),
        "purpose": (('text',), True),
        "source": (('struct', 'FileSource'), True),
        "holds": (('list', ('text',)), False),
        "flags": (('map', ('text',)), False),
        "fields": (('map', ('text',)), True),
    }, False, False),
}
