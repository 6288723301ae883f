import Board
import RV32
import Tasks
import Trace

/// The options that choose what the controller runs on.
enum ControllerArguments {
  enum Core: String, CaseIterable {
    case native, rv32
  }

  static let options = [
    Option(
      "--core", "KIND", .choice(of: Core.self), default: .value(Core.native.rawValue),
      "The controller as native code, or the firmware's binary on the RV32 core."),
    Option(
      "--firmware", "F.elf", .program, default: .words(".build/firmware/controller.elf"), "The binary for rv32."),
    Option(
      "--max-instructions", "N", .integer(1...UInt64.max), default: .value("10000000000"),
      "Instructions of the binary for one request, at most."),
  ]

  static func usesBinary(_ arguments: Arguments) -> Bool { arguments.choice("--core") == Core.rv32 }

  /// The binary where none is named.
  static func files(_ arguments: Arguments) -> [Arguments.NamedFile] {
    guard arguments.declares("--core"), usesBinary(arguments), arguments.text("--firmware") == nil,
      let path = try? Program.builtPath("controller")
    else { return [] }
    return [.init(name: "the controller's binary", path: path, manner: nil)]
  }

  /// The binary to run, or nil for the native controller.
  static func program(from arguments: Arguments) throws -> Program? {
    let path = arguments.text("--firmware")
    guard usesBinary(arguments) else {
      if path != nil { throw UsageError("--firmware needs --core rv32") }
      return nil
    }
    return try Program(path: path ?? Program.builtPath("controller"))
  }

  /// A controller that runs the binary on a machine.
  static func controller<Log: LogSink>(
    _ program: Program, on machine: Machine<Log>, _ arguments: Arguments
  ) throws -> EmulatedController<Log> {
    var controller = try EmulatedController(program, on: machine)
    controller.instructionLimit = arguments.integer("--max-instructions")
    return controller
  }

  /// What there is to say about a binary after its run.
  static func tell<Log: LogSink>(_ controller: borrowing EmulatedController<Log>) {
    let names = RegisterNames(controller.machine.maps)
    for line in controller.program.lines(of: controller.machine.diagnostics, names: names) { Console.message(line) }
    let stack = controller.stackUse.map { ", at most \(grouped($0.most)) of \(grouped($0.of)) bytes of stack" } ?? ""
    Console.message(
      "\(controller.program.path): \(grouped(controller.core.retired)) instructions, "
        + "\(grouped(controller.core.cycle)) cycles\(stack)")
  }
}

extension ValueKind {
  /// ELF, Intel HEX or raw.
  static let program = ValueKind.input("elf", "hex", "bin")
}
