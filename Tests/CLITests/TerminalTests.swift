import Foundation
import TestSupport
import Testing

@Suite("On a terminal")
struct TerminalTests {
  private func drawn(_ setting: String, columns: Int) throws -> [String] {
    let script = """
      import fcntl, os, pty, struct, sys, termios
      pid, terminal = pty.fork()
      if pid == 0:
          fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack('HHHH', 24, \(columns), 0, 0))
          null = os.open('/dev/null', os.O_WRONLY)
          os.dup2(null, 1)
          os.execve(sys.argv[1], ['mblstm', 'run', 'digits', '--limit', '5'], {\(setting)})
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
    let (output, status) = try Shell.run("/usr/bin/env", ["python3", "-c", script, Transcript.program])
    #expect(status == 0)
    // All but the last: what it cost to emulate.
    return output.components(separatedBy: "\r").dropFirst().map { $0.replacingOccurrences(of: "\u{1b}[K", with: "") }
      .filter { !$0.hasPrefix("emulated") && $0 != "\n" }
  }

  @Test("The bar keeps within the width", .needs(.python3), arguments: [20, 40, 80])
  func width(_ columns: Int) throws {
    let lines = try drawn("'TERM': 'xterm', 'LANG': 'C.UTF-8'", columns: columns)
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

  @Test("A dumb terminal gets none", .needs(.python3))
  func dumb() throws {
    let lines = try drawn("'TERM': 'dumb'", columns: 80)
    #expect(!lines.contains { $0.contains("5/5") })
  }
}
