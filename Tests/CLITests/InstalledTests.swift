import Foundation
import TestSupport
import Testing

@testable import mblstm

/// The command where no checkout is: a copy of it in a folder of its own, run from an empty one.
@Suite("The command where it is installed")
struct InstalledTests {
  /// Runs lines of the shell in an empty folder, with the program as `$P`; what stands beside its folder is `$ROOT`.
  private func run(_ script: String) throws -> (output: String, error: String, status: Int32) {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let prepare = """
      ROOT=$PWD/installed P=$PWD/installed/bin/mblstm REPOSITORY='\(Transcript.repository)'
      mkdir -p installed/bin empty && cp '\(Transcript.program)' "$P" && cd empty

      """
    return try Transcript.run(prepare + script, in: folder)
  }

  @Test("Tasks, vectors and schemas are found beside the program's folder")
  func besideTheProgram() throws {
    let ran = try run(
      """
      mkdir -p $ROOT/vectors/v1 $ROOT/vectors/tasks && cp -r $REPOSITORY/vectors/schemas $ROOT/vectors
      cp -r $REPOSITORY/vectors/tasks/digits $ROOT/vectors/tasks && cp $REPOSITORY/vectors/v1/dac.json $ROOT/vectors/v1
      $P run digits --limit 2 && $P check && $P export schema | head -n 1 && ls
      """)
    #expect(ran.status == 0, "\(ran.error)")
    #expect(ran.output.contains("accuracy over 2 sequences") && ran.output.contains("dac"), "\(ran.output)")
  }

  @Test("The firmware is found in the folder 'firmware' beside the program's")
  func firmware() throws {
    let ran = try run(
      """
      mkdir $ROOT/firmware && echo 'no program' > $ROOT/firmware/controller.elf
      $P run digits --limit 1 --core rv32 --vectors $REPOSITORY/vectors
      """)
    #expect(ran.status == 2 && ran.error.contains("/installed/firmware/controller.elf"), "\(ran.error)")
  }

  @Test(
    "What is nowhere is named, with where it was looked for and what helps",
    arguments: [
      ("run digits", "vectors/tasks: not found here, beside the program or above either; name the 'vectors' folder"),
      ("check", "vectors/v1: not found here, beside the program or above either; name the files"),
      ("export schema", "vectors/schemas/reports.json: not found here, beside the program or above either"),
      (
        "export elf --out p $REPOSITORY/vectors/v1/mvm.json",
        ".build/firmware/caserunner.elf: not found here, beside the program or above either; firmware/build.sh makes it"
      ),
      (
        "run digits --core rv32 --vectors $REPOSITORY/vectors",
        ".build/firmware/controller.elf: not found here, beside the program or above either; firmware/build.sh makes it"
      ),
    ])
  func nowhere(_ words: String, _ message: String) throws {
    let ran = try run("$P \(words)")
    #expect(ran.status == 2 && ran.error.contains(message), "\(ran.error)")
  }
}
