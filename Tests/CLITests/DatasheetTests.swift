import Board
import Crossbar
import Firmware
import Foundation
import FoundationXML
import Registers
import TestSupport
import Testing

@testable import mblstm

@Suite("The data sheet")
struct DatasheetTests {
  private static func chip(_ change: (inout ChipConfiguration) -> Void = { _ in }) -> ChipConfiguration {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 16, bitLines: 24), .init(wordLines: 8, bitLines: 8)])
    change(&chip)
    return chip
  }

  private static let chips: [@Sendable (inout ChipConfiguration) -> Void] = [
    { _ in }, { $0.synapse = .differential }, { $0.device = Device(name: "umass") ?? $0.device },
    { ($0.timing.settle, $0.timing.sample, $0.timing.relax) = (255, 239, 65_535) },
  ]

  private static func files(_ index: Int) throws -> [Datasheet.File] {
    let chip = chip(chips[index])
    return try Datasheet(chip).files(with: BringUpGuide(chip))
  }

  @Test("The same chip gives the same bytes")
  func determinism() throws {
    let (one, other) = (try Self.files(0), try Self.files(0))
    #expect(one.map(\.name) == other.map(\.name) && one.map(\.text) == other.map(\.text))
  }

  @Test("Every figure is well-formed XML, and every figure of the text is there", arguments: chips.indices)
  func figures(_ index: Int) throws {
    let files = try Self.files(index)
    let figures = files.filter { $0.name.hasSuffix(".svg") }
    #expect(figures.count >= 6)
    for figure in figures {
      let parser = XMLParser(data: Data(figure.text.utf8))
      #expect(parser.parse(), "\(figure.name)")
      for number in ["nan", "inf"] { #expect(!figure.text.contains("\"\(number)"), "\(figure.name)") }
    }
    let text = files[0].text
    let named = text.matches(of: /!\[[^\]]*\]\(([^)]*)\)/).map { String($0.1) }
    #expect(named.sorted() == figures.map(\.name).sorted())
  }

  @Test("Every row of a table has the cells of its head, and every code block ends", arguments: chips.indices)
  func markdown(_ index: Int) throws {
    for file in try Self.files(index) where file.name.hasSuffix(".md") {
      var cells: Int?
      for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          cells = nil
          continue
        }
        let count = line.replacing("\\|", with: "").count { $0 == "|" }
        #expect(cells ?? count == count, "\(file.name): \(line)")
        cells = count
      }
      #expect(file.text.split(separator: "\n").count { $0.hasPrefix("```") } % 2 == 0)
      #expect(file.text.hasSuffix("\n") && !file.text.hasSuffix("\n\n"))
    }
  }

  @Test("It has every register and field, property, operation, command, status and map version")
  func whole() throws {
    let text = try Datasheet(Self.chip()).markdown(withFigures: false)
    #expect(!text.contains("]("))
    for block in BlockMap.board(tiles: 1, features: []) {
      for entry in block.entries {
        #expect(text.contains("`\(entry.register.arrayName)`"))
        for field in entry.register.fields { #expect(text.contains("`\(field.name)` [\(field.bits)]")) }
      }
    }
    for property in ChipConfiguration.properties.properties { #expect(text.contains("| `\(property.name)` |")) }
    for operation in Registers.Operation.allCases { #expect(text.contains("| `\(operation.name)` |")) }
    for command in Firmware.Command.allCases { #expect(text.contains("| \(command.rawValue) |")) }
    for version in MapVersion.history { #expect(text.contains("| \(version.major).\(version.minor) |")) }
    for standing in Standing.Kind.allCases { #expect(text.contains("*\(standing.rawValue)*")) }
  }

  @Test("firmware/README.md has the commands and statuses as the data sheet prints them")
  func protocolIsCurrent() throws {
    let readme = try String(contentsOfFile: Transcript.repository + "/firmware/README.md", encoding: .utf8)
    for command in Firmware.Command.allCases { #expect(readme.contains(ProtocolText.row(command))) }
    for status in Status.allCases { #expect(readme.contains(ProtocolText.row(status))) }
  }

  @Test("Map versions rise, and the last is the chip's")
  func versions() {
    let words = MapVersion.history.map { $0.major << 16 | $0.minor }
    #expect(words == words.sorted() && Set(words).count == words.count)
    #expect(words.last == ChipRegister.version.register.reset)
  }

  @Test("The guide's programs compile to one that fails no check on the RV32 core")
  func programs() throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let firmware = "\(Transcript.repository)/firmware"
    let target = "--target=riscv32-none-none-eabi -march=rv32imac_zicsr -mabi=ilp32"
    let script = """
      set -e
      mblstm datasheet --out sheet > /dev/null
      mblstm map --header > sheet/mblstm.h
      clang \(target) -Os -ffreestanding -Wall -Werror -c sheet/bring-up.c -o main.o
      clang \(target) -c \(firmware)/examples/start.S -o start.o
      ld.lld -T \(firmware)/Support/riscv32.ld start.o main.o -o main.elf
      mblstm exec main.elf --tiles 32x64,32x16
      """
    let result = try Transcript.run(script, in: place)
    #expect(result.status == 0, "\(result.output)\(result.error)")
  }
}
