import Files

/// Golden vectors as memory files for Verilog's `$readmemh`, with a test bench for each suite.
///
/// What a model in Verilog can be held against one line at a time: the activation circuits (an input, an answer), and
/// the sequencer of PROGRAM_ROW (pulse widths, the strobes that they become).
package struct VerilogExport: Sendable {
  package struct File: Sendable {
    package let name: String
    package let text: String
  }

  private var exported: [(files: [File], manual: String)] = []

  package init() {}

  /// Adds a file's cases; other suites than these two have no form in Verilog and add nothing.
  /// - Throws: when the product itself differs from the file, which therefore says nothing.
  package mutating func add(_ file: VectorFile) throws(InputError) {
    guard file.suite == .activation || file.suite == .programRow else { return }
    if let difference = file.check().firstDifference {
      throw InputError(file.path, "not exported, the product differs: \(difference)")
    }
    if file.suite == .activation {
      let export = ActivationExport(file)
      exported.append((export.files, ActivationExport.manual))
    } else {
      let export = ProgramRowExport(file)
      exported.append((export.files, ProgramRowExport.manual))
    }
  }

  /// All files to write; none when no suite had a form.
  package var files: [File] {
    guard !exported.isEmpty else { return [] }
    let manual =
      """
      Golden vectors for Verilog, written by 'mblstm export readmemh'.

      Words are hexadecimal, one a line, read with $readmemh; '_' parts them where their fields meet, first field most
      significant. Numbers with a sign are two's complement. Lines that begin with // are comments. A bench prints
      'passed' and ends, or the first difference or what is missing of a file, and ends with $fatal: a status that is not 0.


      """ + exported.map(\.manual).joined(separator: "\n\n")
    return exported.flatMap(\.files) + [File(name: "README.txt", text: manual + "\n")]
  }
}
