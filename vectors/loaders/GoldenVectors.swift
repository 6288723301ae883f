// Golden vectors of the MbLSTM chip in Swift. Written by vectors/loaders/generate.py from vectors/v1/schema.json: do not edit it.
//
//     let file = try GoldenVectors(contentsOf: "mvm.json")
//     if case .bus(let cases) = file.cases { for each in cases { print(each.given.script) } }
//
// It needs Foundation's JSON decoder and nothing else. A file of another format, a missing member and a value of another type are
// errors; unknown members are passed over (`mblstm check` and the package's own VectorFile are strict).
// vectors/specification/format.md says what things mean.

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file of cases.
public struct GoldenVectors: Codable, Sendable, Equatable {
  /// Of the files that are read; another one is refused.
  public static var currentFormat: Int { 2 }

  public var format: Int64
  public var version: String?
  public var suite: String
  public var kind: String
  public var provenance: String
  public var purpose: String
  public var source: FileSource
  public var holds: [String]?
  public var flags: [String: String]?
  public var fields: [String: String]
  /// By what they give and expect.
  public var cases: Cases

  /// Reads a file.
  public init(contentsOf path: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// What the cases of a suite give and expect.
  public enum Cases: Sendable, Equatable {
    case fixed([Case<FixedGiven, FixedExpect>])
    case activation([Case<ActivationGiven, ActivationExpect>])
    case dac([Case<DacGiven, DacExpect>])
    case adc([Case<AdcGiven, AdcExpect>])
    case pulse([Case<PulseGiven, PulseExpect>])
    case random([Case<RandomGiven, RandomExpect>])
    case energy([Case<EnergyGiven, EnergyExpect>])
    case bus([Case<BusGiven, BusExpect>])
    case firmware([Case<FirmwareGiven, FirmwareExpect>])
  }

  private enum CodingKeys: String, CodingKey {
    case format, version, suite, kind, provenance, purpose, source, holds, flags, fields, cases
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    format = try members.decode(Int64.self, forKey: .format)
    guard format == Self.currentFormat else {
      throw DecodingError.dataCorruptedError(
        forKey: .format, in: members, debugDescription: "expected format \(Self.currentFormat), found \(format)")
    }
    version = try members.decodeIfPresent(String.self, forKey: .version)
    suite = try members.decode(String.self, forKey: .suite)
    kind = try members.decode(String.self, forKey: .kind)
    provenance = try members.decode(String.self, forKey: .provenance)
    purpose = try members.decode(String.self, forKey: .purpose)
    source = try members.decode(FileSource.self, forKey: .source)
    holds = try members.decodeIfPresent([String].self, forKey: .holds)
    flags = try members.decodeIfPresent([String: String].self, forKey: .flags)
    fields = try members.decode([String: String].self, forKey: .fields)
    switch suite {
    case "fixed":
      cases = .fixed(try members.decode([Case<FixedGiven, FixedExpect>].self, forKey: .cases))
    case "activation":
      cases = .activation(try members.decode([Case<ActivationGiven, ActivationExpect>].self, forKey: .cases))
    case "dac":
      cases = .dac(try members.decode([Case<DacGiven, DacExpect>].self, forKey: .cases))
    case "adc":
      cases = .adc(try members.decode([Case<AdcGiven, AdcExpect>].self, forKey: .cases))
    case "pulse":
      cases = .pulse(try members.decode([Case<PulseGiven, PulseExpect>].self, forKey: .cases))
    case "random":
      cases = .random(try members.decode([Case<RandomGiven, RandomExpect>].self, forKey: .cases))
    case "energy":
      cases = .energy(try members.decode([Case<EnergyGiven, EnergyExpect>].self, forKey: .cases))
    case "mvm", "registers", "program_row", "abort", "limits", "interrupts", "reset", "power", "flash", "settle", "windows", "cell":
      cases = .bus(try members.decode([Case<BusGiven, BusExpect>].self, forKey: .cases))
    case "program_verify", "lstm_step", "dense", "inference", "training_step", "calibration", "boot", "sides", "scrub", "features":
      cases = .firmware(try members.decode([Case<FirmwareGiven, FirmwareExpect>].self, forKey: .cases))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .suite, in: members, debugDescription: "no suite is called \(suite)")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(format, forKey: .format)
    try members.encodeIfPresent(version, forKey: .version)
    try members.encode(suite, forKey: .suite)
    try members.encode(kind, forKey: .kind)
    try members.encode(provenance, forKey: .provenance)
    try members.encode(purpose, forKey: .purpose)
    try members.encode(source, forKey: .source)
    try members.encodeIfPresent(holds, forKey: .holds)
    try members.encodeIfPresent(flags, forKey: .flags)
    try members.encode(fields, forKey: .fields)
    switch cases {
    case .fixed(let cases): try members.encode(cases, forKey: .cases)
    case .activation(let cases): try members.encode(cases, forKey: .cases)
    case .dac(let cases): try members.encode(cases, forKey: .cases)
    case .adc(let cases): try members.encode(cases, forKey: .cases)
    case .pulse(let cases): try members.encode(cases, forKey: .cases)
    case .random(let cases): try members.encode(cases, forKey: .cases)
    case .energy(let cases): try members.encode(cases, forKey: .cases)
    case .bus(let cases): try members.encode(cases, forKey: .cases)
    case .firmware(let cases): try members.encode(cases, forKey: .cases)
    }
  }
}

/// One case.
public struct Case<Given: Codable & Sendable & Equatable, Expect: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
  public var id: Int64
  public var note: String?
  public var verdict: String?
  public var flags: [String]?
  public var holds: [String]?
  public var free: [Free]?
  public var given: Given
  public var expect: Expect
}

