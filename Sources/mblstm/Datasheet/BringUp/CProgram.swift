import Board
import Firmware
import Registers
import Tasks

/// Programs of the guide in C, with the names of `mblstm.h`.
enum CProgram {
  /// What the steps use, and what is there once.
  static let prelude = """
    #include "mblstm.h"

    // The first check that failed, and how many did.
    static const char *failed;
    static int failures;
    static int32_t kept[2048];

    static void expect(int64_t value, int64_t low, int64_t high, const char *what) {
      if (low <= value && value <= high) return;
      if (!failures++) failed = what;
    }

    // The code of a converted line.
    static int32_t sense(uint32_t tile, uint32_t line) {
      uint32_t pair = MBX_TILE_SENSE(tile, line / 2);
      return line % 2 ? MBX_TILE_SENSE_ODD_OF(pair) : MBX_TILE_SENSE_EVEN_OF(pair);
    }

    // A code on one of the lines, 0 on the others.
    static void drive(uint32_t tile, uint32_t lines, uint32_t line, int32_t code) {
      for (uint32_t word = 0; word < (lines + 1) / 2; word++) {
        MBX_TILE_DRIVE(tile, word) =
            MBX_TILE_DRIVE_EVEN(2 * word == line ? code : 0) | MBX_TILE_DRIVE_ODD(2 * word + 1 == line ? code : 0);
      }
    }

    // Starts an operation; reading WAIT stalls until its end.
    static void perform(uint32_t tile, uint32_t start) {
      MBX_TILE_START(tile) = start;
      (void)MBX_TILE_WAIT(tile);
    }
    """

  static func function(_ number: Int, _ actions: [Action]) -> String {
    let body = actions.compactMap(statement).folded.flatMap(\.lines).map { "  " + $0.text }
    return (["static void step_\(number)(void) {"] + body + ["}"]).joined(separator: "\n")
  }

  /// All steps, and a program that does them.
  static func file(_ guide: BringUpGuide) -> String {
    let programs = guide.steps.enumerated().map { (number: $0 + 1, actions: $1.program(0)) }
    let functions = programs.map { function($0.number, $0.actions) }
    let calls = programs.map { "  step_\($0.number)();" }
    return
      ([
        "// First silicon in \(programs.count) steps: MBX0 and what the tiles share, for \(ChipSummary.sentence(guide.chip)).",
        prelude,
      ] + functions + [
        (["int main(void) {"] + calls + ["  (void)failed;", "  return failures;", "}"]).joined(separator: "\n")
      ])
      .joined(separator: "\n\n") + "\n"
  }

  private static func statement(_ action: Action) -> CStatement? {
    switch action {
    case .write(let place, _, let value): CStatement(place.c + " = " + value + ";")
    case .expect(let source, let band, let label): expect(source.c, band, label)
    case .keep(let source, let slot): CStatement("kept[" + .number(slot) + "] = (int32_t)" + source.c + ";")
    case .compare(let source, let slot, let band, let label):
      expect("(int32_t)" + source.c + " - kept[" + .number(slot) + "]", band, label)
    case .drive(let line, let code, let lines, let tile):
      CStatement("drive(\(tile), \(lines), " + .number(line) + ", \(code));")
    case .perform(let call, let tile): CStatement("perform(\(tile), " + call.c + ");")
    case .request(let request, let answer, let label):
      CStatement(
        lines: comment(
          "The host: \(label); sends "
            + ([request.command.rawValue, UInt32(request.words.count)] + request.words).map {
              hex($0)
            }.joined(separator: " ") + "; expects " + answer.map(\.description).joined(separator: ", ")
        ).map { CText(stringLiteral: $0) })
    }
  }

  private static func expect(_ value: CText, _ band: Band, _ label: String) -> CStatement {
    CStatement(
      "expect(" + value + ", " + band.c + ", \"\(label)\");")
  }

  private static let lineWidth = 100

  private static func comment(_ text: String) -> [String] {
    var lines = ["//"]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count >= lineWidth { lines.append("//  ") }
      lines[lines.count - 1] += " \(word)"
    }
    return lines
  }
}
