import Foundation
import TestSupport
import Testing

@Suite("On a terminal")
struct TerminalTests {
  private static let setting = "'TERM': 'xterm', 'LANG': 'C.UTF-8'"

  /// What a command says on standard error.
  private func said(
    _ arguments: [String], _ setting: String, columns: Int, in folder: String = NSTemporaryDirectory()
  ) throws -> String {
    let script = """
      import fcntl, os, pty, struct, sys, termios
      os.chdir(sys.argv[2])
      pid, terminal = pty.fork()
      if pid == 0:
          fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack('HHHH', 24, \(columns), 0, 0))
          null = os.open('/dev/null', os.O_WRONLY)
          os.dup2(null, 1)
          mine = {name: value for name, value in os.environ.items() if name.startswith('MBLSTM_')}
          os.execve(sys.argv[1], ['mblstm'] + sys.argv[3:], {**mine, \(setting)})
      said = b''
      while True:
          try:
              piece = os.read(terminal, 4096)
          except OSError:
              break
          if not piece:
              break
          said += piece
      os.waitpid(pid, 0)
      sys.stdout.buffer.write(said)
      """
    let (output, status) = try Shell.run(
      "/usr/bin/env", ["python3", "-c", script, Transcript.program, folder] + arguments)
    #expect(status == 0)
    return output
  }

  private func drawn(_ setting: String, columns: Int) throws -> [String] {
    let output = try said(["run", "digits", "--limit", "5"], setting, columns: columns)
    // All but the last: what it cost to emulate.
    return output.components(separatedBy: "\r").dropFirst().map { $0.replacingOccurrences(of: "\u{1b}[K", with: "") }
      .filter { !$0.hasPrefix("emulated") && $0 != "\n" }
  }

  @Test("The bar keeps within the width", .needs(.python3), arguments: [20, 40, 80])
  func width(_ columns: Int) throws {
    let lines = try drawn(Self.setting, columns: columns)
    #expect(lines.contains { $0.contains("5/5") })
    #expect(lines.allSatisfy { $0.count < columns })
    if columns == 80 { #expect(lines.contains { $0.contains("█") }) }
  }

  @Test("Without a size, COLUMNS holds", .needs(.python3))
  func columns() throws {
    let lines = try drawn("'TERM': 'xterm', 'LANG': 'C.UTF-8', 'COLUMNS': '30'", columns: 0)
    #expect(lines.contains { $0.contains("5/5") } && lines.allSatisfy { $0.count < 30 })
    #expect(lines.contains { $0.count > 20 })
  }

  @Test("Without UTF-8 the bar is ASCII", .needs(.python3))
  func ascii() throws {
    let lines = try drawn("'TERM': 'xterm', 'LANG': 'C'", columns: 80)
    #expect(lines.contains { $0.contains("#####") } && lines.allSatisfy { $0.allSatisfy(\.isASCII) })
  }

  private static let toy = """
    # name=toy F=2 classes=2
    0,0.5,0.25,0.75,-0.5
    1,-0.5,0.5,-0.75,0.25

    """

  @Test(
    "Every command that takes long draws how far it is, and removes that at its end", .needs(.python3),
    arguments: [
      ("run digits --limit 5", "digits", "5/5"), ("run digits --limit 5 --core rv32", "digits", "5/5"),
      ("train --data toy.csv --test toy.csv --hidden 2 --epochs 1", "epoch 1", "2/2"),
      ("train --data toy.csv --test toy.csv --hidden 2 --epochs 1 --core rv32", "epoch 1", "2/2"),
      ("updates vowels --hidden 2 --limit 2 --epochs 1 --updates 1", "2 hidden units", "2/2"),
      ("sweep digits --axis dac-bits=4,8 --seeds 1 --limit 5 -o grid.csv", "points", "2/2"),
      ("check vectors/dac.json vectors/adc.json", "check", "1/2"),
    ])
  func ends(_ command: String, _ name: String, _ last: String) throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.toy.write(to: folder.appendingPathComponent("toy.csv"), atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: folder.appendingPathComponent("vectors").path,
      withDestinationPath: "\(Transcript.repository)/vectors/v1")
    let output = try said(
      command.split(separator: " ").map(String.init), Self.setting, columns: 80, in: folder.path)
    let pieces = output.components(separatedBy: "\r").filter { $0 != "" }
    let bars = pieces.filter { $0.hasPrefix(name) && $0.hasSuffix("\u{1b}[K") }
    #expect(bars.last?.contains(last) == true, "\(output.debugDescription)")
    let end = try #require(pieces.lastIndex { bars.contains($0) }) + 1
    #expect(end < pieces.count && pieces[end].hasPrefix("\u{1b}[K"), "\(output.debugDescription)")
  }

  @Test("A dumb terminal gets none", .needs(.python3))
  func dumb() throws {
    let lines = try drawn("'TERM': 'dumb'", columns: 80)
    #expect(!lines.contains { $0.contains("5/5") })
  }
}
