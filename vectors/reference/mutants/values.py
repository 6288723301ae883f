"""Mistakes in arithmetic, circuits, converters and draws."""

from __future__ import annotations

from mutants.mutant import group

HALF_UP = "return (value + (1 << shift >> 1)) >> shift"
SCAN = """        k = 0
        while k + 1 < len(self.segments) and z >= self.segments[k + 1].breakpoint:
            k += 1
"""
RAILS = """        if line <= low:
            return low, 0
        if line >= high:
            return high, 0
"""

ARITHMETIC = [
    *group("fixed activation adc mvm", "fixed.py",
           ("CHIP-1.2.1", "rounding shift truncates", HALF_UP, "return value >> shift"),
           ("CHIP-1.2.1", "rounding shift: ties away from zero", HALF_UP,
            "return round_shift(value, shift, 'halfAwayFromZero')")),
    *group("fixed activation", "fixed.py",
           ("CHIP-1.2.1", "rounding shift: ties to even", HALF_UP, "return round_shift(value, shift, 'halfToEven')")),
    *group("fixed", "fixed.py",
           ("CHIP-1.2.1", "halfUp: ties down", "return down + (2 * rest >= unit)", "return down + (2 * rest > unit)"),
           ("CHIP-1.2.2", "halfToEven: ties to odd", "down % 2 == 1", "down % 2 == 0"),
           ("CHIP-1.2.3", "halfAwayFromZero: ties toward zero", "2 * rest == unit and value > 0", "2 * rest == unit and value < 0"),
           ("CHIP-1.2.4", "down goes toward zero", '"down":\n        return down', '"down":\n        return down + (rest > 0 and value < 0)'),
           ("CHIP-1.2.5", "towardZero goes down", "return down + (rest > 0 and value < 0)", "return down"),
           ("CHIP-1.1.1", "symmetric range", "return -(1 << self.bits - 1)", "return 1 - (1 << self.bits - 1)"),
           ("CHIP-1.1.1", "narrowing wraps", "return clamp(raw, self.low, self.high)",
            "return (raw - self.low) % (1 << self.bits) + self.low"),
           ("CHIP-1.1.3", "widening forgets the shift", "else wide << -shift", "else wide"),
           ("CHIP-1.1.4", "product rounds twice", "return convert(a * b, formats[0].fraction + formats[1].fraction, result, mode)",
            "return convert(round_shift(a * b, 3, mode), formats[0].fraction + formats[1].fraction - 3, result, mode)"),
           ("CHIP-1.1.4", "product saturates to 31 bits first", "return convert(a * b,", "return convert(clamp(a * b, -2 ** 30, 2 ** 30 - 1),"),
           ("CHIP-1.3.1", "multiplier truncates", " + Fraction(1, 2))\n        if multiplier", ")\n        if multiplier"),
           ("CHIP-1.3.2", "multiplier of 2^31 kept", "if multiplier == 1 << 31:", "if multiplier == 1 << 32:"),
           ("CHIP-1.3.2", "multiplier of 2^31 halved, shift not", "Requantiser(1 << 30, 29 - exponent)", "Requantiser(1 << 30, 30 - exponent)"),
           ("CHIP-1.3.3", "requantiser does not saturate", "return clamp(shift_half_up(value * self.multiplier, self.shift), -(1 << 31), (1 << 31) - 1)",
            "return shift_half_up(value * self.multiplier, self.shift)"),
           ("CHIP-1.3.3", "requantiser saturates one too high", "(1 << 31) - 1)", "1 << 31)"),
           ("CHIP-1.3.3", "requantiser rounds twice (high half first)", "shift_half_up(value * self.multiplier, self.shift)",
            "(shift_half_up(shift_half_up(value * self.multiplier, 31), self.shift - 31) if self.shift > 31"
            " else shift_half_up(value * self.multiplier, self.shift))")),
]

