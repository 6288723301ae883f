import Files

/// What a suite gives to Verilog: memory files, a bench, and their description.
protocol SuiteExport: Sendable {
  init(_ file: VectorFile)
  /// How often the bench compares.
  var comparisons: Int { get }
  var files: [VerilogExport.File] { get }
  var manual: String { get }
}

/// Golden vectors as memory files for Verilog's `$readmemh`, with a test bench for each suite.
///
/// What a model in Verilog can be held against by itself: an activation circuit, a DAC, an ADC (an input, an answer), a
/// line of a read (codes and conductances, a sum, a code), the registers (accesses, what reads return), and the sequencer
/// of PROGRAM_ROW (pulse widths, the strobes that they become).
package struct VerilogExport: Sendable {
  package struct File: Sendable {
    package let name: String
    package let text: String
  }

  private var exported: [any SuiteExport] = []

  package init() {}

  /// Suites that have a form in Verilog.
  package static var suites: [Suite] { Suite.allCases.filter { form(of: $0) != nil } }

  private static func form(of suite: Suite) -> (any SuiteExport.Type)? {
    switch suite {
    case .activation: ActivationExport.self
    case .dac: DACExport.self
    case .adc: ADCExport.self
    case .mvm: MVMExport.self
    case .registers: RegistersExport.self
    case .programRow: ProgramRowExport.self
    default: nil
    }
  }

  /// Adds a file's cases; a suite without a form in Verilog adds nothing.
  /// - Throws: when the product itself differs from the file, which therefore says nothing; or when no case has a form,
  ///   whose bench would compare nothing.
  package mutating func add(_ file: VectorFile) throws(InputError) {
    guard let form = Self.form(of: file.suite) else { return }
    if let difference = file.check().firstDifference {
      throw InputError(file.path, "not exported, the product differs: \(difference)")
    }
    let export = form.init(file)
    guard export.comparisons > 0 else {
      throw InputError(file.path, "not exported: no case of it has a form for Verilog")
    }
    exported.append(export)
  }

  /// All files to write; none when no suite had a form.
  package var files: [File] {
    guard !exported.isEmpty else { return [] }
    let manual =
      """
      Golden vectors for Verilog, written by 'mblstm export readmemh'.

      Words are hexadecimal, one a line, and can be read with $readmemh; '_' parts them where their fields meet, first
      field most significant. Numbers with a sign are two's complement. Lines that begin with // are comments.

      A bench states itself how many words its files have, the CRC-32 of their digits, and how often it compares: a file
      that is missing, cut, longer or changed in one bit fails, and so does a model whose answer has an x or a z. It
      prints 'passed' and ends with status 0, or 'failed' and what differs, and ends with $fatal: a status that is not 0.
      Give the bench before your files, which so have its time scale.


      """ + exported.map(\.manual).joined(separator: "\n\n")
    return exported.flatMap(\.files) + [File(name: "README.txt", text: manual + "\n")]
  }
}
