"""What is fixed when a chip is made (specification 2)."""

from __future__ import annotations

from dataclasses import dataclass

from .device import Device, device_of
from .readchain import Dac
from .registers import FEATURES, Features
from .variations import Shares

KEYS = {"tiles", "synapse", "device", "dacBits", "adcBits", "seed", "deviceToDevice", "cycleToCycle",
        "thresholdSpread", "boundsSpread", "deviceNoise", "programError", "stuckLRS", "stuckHRS",
        "readNoisePicosiemens", "adcOffsetMicrovolts", "adcGainPpm", "dacOffsetMicrovolts", "dacInlMicrovolts",
        "maxAmplitudeMillivolts", "flashEndurance", "features", "bandwidthKilohertz", "settleCycles", "sampleCycles"}

SHARES = ("deviceToDevice", "cycleToCycle", "thresholdSpread", "boundsSpread", "deviceNoise", "programError", "stuckLRS",
          "stuckHRS")


@dataclass(frozen=True)
class Config:
    tiles: tuple[tuple[int, int], ...]      # word lines, bit lines
    differential: bool
    device: Device
    dac: Dac
    adc_bits: int
    seed: int
    shares: Shares
    read_noise: int         # pS
    adc_offset: int         # µV
    adc_gain: int           # ppm
    max_amplitude: int      # mV
    bandwidth: int          # kHz of the amplifiers, 0: settled at once
    settle: int             # cycles
    sample: int             # cycles
    flash_endurance: int    # erases of a page
    features: Features      # what it has more

    @staticmethod
    def of(chip: dict) -> "Config":
        if unknown := set(chip) - KEYS:
            raise ValueError(f"unknown keys {sorted(unknown)}")
        if chip.get("synapse") == "differential" and any(bit_lines % 2 for _, bit_lines in chip["tiles"]):
            raise ValueError("a pair needs two bit lines")
        return Config(
            tiles=tuple((word_lines, bit_lines) for word_lines, bit_lines in chip["tiles"]),
            differential={"reference": False, "differential": True}[chip.get("synapse", "reference")],
            device=device_of(chip.get("device", {"model": "vteam"})),
            dac=Dac(chip.get("dacBits", 8), chip.get("dacOffsetMicrovolts", 0), chip.get("dacInlMicrovolts", 0)),
            adc_bits=chip.get("adcBits", 12),
            seed=chip.get("seed", 1),
            shares=Shares(*(chip.get(key, default) for key, default in zip(SHARES, Shares()))),
            read_noise=chip.get("readNoisePicosiemens", 0),
            adc_offset=chip.get("adcOffsetMicrovolts", 0),
            adc_gain=chip.get("adcGainPpm", 0),
            max_amplitude=chip.get("maxAmplitudeMillivolts", 4095),
            bandwidth=chip.get("bandwidthKilohertz", 0),
            settle=chip.get("settleCycles", 10),
            sample=chip.get("sampleCycles", 8),
            flash_endurance=chip.get("flashEndurance", 10000),
            features=FEATURES[chip.get("features", "none")])
