import Foundation
import TestSupport
import Testing

@Suite("Logs of a part of a run")
struct LogPartTests {
  private func run(_ script: String) throws -> (output: String, error: String, status: Int32) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try Transcript.run(script, in: folder)
  }

  @Test("A program's accesses that any block refuses are in its log, which replays")
  func refusals() throws {
    let source = (#filePath as NSString).deletingLastPathComponent + "/Guests/refused-everywhere.c"
    let ran = try run(
      """
      \(Transcript.repository)/firmware/cc guest.elf \(source) && mblstm exec guest.elf --log log.csv 2>told.txt
      echo $?; grep -c ,error log.csv; cut -d, -f3 log.csv | grep -E 'd[0-9]|e[0-9]' | sort | uniq -c; mblstm replay log.csv
      mblstm exec guest.elf --log part.csv --log-from 60 2>told.txt; grep -c '# state' part.csv; mblstm replay part.csv
      """)
    let lines = ran.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(lines.prefix(2) == ["0", "17"], "\(ran)")
    let sizes = ["2 read16", "2 read32", "1 read8", "2 write16", "1 write32", "3 write8"]
    #expect(lines.dropFirst(2).prefix(6) == sizes[...], "\(ran.output)")
    #expect(lines.filter { $0.contains("csv: no difference in ") }.count == 2, "\(ran)")
  }

  @Test("A run that ends for another reason than its supply leaves no chip")
  func noChip() throws {
    let ran = try run(
      """
      short='--core rv32 --limit 1 --max-instructions 5000 --save chip.mbx'
      mblstm run digits $short 2>run.txt; echo $?; mblstm train digits $short 2>train.txt; echo $?
      grep -c 'limit of instructions' run.txt train.txt; ls
      """)
    #expect(ran.output == "2\n2\nrun.txt:1\ntrain.txt:1\nrun.txt\ntrain.txt\n", "\(ran)")
  }

  @Test("What a symbol is called fits a log, and what a log holds tells a terminal nothing")
  func names() throws {
    let ran = try run(
      #"""
      name='"a\"b,'$(printf '%03000d' 7)'"'
      printf '.globl _start\n_start: nop\n.globl %s\n%s: lw t1, 8(a0)\nj _start\n' "$name" "$name" > a.S
      \#(Transcript.repository)/firmware/cc a.elf a.S 2>told.txt && mblstm exec a.elf --max-instructions 9 --log a.csv 2>told.txt
      mblstm replay a.csv; grep -c 'a?b;0000' a.csv; grep -c '"' a.csv
      (grep -E '^#|^cycle' a.csv; printf '9,firmware,read,0x40010000,0x00000000,\033[2J,\007,,\n') > b.csv; mblstm replay b.csv
      """#)
    #expect(
      ran.output.contains("a.csv: no difference in ") && ran.output.contains("the columns say \\u001b[2J \\u0007, "))
    #expect(!ran.output.utf8.contains(0x1b) && ran.output.contains("\n0\n"), "\(ran)")
  }

  @Test(
    "A part by cycles or sequences is that part of the whole log, and replays; so does a log of a chip that is loaded")
  func parts() throws {
    let ran = try run(
      """
      exec 2>told.txt
      entries() { grep -v '^#' $1 | tail -n +2; }
      mblstm run digits --limit 3 --log whole.csv --save chip.mbx >out.txt
      mblstm run digits --limit 3 --log part.csv --vcd part.vcd --log-from 300000 --log-to 540000 >out.txt
      mblstm replay part.csv; grep -c '^#3000000$' part.vcd
      entries whole.csv | awk -F, '$1 >= 300000 && $1 <= 540000' >expected.txt; entries part.csv | cmp - expected.txt && echo same
      mblstm run digits --limit 3 --load chip.mbx --log loaded.csv --log-from sequence:2 >out.txt; mblstm replay loaded.csv
      mblstm run digits --limit 3 --load chip.mbx --log whole.csv >out.txt; mblstm replay whole.csv
      entries loaded.csv >expected.txt; tail -n $(wc -l <expected.txt) whole.csv | cmp - expected.txt && echo same
      """)
    let lines = ran.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 6, "\(ran)")
    #expect([0, 3, 4].allSatisfy { lines[$0].contains("csv: no difference in ") }, "\(ran)")
    #expect([lines[1], lines[2], lines[5]] == ["1", "same", "same"], "\(ran)")
  }

  @Test("A log that is filtered says so; replay refuses it, diff one of another filter; names and moments are checked")
  func filters() throws {
    let ran = try run(
      """
      run="mblstm run digits --limit 3 --log"
      $run host.csv --log-only 'HOST,MBX0.SENSE' --log-every 2 >out.txt 2>told.txt
      head -6 host.csv | tail -1; cut -d, -f6 host.csv | grep -Ev '^#|^HOST|^MBX0.SENSE|^register|^$'
      mblstm replay host.csv; mblstm diff host.csv host.csv
      $run errors.csv --log-errors >out.txt 2>told.txt; mblstm diff host.csv errors.csv
      $run x.csv --log-only MBX0.SENS; $run x.csv --log-from 9 --log-to 8; mblstm run digits --log-errors
      $run middle.csv --log-from 300000 >out.txt 2>told.txt; mblstm shadow middle.csv
      """)
    let lines = ran.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 3, "\(ran)")
    #expect(lines[0] == "# filtered only=HOST,MBX0.SENSE every=2" && lines[1].hasPrefix("no difference in "))
    #expect(lines[2].contains("other entries: expected a log filtered (only=HOST,MBX0.SENSE every=2)"), "\(ran)")
    let told = [
      "mblstm replay: host.csv:1: the log is filtered (only=HOST,MBX0.SENSE every=2)",
      "mblstm run: --log-only: 'MBX0.SENS' is no block and no register of the board, did you mean 'MBX0.SENSE'?",
      "mblstm run: --log-to is before --log-from", "mblstm run: --log-errors goes with --log or --vcd",
      "mblstm shadow: middle.csv:1: the log begins in the middle of a run, where nothing says what the firmware knew",
    ]
    for text in told { #expect(ran.error.contains(text), "\(ran.error)") }
  }

  @Test("--vcd-analog adds volts and amperes of what is asked for and changes nothing else; it goes with --vcd")
  func analog() throws {
    let ran = try run(
      """
      digital() { grep -Ev '^r|^.var real|^  (wordline|column|pulse|ERASE)' $1 | awk '
        /^#/ { stamp = $0; next } { if (stamp) print stamp; stamp = ""; print }'; }
      run="mblstm run digits --limit 1"
      exec 2>told.txt
      for part in '' '--log-from 300000 --log-to 540000' '--log-only MBX0.SENSE' '--log-only MBX1,MBX0.PULSE' --log-errors; do
        $run --vcd without.vcd $part >out.txt; $run --vcd with.vcd --vcd-analog $part >out.txt
        digital without.vcd >expected.txt; digital with.vcd | cmp - expected.txt && echo same $(grep -c '^r' without.vcd)
        grep '^.var real' with.vcd | sed 's/.* \\([a-z_]*[a-z]\\)[_0-9]* .*/\\1/' | sort | uniq -c | xargs
      done
      mblstm run digits --limit 1 --vcd-analog; mblstm run digits --limit 1 --vcd-analog --log a.csv --log-to 9; cat told.txt
      """)
    let lines = ran.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    try #require(lines.count > 10, "\(ran)")
    #expect((0..<5).allSatisfy { lines[2 * $0] == "same 0" }, "\(ran)")
    let all = "74 column_amperes 74 column_volts 2 pulse_volts 42 wordline_amperes 42 wordline_volts"
    let dense = "10 column_amperes 10 column_volts 2 pulse_volts 17 wordline_amperes 17 wordline_volts"
    #expect(lines[1] == all && lines[3] == all, "\(ran)")
    #expect(lines[5] == "64 column_amperes 25 wordline_amperes" && lines[7] == dense && lines[9] == "", "\(ran)")
    #expect(lines.filter { $0 == "mblstm run: --vcd-analog goes with --vcd" }.count == 2, "\(ran)")
  }
}
