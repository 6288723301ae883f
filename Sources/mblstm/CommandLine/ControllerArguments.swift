import Board
import RV32
import Tasks
import Trace

/// The options that choose what the controller runs on.
enum ControllerArguments {
  enum Wait: String, CaseIterable {
    case stall, sleep
  }

  static let core = Option(
    "--core", "KIND", .choice(of: ControllerCore.self), default: .value(ControllerCore.native.rawValue),
    "The controller as native code, or the firmware's binary on the RV32 core.")

  static let firmware = Option(
    "--firmware", "F.elf", .program, default: .words("the controller that firmware/build.sh makes"),
    "The binary for rv32.")

  static let options = [
    core, firmware,
    Option(
      "--max-instructions", "N", .integer(1...UInt64.max), default: .value("10000000000"),
      "Instructions of the binary for one request, at most."),
  ]

  static let wait = Option(
    "--wait", "HOW", .choice(of: Wait.self), default: .value(Wait.stall.rawValue),
    "For the end of an operation: in a load of WAIT, or asleep until an interrupt.")

  static let profile = Option(
    "--profile", "F.folded", .output("folded"),
    "Write the cycles of the RV32 core by call stack, as flame graphs and speedscope read them.")

  static func usesBinary(_ arguments: Arguments) -> Bool { arguments.choice("--core") == ControllerCore.rv32 }

  /// How the controller's computing comes into the times of a report.
  static func computing(_ arguments: Arguments) -> FigureScope.Computing {
    usesBinary(arguments) ? .measured : .accounted
  }

  /// The binary where none is named.
  static func files(_ arguments: Arguments) -> [Arguments.NamedFile] {
    guard arguments.declares("--core"), usesBinary(arguments) else { return [] }
    return unnamedBinary(arguments)
  }

  /// The shipped controller, where no other is named.
  static func unnamedBinary(_ arguments: Arguments) -> [Arguments.NamedFile] {
    guard arguments.text("--firmware") == nil, let path = try? builtPath(arguments) else { return [] }
    return [.init(name: "the controller's binary", path: path, manner: nil)]
  }

  static func sleeps(_ arguments: Arguments) -> Bool {
    arguments.declares("--wait") && arguments.choice("--wait") == Wait.sleep
  }

  private static func builtPath(_ arguments: Arguments) throws -> String {
    try Program.builtPath(sleeps(arguments) ? "sleepingcontroller" : "controller")
  }

  /// The binary to run, or nil for the native controller.
  static func program(from arguments: Arguments) throws -> Program? {
    try program(from: arguments, isUsed: usesBinary(arguments))
  }

  static func program(from arguments: Arguments, isUsed: Bool) throws -> Program? {
    let path = arguments.text("--firmware")
    guard isUsed else {
      for option in ["--firmware", profile.name] where arguments.declares(option) && arguments.text(option) != nil {
        throw UsageError("\(option) needs --core rv32")
      }
      return nil
    }
    if path != nil, sleeps(arguments) {
      throw UsageError("--wait is of the shipped controllers; --firmware waits as it does")
    }
    return try Program(path: path ?? builtPath(arguments))
  }

  /// A controller that runs the binary on a machine.
  static func controller<Log: LogSink>(
    _ program: Program, on machine: Machine<Log>, _ arguments: Arguments
  ) throws -> EmulatedController<Log> {
    var controller = try EmulatedController(program, on: machine)
    controller.instructionLimit = arguments.integer("--max-instructions")
    if arguments.declares(profile.name), arguments.has(profile.name) { controller.beginProfile() }
    return controller
  }

  /// Writes the profile of a binary's run, if it was asked for.
  static func write<Log: LogSink>(
    profileOf controller: borrowing EmulatedController<Log>, _ arguments: Arguments
  ) throws {
    guard let profile = controller.core.profiler else { return }
    try arguments.outputs.write(Self.profile.name, profile.folded)
  }

  /// What there is to say about a binary after its run.
  static func tell<Log: LogSink>(_ controller: borrowing EmulatedController<Log>) {
    let names = RegisterNames(controller.machine.maps)
    for line in controller.program.lines(of: controller.machine.diagnostics, names: names) { Console.message(line) }
    let stack = controller.stackUse.map { ", at most \(grouped($0.most)) of \(grouped($0.of)) bytes of stack" } ?? ""
    Console.message(
      "\(controller.program.path): \(grouped(controller.core.retired)) instructions, "
        + "\(grouped(controller.core.cycle)) cycles\(stack)")
    let lines = ResponseText.lines(controller.core.interruptResponse, controller.machine.longestStall)
    for line in lines { Console.message(line) }
  }
}

extension ValueKind {
  /// ELF, Intel HEX or raw.
  static let program = ValueKind.input("elf", "hex", "bin")
}
