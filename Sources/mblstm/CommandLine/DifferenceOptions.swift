import Files
import Tasks
import Vectors

/// The options of what finds differences of logs, and what is said of them.
enum DifferenceOptions {
  static let all = Option("--all", "Say all differences, and how many there are.")
  static let waivers = Option(
    "--waivers", "F", .input(FileForm(suffixes: [])), "Differences that do not count, each with its reason.")
  static let analog = Option(
    "--analog", "HOW",
    .form(
      expected: "exact, a band such as 2codes, or a distribution such as 3sigma", domain: "exact, Ncodes or Nsigma"
    ) { AnalogAgreement($0) != nil },
    default: .value("exact"), "How near converted codes have to be.")

  static func analog(_ arguments: Arguments) -> AnalogAgreement {
    arguments.text("--analog").flatMap { AnalogAgreement($0) } ?? .exact
  }
}

/// Differences as they are found: printed, let be, counted.
struct DifferenceReport {
  private let saysAll: Bool
  private var waivers: LogWaivers?
  private(set) var count = 0
  private(set) var waived = 0

  /// - Throws: where the file of waivers is none.
  init(_ arguments: Arguments) throws {
    saysAll = arguments.has("--all")
    waivers = try arguments.text("--waivers").map { path throws(InputError) in try LogWaivers(path: path) }
  }

  /// Whether it is worth looking on behind the first difference.
  var wantsMore: Bool { saysAll || waivers != nil }
  /// Whether everything is said that is to be.
  var isDone: Bool { count > 0 && !saysAll }

  mutating func add(_ words: String, _ subject: DifferenceSubject, line: Int, cycle: UInt64) {
    guard !isDone else { return }
    if waivers?.waives(subject, line: line, cycle: cycle) == true {
      waived += 1
      return
    }
    count += 1
    Console.print(words.cutForReading)
  }

  /// The last words, and how the command ends.
  /// - Parameters:
  ///   - place: what is compared, with a colon, or nothing.
  ///   - scope: `in 12 accesses and 3 events`.
  func end(_ place: String, _ scope: String) -> ExitStatus {
    let waivedWords = waivers == nil ? "" : ", \(waived) waived"
    if count == 0 { Console.print("\(place)no difference \(scope)\(waivedWords)") }
    if count > 0, saysAll {
      Console.print("\(place)\(count) difference\(count == 1 ? "" : "s") \(scope)\(waivedWords)")
    }
    if !isDone, let waivers {
      for waiver in waivers.unused {
        Console.message("\(waivers.path):\(waiver.line): unused: no difference of \(waiver.what)")
      }
    }
    return count == 0 ? .success : .difference
  }
}

extension AgreementJudge {
  /// `, 1 200 codes within 3sigma, 40 of other drives`; nothing for one die.
  func words(otherRounds: Int = 0) -> String {
    guard agreement != .exact else { return "" }
    let others = codesDrivenOtherwise > 0 ? ", \(codesDrivenOtherwise) of other drives not compared" : ""
    let rounds = otherRounds > 0 ? ", \(otherRounds) times other rounds of programming" : ""
    return " (\(codes) codes held to \(agreement)\(others)\(rounds))"
  }
}
