import Board
import Crossbar
import Foundation
import Tasks
import Trace

/// Measures the emulator on this machine.
enum BenchVerb: Verb {
  static let name = "bench"
  static let summary = "Measure the emulator's speed."
  static let usage = "bench [--only TEXT] [--runs N] [--seconds S] [--json]"
  static let discussion = """
    Array reads (DAC, array, amplifier, ADC; word lines × columns) through the bus, and whole sequences through the
    firmware, on one core, without a log, in processor time. Median and range over the runs. Use a release build.

    example: swift run -c release mblstm bench
    """
  static let options = [
    Option("--runs", "N", "Runs of each, 5 or more (default 7)."),
    Option("--seconds", "S", "Length of a run (default 0.5)."),
    Option("--only", "TEXT", "Only the benchmarks whose name contains TEXT."),
    Option("--json", nil, "For machines."),
  ]

  struct Result: Codable {
    var name: String
    var unit: String
    var median: Double
    var lowest: Double
    var highest: Double
    var runs: Int
  }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    try arguments.expectOperands(0...0, "no operand")
    let runs = try arguments.integer("--runs", in: 5...1000, default: 7)
    guard let seconds = Double(arguments.text("--seconds") ?? "0.5"), seconds > 0, seconds <= 60 else {
      throw UsageError("--seconds is '\(arguments.text("--seconds") ?? "")', expected more than 0, up to 60")
    }
    let results = try cases.filter { arguments.text("--only").map($0.name.contains) ?? true }.map { item in
      measure(item.name, item.unit, runs: runs, seconds: seconds, try item.make())
    }
    if arguments.has("--json") {
      try Console.json(results)
    } else {
      Console.print(
        table(
          [["", "median", "lowest", "highest", ""]]
            + results.map { [$0.name, rate($0.median), rate($0.lowest), rate($0.highest), $0.unit] }))
    }
    return .success
  }

  private struct Case {
    let name: String
    let unit: String
    let make: () throws -> any Benchmark
  }

  private static var cases: [Case] {
    let reads = [(128, 64), (512, 512), (1024, 1024)].flatMap { wordLines, columns in
      [0.0, 0.004].map { noise in
        Case(name: "read \(wordLines)×\(columns)" + (noise > 0 ? ", read noise" : ""), unit: "reads/s") {
          try ReadBenchmark(wordLines: wordLines, columns: columns, readNoise: noise)
        }
      }
    }
    let inferences = [(8, 16, 10, 8), (28, 64, 10, 28)].map { inputs, hidden, outputs, steps in
      Case(name: "inference \(inputs)-\(hidden)-\(outputs), \(steps) steps", unit: "sequences/s") {
        try InferenceBenchmark(inputs: inputs, hidden: hidden, outputs: outputs, steps: steps)
      }
    }
    return reads + inferences
  }

  private static func rate(_ value: Double) -> String { grouped(Int(value.rounded())) }

  /// Seconds that this process has computed: other load on the machine does not count.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func measure(
    _ name: String, _ unit: String, runs: Int, seconds: Double, _ benchmark: some Benchmark
  ) -> Result {
    var benchmark = benchmark
    benchmark.iterate()
    let rates = (0..<runs).map { _ in
      let start = processorSeconds
      var done = 0
      while true {
        for _ in 0..<16 { benchmark.iterate() }
        done += 16
        let elapsed = processorSeconds - start
        if elapsed >= seconds { return Double(done) / elapsed }
      }
    }.sorted()
    return Result(
      name: name, unit: unit, median: rates[rates.count / 2], lowest: rates[0], highest: rates[rates.count - 1],
      runs: runs)
  }
}