public struct FixedGiven: Codable, Sendable, Equatable {
  public var op: String
  public var mode: String?
  public var value: Int64?
  public var shift: Int64?
  public var format: String?
  public var fraction: Int64?
  public var a: Int64?
  public var b: Int64?
  public var formats: [String]?
  public var result: String?
  public var numerator: Int64?
  public var denominator: Int64?
}

public struct FixedExpect: Codable, Sendable, Equatable {
  public var value: Int64
  public var multiplier: Int64?
  public var shift: Int64?
}

public struct ActivationGiven: Codable, Sendable, Equatable {
  public var circuit: String?
  public var function: String?
  public var inputs: [Int64]?
  public var table: Bool?
  public var all: Bool?
  public var segments: [[Int64]]?
  public var rails: [Int64]?
}

public struct ActivationExpect: Codable, Sendable, Equatable {
  public var values: [Int64]?
  public var slopes: [Int64]?
  public var segments: [[Int64]]?
  public var rails: [Int64]?
  public var crc32: Int64?
}

public struct DacGiven: Codable, Sendable, Equatable {
  public var bits: Int64
  public var offsetMicrovolts: Int64
  public var inlMicrovolts: Int64
  public var codes: [Int64]
}

public struct DacExpect: Codable, Sendable, Equatable {
  public var stepMicrovolts: Int64
  public var microvolts: [Int64]
}

public struct AdcGiven: Codable, Sendable, Equatable {
  public var bits: Int64
  public var offsetSigmaMicrovolts: Int64
  public var gainSigmaPpm: Int64
  public var seed: UInt64
  public var tile: Int64
  public var line: Int64
  public var trim: Int64
  public var steps: [Int64]
}

public struct AdcExpect: Codable, Sendable, Equatable {
  public var codes: [Int64]
  public var overrange: [Bool]
}

public struct Device: Codable, Sendable, Equatable {
  public var model: String
  /// Further members: a number is a table of one.
  public var others: [String: [[Double]]] = [:]

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: AnyKey.self)
    model = try members.decode(String.self, forKey: AnyKey("model"))
    for key in members.allKeys where !["model"].contains(key.stringValue) {
      if let number = try? members.decode(Double.self, forKey: key) {
        others[key.stringValue] = [[number]]
      } else {
        others[key.stringValue] = try members.decode([[Double]].self, forKey: key)
      }
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: AnyKey.self)
    try members.encode(model, forKey: AnyKey("model"))
    for (key, table) in others {
      if table.count == 1, table[0].count == 1 {
        try members.encode(table[0][0], forKey: AnyKey(key))
      } else {
        try members.encode(table, forKey: AnyKey(key))
      }
    }
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }
}

public struct PulseGiven: Codable, Sendable, Equatable {
  public var device: Device
  public var deviceToDevice: Double
  public var cycleToCycle: Double
  public var seed: UInt64
  public var tile: Int64
  public var operation: UInt64
  public var cell: Int64
  public var polarity: String
  public var halfSelected: Bool
  public var millivolts: Int64
  public var nanoseconds: Int64
  public var picosiemens: [Int64]
}

public struct PulseExpect: Codable, Sendable, Equatable {
  public var picosiemens: [Int64]
}

public struct RandomGiven: Codable, Sendable, Equatable {
  public var key: [Int64]?
  public var counter: [Int64]?
  public var seed: UInt64?
  public var purpose: Int64?
  public var tile: Int64?
  public var operation: UInt64?
  public var index: Int64?
}

public struct RandomExpect: Codable, Sendable, Equatable {
  public var words: [Int64]
  public var gaussian: Int64?
}