ACTIVATION = group(
    "activation", "piecewise.py",
    ("CHIP-1.4.2", "breakpoint off by one", "z >= self.segments", "z > self.segments"),
    ("CHIP-1.4.2", "last segment not reached", "while k + 1 < len", "while k + 2 < len"),
    ("CHIP-1.4.2", "last segment whose breakpoint is not above z", SCAN,
     "        k = max([0] + [i for i in range(1, len(self.segments)) if z >= self.segments[i].breakpoint])\n"),
    ("CHIP-1.4.1", "first breakpoint counts", SCAN, SCAN + "        if z < self.segments[0].breakpoint: return self.rails[0], 0\n"),
    ("CHIP-1.4.4", "low rail reached keeps the slope", "line <= low", "line < low"),
    ("CHIP-1.4.4", "high rail reached keeps the slope", "line >= high", "line > high"),
    ("CHIP-1.4.4", "high rail first", RAILS, "        if line >= high:\n            return high, 0\n        if line <= low:\n            return low, 0\n"),
    ("CHIP-1.4.4", "slope kept at the low rail", "return low, 0", "return low, slope"),
    ("CHIP-1.4.4", "slope kept at the high rail", "return high, 0", "return high, slope"),
    ("CHIP-1.4.3", "line truncates", "shift_half_up(slope * z, 11)", "(slope * z >> 11)"),
    ("CHIP-1.4.3", "line rounds toward zero", "shift_half_up(slope * z, 11)", "int(slope * z / 2048)"),
    ("CHIP-1.4.3", "product saturates before the offset", "shift_half_up(slope * z, 11)",
     "max(-32768, min(32767, shift_half_up(slope * z, 11)))"),
    ("CHIP-1.4.3", "line and offset rounded together at a coarser place", "offset + shift_half_up(slope * z, 11)",
     "2 * shift_half_up(offset * 2048 + slope * z, 12)"),
    ("CHIP-1.5.3", "negative knees begin at −K", "1 - knots[-position]", "-knots[-position]"),
    ("CHIP-1.5.3", "negative offsets not mirrored", "else -rises[abs(position)]", "else rises[abs(position)]"),
    ("CHIP-1.5.7", "sigmoid knots twice the rounded tanh knots", "nearest(Fraction(x) * across)", "nearest(Fraction(x) * 4096) * across // 4096"),
    ("CHIP-1.5.2", "slopes truncated", "nearest(Fraction(line) * up)", "int(line * up)"),
    ("CHIP-1.5.7", "offsets truncated", "nearest(last + Fraction((slopes[k] - slopes[k + 1]) * knot, 2048))",
     "last + (slopes[k] - slopes[k + 1]) * knot // 2048"),
    ("CHIP-1.5.7", "ripple of two digits", "RIPPLE = 0.0026168", "RIPPLE = 0.0026"),
    ("CHIP-1.5.5", "five segments: offset truncated", '"0.364"', '"0.36399"'),
    ("CHIP-1.5.6", "plan: last slope", '"1/8", "1/32"', '"1/8", "1/16"'),
    ("CHIP-1.5.1", "sigmoid rails of tanh", '"sigmoid": (0, 32767)', '"sigmoid": (-32768, 32767)'),
    ("CHIP-1.5.1", "tanh rail symmetric", '"tanh": (-32768, 32767)', '"tanh": (-32767, 32767)'))

DAC = group(
    "dac", "readchain.py",
    ("CHIP-3.3.1", "step truncates", "(200000 + self.top // 2) // self.top", "200000 // self.top"),
    ("CHIP-3.3.1", "c_max = 2^(bits−1)", "return (1 << self.bits - 1) - 1\n\n    @property\n    def step",
     "return 1 << self.bits - 1\n\n    @property\n    def step"),
    ("CHIP-3.3.1", "exact fraction of 200 mV", "code * self.step + self.offset", "code * 200000 // self.top + self.offset"),
    ("CHIP-3.3.3", "bow rounds down", "divide_toward_zero(self.nonlinearity * 4 * size * (top - size), top * top)",
     "self.nonlinearity * 4 * size * (top - size) // (top * top)"),
    ("CHIP-3.3.3", "bow rounds to nearest", "divide_toward_zero(self.nonlinearity * 4 * size * (top - size), top * top)",
     "divide_half_up(self.nonlinearity * 4 * size * (top - size), top * top)"),
    ("CHIP-3.3.3", "bow in two divisions", "divide_toward_zero(self.nonlinearity * 4 * size * (top - size), top * top)",
     "divide_toward_zero(divide_toward_zero(self.nonlinearity * 4 * size, top) * (top - size), top)"),
    ("CHIP-3.3.4", "bow even instead of odd", "(bow if code >= 0 else -bow)", "bow"),
    ("CHIP-3.3.5", "no offset on code 0", "code * self.step + self.offset", "code * self.step + (self.offset if code else 0)"),
    ("CHIP-3.3.4", "offset follows the sign", "code * self.step + self.offset", "code * self.step + (self.offset if code >= 0 else -self.offset)"),
    ("CHIP-3.3.3", "bow of a twice as high peak", "* 4 * size", "* 8 * size"))

