import Board
import Crossbar
import Files
import Firmware
import Glibc
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
    Option("--runs", "N", .integer(5...1000), default: .value("7"), "Runs of each."),
    Option("--seconds", "S", .number(0.001...60), default: .value("0.5"), "Length of a run."),
    Option("--only", "TEXT", .text, "Only the benchmarks whose name contains TEXT."),
    .json,
  ]

  struct Result: Encodable {
    var name: String
    var unit: String
    var median: Double
    var lowest: Double
    var highest: Double
    var runs: Int
  }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let runs: Int = arguments.integer("--runs")
    let seconds = arguments.number("--seconds")
    let results = try cases.filter { arguments.text("--only").map($0.name.contains) ?? true }.map { item in
      try Interruption.check()
      return try item.measure(item, runs, seconds)
    }
    if arguments.has("--json") {
      try Console.json(["benchmarks": results])
    } else {
      Console.print(
        table(
          [["", "median", "lowest", "highest", ""]]
            + results.map { [$0.name, rate($0.median), rate($0.lowest), rate($0.highest), $0.unit] }))
    }
    return .success
  }

  /// Something to measure; nothing is made before it is.
  struct Case {
    let name: String
    let unit: String
    let measure: (_ case: Case, _ runs: Int, _ seconds: Double) throws -> Result

    init<Subject: Benchmark & ~Copyable>(name: String, unit: String, make: @escaping () throws -> Subject) {
      self.name = name
      self.unit = unit
      measure = { item, runs, seconds in
        BenchVerb.measure(item.name, item.unit, runs: runs, seconds: seconds, try make())
      }
    }
  }

  /// Sequences through a network.
  private struct Inference {
    let shape: NetworkShape
    let steps: Int

    static let small = Inference(shape: NetworkShape(inputs: 8, hidden: 16, outputs: 10), steps: 8)
    static let large = Inference(shape: NetworkShape(inputs: 28, hidden: 64, outputs: 10), steps: 28)

    /// - Parameter place: what the controller runs on, nothing where that is this machine.
    func measured<Runner: ControllerRunner & ~Copyable>(
      _ place: String = "", by runner: @escaping (Machine<NoLog>) throws -> Runner
    ) -> Case where Runner.Log == NoLog {
      Case(name: "inference \(shape), \(steps) steps\(place)", unit: "sequences/s") {
        try InferenceBenchmark(shape, steps: steps, on: runner)
      }
    }
  }

  static var cases: [Case] {
    let reads = [(128, 64), (512, 512), (1024, 1024)].flatMap { wordLines, columns in
      [0.0, 0.004].map { noise in
        Case(name: "read \(wordLines)×\(columns)" + (noise > 0 ? ", read noise" : ""), unit: "reads/s") {
          try ReadBenchmark(wordLines: wordLines, columns: columns, readNoise: noise)
        }
      }
    }
    let inferences = [Inference.small, .large].map { $0.measured { NativeController($0) } }
    let accesses = [false, true].map { isOfBinary in
      Case(
        name: "register accesses, CSV log" + (isOfBinary ? " of a binary" : ""), unit: "thousand accesses/s"
      ) {
        try LogBenchmark(isOfBinary: isOfBinary)
      }
    }
    return reads + inferences + accesses + firmwareCases
  }

  /// What needs the firmware's binaries; nothing without them.
  private static var firmwareCases: [Case] {
    guard let controller = try? Program.builtPath("controller"), let loop = try? Program.builtPath("lstmloop"),
      let mix = try? Program.builtPath("integer_mix")
    else {
      Console.message("mblstm bench: without the RV32 core, whose programs firmware/build.sh makes")
      return []
    }
    return [
      Case(name: "RV32 core, integer mix", unit: "million instructions/s") {
        try CoreBenchmark(Program(path: mix))
      },
      Case(name: "RV32 core, LSTM loop", unit: "million instructions/s") {
        try CoreBenchmark(Program(path: loop))
      },
      Inference.small.measured(", on RV32") { try EmulatedController(Program(path: controller), on: $0) },
    ]
  }

  private static func rate(_ value: Double) -> String { grouped(Int(value.rounded())) }

  /// Seconds that this process has computed: other load on the machine does not count.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func measure<Subject: Benchmark & ~Copyable>(
    _ name: String, _ unit: String, runs: Int, seconds: Double, _ subject: consuming Subject
  ) -> Result {
    var benchmark = subject
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
