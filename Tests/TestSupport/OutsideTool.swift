import Foundation

/// A program, or a package of Python, that tests use and the product does not need. `.ci/tools` says how to get it.
public enum OutsideTool: String, CaseIterable, Sendable {
  case python3, xmllint, iverilog, verilator
  case vcd2fst, fst2vcd
  case bash, zsh, fish
  case qemu = "qemu-system-riscv32"
  case gdb = "gdb-multiarch"
  case debianGCC = "riscv64-unknown-elf-gcc"
  case vcdvcd, junitparser, jsonschema, numpy
  case cmsisSVD = "cmsis-svd"

  private var isPackage: Bool {
    switch self {
    case .vcdvcd, .junitparser, .jsonschema, .numpy, .cmsisSVD: true
    case .python3, .xmllint, .iverilog, .verilator, .vcd2fst, .fst2vcd, .bash, .zsh, .fish, .qemu, .gdb, .debianGCC:
      false
    }
  }

  /// Where the program is, or nil where it is missing.
  public var path: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(rawValue)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  var isThere: Bool {
    guard isPackage else { return path != nil }
    guard let python = OutsideTool.python3.path else { return false }
    let module = rawValue.replacing("-", with: "_")
    return (try? Shell.run(python, ["-c", "import \(module)"]).status) == 0
  }
}