OFFSET_STEP = "value = shift_half_up((steps + self.mismatch.offset) * self.mismatch.gain, 15)"
TRIM_STEP = "value = shift_half_up((value - signed16(trim)) * (trim >> 16), 15)"
ADC = group(
    "adc", "readchain.py",
    ("CHIP-3.7.3", "mismatch: gain before offset", OFFSET_STEP, "value = shift_half_up(steps * self.mismatch.gain, 15) + self.mismatch.offset"),
    ("CHIP-3.7.3", "mismatch truncates", OFFSET_STEP, "value = (steps + self.mismatch.offset) * self.mismatch.gain >> 15"),
    ("CHIP-3.7.3", "mismatch offset subtracted", "steps + self.mismatch.offset", "steps - self.mismatch.offset"),
    ("CHIP-3.7.5", "mismatch saturates to 16 bits", OFFSET_STEP, OFFSET_STEP + "\n        value = clamp(value, -32768, 32767)"),
    ("CHIP-3.7.4", "trim: offset added", "value - signed16(trim)", "value + signed16(trim)"),
    ("CHIP-3.7.4", "trim: offset unsigned", "value - signed16(trim)", "value - (trim & 0xFFFF)"),
    ("CHIP-3.7.4", "trim: gain before offset", TRIM_STEP, "value = shift_half_up(value * (trim >> 16), 15) - signed16(trim)"),
    ("CHIP-3.7.4", "trim: gain signed", "(trim >> 16), 15)", "signed16(trim >> 16), 15)"),
    ("CHIP-3.7.4", "trim truncates", TRIM_STEP, "value = (value - signed16(trim)) * (trim >> 16) >> 15"),
    ("CHIP-3.7.5", "trim saturates to 16 bits", TRIM_STEP, TRIM_STEP + "\n        value = clamp(value, -32768, 32767)"),
    ("CHIP-3.7.3", "mismatch and trim before one rounding", OFFSET_STEP + "\n        " + TRIM_STEP,
     "value = shift_half_up(((steps + self.mismatch.offset) * self.mismatch.gain - (signed16(trim) << 15)) * (trim >> 16), 30)"),
    ("CHIP-3.7.6", "code truncates", "exact = shift_half_up(value, 16 - self.bits)", "exact = value >> 16 - self.bits"),
    ("CHIP-3.7.6", "code ties away from zero", "exact = shift_half_up(value, 16 - self.bits)",
     "exact = -shift_half_up(-value, 16 - self.bits) if value < 0 else shift_half_up(value, 16 - self.bits)"),
    ("CHIP-3.7.6", "one bit too few", "16 - self.bits", "17 - self.bits"),
    ("CHIP-3.7.6", "symmetric codes", "clamp(exact, -top - 1, top)", "clamp(exact, -top, top)"),
    ("CHIP-3.7.7", "rounding up to top + 1 flagged", "exact > top + 1", "exact > top"),
    ("CHIP-3.7.7", "flag one code late", "exact > top + 1", "exact > top + 2"),
    ("CHIP-3.7.7", "flag below one code late", "exact < -top - 1", "exact < -top - 2"),
    ("CHIP-3.7.7", "flag below one code early", "exact < -top - 1", "exact <= -top - 1"),
    ("CHIP-3.7.1", "offset in microvolts", "DEVIATION * 25)", "DEVIATION)"),
    ("CHIP-3.7.1", "offset rounds down", "divide_half_up(offset * offset_sigma, DEVIATION * 25)", "offset * offset_sigma // (DEVIATION * 25)"),
    ("CHIP-3.7.2", "gain rounds toward zero", "divide_half_up(gain * gain_sigma * 32768, DEVIATION * 1_000_000)",
     "divide_toward_zero(gain * gain_sigma * 32768, DEVIATION * 1_000_000)"),
    ("CHIP-4.2.5", "offset and gain share a draw", 'PURPOSES["converterGain"]', 'PURPOSES["converterOffset"]'),
    ("CHIP-4.2.5", "lines counted from 1", "tile, 0, line)\n        gain", "tile, 0, line + 1)\n        gain"))

RANDOM = group(
    "random", "philox.py",
    ("CHIP-4.1.2", "9 rounds", "range(10)", "range(9)"),
    ("CHIP-4.1.2", "11 rounds", "range(10)", "range(11)"),
    ("CHIP-4.1.2", "multipliers exchanged", "c0 * 0xD2511F53, c2 * 0xCD9E8D57", "c0 * 0xCD9E8D57, c2 * 0xD2511F53"),
    ("CHIP-4.1.2", "key steps exchanged", "k0 + 0x9E3779B9 & MASK, k1 + 0xBB67AE85 & MASK", "k0 + 0xBB67AE85 & MASK, k1 + 0x9E3779B9 & MASK"),
    ("CHIP-4.1.2", "key steps before the round", "        p, q = ", "        k0, k1 = k0 + 0x9E3779B9 & MASK, k1 + 0xBB67AE85 & MASK\n        p, q = "),
    ("CHIP-4.1.1 DEV-6.1", "seed words exchanged", "(seed & MASK, seed >> 32)", "(seed >> 32, seed & MASK)"),
    ("CHIP-4.1.1 DEV-6.1", "seed of 32 bits", "(seed & MASK, seed >> 32)", "(seed & MASK, 0)"),
    ("CHIP-4.2.1", "operation number of 32 bits", "operation >> 32 & MASK, tile", "0, tile"),
    ("CHIP-4.2.1", "operation and index exchanged", "(index & MASK, operation & MASK,", "(operation & MASK, index & MASK,"),
    ("CHIP-4.2.1", "purpose in the next byte", "purpose << 8", "purpose << 16"),
    ("CHIP-4.2.1", "tile above the purpose", "tile | purpose << 8", "purpose | tile << 8"),
    ("CHIP-4.3.1 DEV-6.3", "ones of four words", "words[:3])", "words[:4])"),
    ("CHIP-4.3.1 DEV-6.3", "ones of two words", "words[:3])", "words[:2])"),
    ("CHIP-4.3.1 DEV-6.3", "only the low uniform", " + (words[3] >> 16) - 65535", " - 32768"),
    ("CHIP-4.3.1 DEV-6.3", "mean half a step off", "- 65535", "- 65536"))

VALUES = [*ARITHMETIC, *ACTIVATION, *DAC, *ADC, *RANDOM]
