import Board
import Files
import Registers
import Trace

/// Cases of accesses as programs for the hart beside the chip, which check themselves.
package struct ProgramExport: Sendable {
  /// Suites whose cases are made into programs.
  package static var suites: [Suite] { [.registers, .mvm, .programRow] }

  /// A case, and the program that it became.
  package struct Entry: Sendable {
    let suite: Suite
    let id: Int
    let flags: [String]
    /// Of the set that the case is from.
    fileprivate let version: String?
    fileprivate(set) var result: Result<CaseProgram, CaseObstacle>

    /// `mvm-17`.
    package var name: String { "\(suite.rawValue)-\(id)" }
    var program: CaseProgram? { try? result.get() }
    var obstacle: CaseObstacle? { if case .failure(let obstacle) = result { obstacle } else { nil } }
  }

  /// In the order of files and cases.
  package private(set) var entries: [Entry] = []
  /// The chips that programs are for, each once.
  private var chips: [ChipConfiguration] = []
  private let agreement = AgreementMap()

  package init() {}

  /// Adds the cases of a file; of another suite nothing.
  /// - Throws: when the product itself differs from the file, which therefore says nothing; for a second file of a suite, whose
  ///   programs would have the names of the first.
  package mutating func add(_ file: VectorFile) throws(InputError) {
    guard Self.suites.contains(file.suite) else { return }
    if let difference = file.check().firstDifference {
      throw InputError(file.path, "not exported, the product differs: \(difference)")
    }
    guard !entries.contains(where: { $0.suite == file.suite }) else {
      throw InputError(
        file.path, "a second file of \(file.suite.rawValue), expected one: programs have the names of suites")
    }
    for entry in file.cases {
      guard case .bus(let vector) = entry.body else { continue }
      let result = Result { () throws(CaseObstacle) in try CaseProgram(vector) }
      if case .success(let program) = result, !chips.contains(program.chip) { chips.append(program.chip) }
      entries.append(
        Entry(suite: file.suite, id: entry.id, flags: entry.flags, version: file.version, result: result))
    }
  }

  /// What lies behind the runner in the program of a case; nil where it has none.
  package func content(of entry: Entry) -> [UInt8]? {
    let set = entry.version.map { " of set \($0)" } ?? ""
    return entry.program?.bytes(title: "\(entry.suite.rawValue) \(entry.id)\(set)", agreement)
  }

  /// Leaves a program out, which has become too large.
  package mutating func dropOversized(_ name: String) {
    guard let place = entries.firstIndex(where: { $0.name == name }) else { return }
    entries[place].result = .failure(.size)
  }

  /// Files beside the programs: chips as `--chip` takes them, chips whose cells the backdoor has set as `--load` takes them,
  /// and `index.csv`.
  package var files: [(name: String, bytes: [UInt8])] {
    let made = entries.compactMap(\.program)
    let used = chips.enumerated().filter { _, chip in made.contains { $0.chip == chip } }
    let configurations = used.map { place, chip in
      (Self.chipName(place), Array((chip.json.text + "\n").utf8))
    }
    let cells = entries.compactMap { entry -> (String, [UInt8])? in
      guard let program = entry.program, program.start == .backdoor else { return nil }
      let machine = Machine(program.chip, program.conductances, log: NoLog())
      return (entry.name + ".mbx", ChipFile(machine.snapshot).bytes)
    }
    return configurations + cells + [("index.csv", Array(index.utf8))]
  }

  private static func chipName(_ place: Int) -> String { "chip-\(place + 1).json" }

  /// A line a case. Names of flags are separated by blanks.
  private var index: String {
    "suite,case,program,start,chip,cells,reads,die,state,flags,obstacle\n"
      + entries.map { entry in
        guard let program = entry.program, let chip = chips.firstIndex(of: program.chip) else {
          return "\(entry.suite.rawValue),\(entry.id),,,,,,,,\(entry.flags.joined(separator: " ")),"
            + "\(entry.obstacle?.rawValue ?? "")\n"
        }
        let cells = program.start == .backdoor ? entry.name + ".mbx" : ""
        let fields = [
          entry.suite.rawValue, "\(entry.id)", entry.name + ".elf", program.start.rawValue, Self.chipName(chip), cells,
          "\(program.comparedReads)", "\(program.readsOfTheDie(agreement))", program.comparesState ? "yes" : "no",
          entry.flags.joined(separator: " "), "",
        ]
        return fields.joined(separator: ",") + "\n"
      }.joined()
  }

  /// How many programs there are for each way to begin, and how many cases have none for each reason.
  package var summary: String {
    let starts = [CaseStart.reset, .powerUp, .backdoor].map { start in
      "\(entries.count { $0.program?.start == start }) begin by \(start.rawValue)"
    }
    let obstacles = Set(entries.compactMap(\.obstacle?.rawValue)).sorted().map { reason in
      "  \(entries.count { $0.obstacle?.rawValue == reason }) of \(reason)"
    }
    let made = entries.count { $0.program != nil }
    return
      (["\(made) programs of \(entries.count) cases: " + starts.joined(separator: ", ")]
      + (obstacles.isEmpty ? [] : ["without a program:"]) + obstacles).joined(separator: "\n")
  }
}

extension CaseProgram {
  /// Of the case; those of the prologue do not count.
  fileprivate var comparedReads: Int {
    records.count { if case .read = $0.step { true } else { false } }
  }

  /// How many of them have a bit that depends on the die.
  fileprivate func readsOfTheDie(_ map: AgreementMap) -> Int {
    records.count { if case .read(let address, _) = $0.step { CaseRecord.ofTheDie(address, map) != 0 } else { false } }
  }

  /// As `firmware/CaseRunner` reads it, little-endian words: "MBV1", records of the prologue and in all, words of the
  /// title, the title, four words a record.
  fileprivate func bytes(title: String, _ map: AgreementMap) -> [UInt8] {
    var letters = Array(title.utf8) + [0]
    while letters.count % 4 != 0 { letters.append(0) }
    let all = prologue + records
    func little(_ words: [UInt32]) -> [UInt8] {
      words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
    }
    return little([0x3156_424d, UInt32(prologue.count), UInt32(all.count), UInt32(letters.count / 4)]) + letters
      + little(all.flatMap { $0.words(map) })
  }
}