public struct EnergyGivenActivity: Codable, Sendable, Equatable {
  public var driveConversions: Int64
  public var conversions: Int64
  public var amplifications: Int64
  public var noiseGain: Int64
  public var evaluations: Int64
  public var wordLineSquares: Int64
  public var bitLineSquares: Int64
  public var charge: Int64
  public var reading: Int64
  public var selected: Int64
  public var halfSelected: Int64
  public var wordLinePulseSquares: Int64
  public var bitLinePulseSquares: Int64
  public var highestPulse: Int64
}

public struct EnergyGiven: Codable, Sendable, Equatable {
  public var technology: String
  public var dacBits: Int64
  public var adcBits: Int64
  public var tile: [Int64]
  public var activity: EnergyGivenActivity
  public var scalarEvaluations: Int64
  public var formedCells: Int64?
  public var accesses: Int64
  public var cycles: [Int64]?
}

public struct EnergyExpectAttojoules: Codable, Sendable, Equatable {
  public var arrayReads: [Int64]
  public var arraySelected: [Int64]
  public var arrayHalfSelected: [Int64]
  public var pulseSupply: [Int64]
  public var lines: [Int64]
  public var converting: [Int64]
  public var readDrivers: [Int64]
  public var amplifiers: [Int64]
  public var sensing: [Int64]
  public var circuits: [Int64]
  public var bus: [Int64]
  public var controller: [Int64]?
}

public struct EnergyExpect: Codable, Sendable, Equatable {
  public var attojoules: EnergyExpectAttojoules
}

public struct Chip: Codable, Sendable, Equatable {
  public var tiles: [[Int64]]
  public var synapse: String?
  public var device: Device?
  public var dacBits: Int64?
  public var adcBits: Int64?
  public var seed: UInt64?
  public var deviceToDevice: Double?
  public var cycleToCycle: Double?
  public var thresholdSpread: Double?
  public var boundsSpread: Double?
  public var deviceNoise: Double?
  public var programError: Double?
  public var stuckLRS: Double?
  public var stuckHRS: Double?
  public var readNoisePicosiemens: Int64?
  public var adcOffsetMicrovolts: Int64?
  public var adcGainPpm: Int64?
  public var dacOffsetMicrovolts: Int64?
  public var dacInlMicrovolts: Int64?
  public var maxAmplitudeMillivolts: Int64?
  public var readVoltageMicrovolts: Int64?
  public var setAmplitudeMillivolts: Int64?
  public var resetAmplitudeMillivolts: Int64?
  public var feedbackOhms: Int64?
  public var settleCycles: Int64?
  public var sampleCycles: Int64?
  public var bandwidthKilohertz: Int64?
  public var relaxCycles: Int64?
  public var flashEndurance: Int64?
  public var features: String?
  public var wakeUpCycles: Int64?
  public var pulseStepCycles: Int64?
}

public struct BusGiven: Codable, Sendable, Equatable {
  public var chip: Chip
  public var conductances: [String: [Int64]]?
  public var script: [String]
}

public struct Counter: Codable, Sendable, Equatable {
  public var reads: UInt64
  public var phases: UInt64
  public var pulses: UInt64
  public var programCycles: UInt64
  public var serialCycles: UInt64
  public var energyAttojoules: UInt64
}

public struct BusExpect: Codable, Sendable, Equatable {
  public var transactions: [String]
  public var conductances: [String: [Int64]]?
  public var counters: [String: Counter]?
  public var events: [String]?
}

public struct FirmwareGiven: Codable, Sendable, Equatable {
  public var chip: Chip
  public var conductances: [String: [Int64]]?
  public var requests: [[Int64]]
  public var accesses: [String: [String]]?
}

public struct FirmwareExpectGradients: Codable, Sendable, Equatable {
  public var lstm: [Int64]
  public var dense: [Int64]
}

public struct FirmwareExpect: Codable, Sendable, Equatable {
  public var replies: [[Int64]]
  public var transactions: [[String]?]
  public var conductances: [String: [Int64]]?
  public var gradients: FirmwareExpectGradients?
}

public struct Free: Codable, Sendable, Equatable {
  public var pulseWidth: Int64?
  /// In the place of all others.
  public var text: String?

  private enum CodingKeys: String, CodingKey {
    case pulseWidth = "pulse-width"
  }

  public init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self.text = text
      return
    }
    let members = try decoder.container(keyedBy: CodingKeys.self)
    pulseWidth = try members.decodeIfPresent(Int64.self, forKey: .pulseWidth)
  }

  public func encode(to encoder: any Encoder) throws {
    if let text {
      var container = encoder.singleValueContainer()
      return try container.encode(text)
    }
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encodeIfPresent(pulseWidth, forKey: .pulseWidth)
  }
}

public struct FileSource: Codable, Sendable, Equatable {
  public var generator: String
  public var specification: String
}
