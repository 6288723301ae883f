import Foundation
import TestSupport
import Testing

@testable import mblstm

/// What verbs do beside their reports: files, folders, defaults.
@Suite("What verbs leave behind")
struct SmallVerbTests {
  /// Runs lines of the shell in a fresh folder.
  private func run(_ script: String) throws -> (output: String, error: String, status: Int32) {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try Transcript.run(script, in: folder)
  }

  private static let vectors = "\(Transcript.repository)/vectors/v1"

  @Test("A share is a number, a percentage or a fraction of whole numbers")
  func shares() {
    for (text, share) in [
      ("0.05", 0.05), ("5%", 0.05), ("0%", 0), ("100%", 1), ("1", 1), ("250%", 2.5), ("%", nil), ("5 %", nil),
      ("", nil), ("1/16", 0.0625), ("3/2", 1.5), ("0/7", 0), ("1/0", nil), ("1/", nil), ("/2", nil), ("1/2/3", nil),
      ("1/-2", nil), ("1/2%", nil), ("1/1000000000000000", nil), ("999999999999999/999999999999999", 1),
    ] as [(String, Double?)] {
      #expect(ValueKind.share(text) == share, "\(text)")
      let isIn = share.map { (0...1).contains($0) }
      let expected = isIn == true ? nil : isIn == nil ? "a share such as 0.05 or 5%" : "a share from 0 to 1"
      #expect(ValueKind.share.refusal(of: text) == expected, "\(text)")
    }
    for (text, address) in [
      ("0x80000000", 0x8000_0000), ("12", 12), ("0xffffffff", .max), ("0x100000000", nil), ("4294967296", nil),
      ("0x", nil), ("80000000h", nil), ("-1", nil),
    ] as [(String, UInt32?)] { #expect(ValueKind.address(text) == address, "\(text)") }
  }

  @Test("The version is told in words, or as JSON with the same")
  func version() throws {
    let (text, json) = (try run("mblstm version"), try run("mblstm version --json"))
    #expect(text.status == 0 && text.output.hasPrefix("mblstm ") && text.output.split(separator: "\n").count > 3)
    #expect(try run("mblstm --version").output == text.output)
    let members = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any], "\(json.output)")
    let number = try #require(members["version"] as? String)
    #expect(text.output.hasPrefix("mblstm \(number)\n"))
  }

  @Test("The coverage of a log follows its events: a tile is busy while it works")
  func coverage() throws {
    let ran = try run(
      """
      printf '# F=1 classes=2\\n0,0.5\\n1,-0.5\\n' > toy.csv
      mblstm train --data toy.csv --test toy.csv --hidden 1 --epochs 1 --log log.csv > told 2>&1
      mblstm coverage log.csv -o log.cov > told && grep '^MBXn,WAIT,read,busy,' log.cov
      """)
    #expect(ran.status == 0 && !ran.output.hasSuffix(",0\n") && ran.output != "", "\(ran)")
  }

  @Test("The map lists two tiles, as many as are asked for, or those of a chip")
  func tiles() throws {
    func count(_ options: String) throws -> Int {
      let ran = try run("mblstm map \(options)")
      #expect(ran.status == 0, "\(ran.error)")
      return Set(ran.output.matches(of: /MBX([0-9])\./).map(\.1)).count
    }
    #expect(try count("") == 2 && count("--tiles 1") == 1 && count("--tiles 8") == 8)
    let both = try run("mblstm map --tiles 2 --dac-bits 6")
    #expect(both.status == 2 && both.error.contains("--tiles does not go with a chip"))
  }

  @Test("readmemh makes its folder with all above it, and names each file that it has written there")
  func readmemh() throws {
    let ran = try run(
      """
      mblstm export readmemh --out a/b/rtl \(Self.vectors)/adc.json > told && ls a/b/rtl | sed 's|^|a/b/rtl/|' | sort > there
      sort told | diff there - && wc -l < told && mblstm export readmemh --out a/b/rtl \(Self.vectors)/adc.json | sort | diff there -
      mblstm export readmemh --out c \(Self.vectors)/boot.json; ls -d c
      """)
    #expect((Int(ran.output.split(separator: "\n").first ?? "") ?? 0) > 1, "\(ran)")
    #expect(ran.error.contains("nothing to export: only ") && ran.error.contains("'c': No such file"), "\(ran)")
  }

  @Test("logs writes the log of each case of accesses, and each replays without a difference")
  func logs() throws {
    let ran = try run(
      """
      mblstm export logs --out a/b/logs \(Self.vectors)/abort.json \(Self.vectors)/adc.json > told
      ls a/b/logs/abort-*.csv | sort > there && sort told | diff there - && wc -l < told
      for log in a/b/logs/*; do mblstm replay $log; done | grep -c 'no difference'
      mblstm export logs --out c \(Self.vectors)/boot.json; ls -d c
      """)
    let counts = ran.output.split(separator: "\n").compactMap { Int($0) }
    #expect(counts.count == 2 && counts[0] == counts[1] && counts[0] > 100, "\(ran)")
    #expect(ran.error.contains("nothing to export: only mvm, ") && ran.error.contains("'c': No such file"), "\(ran)")
  }

  @Test("A binary is held against the suites of controllers and no others, unless they are named")
  func firmwareSuites() throws {
    let elf = "\(Transcript.repository)/.build/firmware/controller.elf"
    let ran = try run(
      """
      mkdir -p vectors/v1; cp \(Self.vectors)/fixed.json \(Self.vectors)/dense.json vectors/v1
      mblstm check --firmware \(elf) --json | grep '"suite"'; mblstm check --json | grep '"suite"'
      mblstm check vectors/v1/fixed.json --firmware \(elf) --json | grep '"suite"'
      """)
    let suites = ran.output.matches(of: /"suite" ?: ?"(\w+)"/).map { String($0.1) }
    #expect(suites == ["dense", "dense", "fixed", "fixed"], "\(ran)")
  }

  @Test("A log is not written over the binary that runs, also where it is not named")
  func builtBinary() throws {
    let elf = ".build/firmware/controller.elf"
    let ran = try run(
      """
      mkdir -p .build/firmware; cp \(Transcript.repository)/\(elf) \(elf)
      mblstm run digits --vectors \(Self.vectors)/.. --core rv32 --limit 1 --log \(elf)
      """)
    #expect(
      ran.status == 2 && ran.error.contains("--log is '\(elf)', which is read (the controller's binary)"), "\(ran)")
    let native = try run("mblstm run digits --vectors \(Self.vectors)/.. --limit 1 --log log.csv > /dev/null")
    #expect(native.status == 0)
  }

  @Test("Shrinking leaves no file and no folder behind, whether it succeeds or not, and runs the command on whole logs")
  func shrink() throws {
    let ran = try run(
      """
      mkdir tmp; export TMPDIR=$PWD/tmp
      mblstm run --data data.csv --model model.json --log log.csv > told 2>&1
      mblstm shrink log.csv --with 'grep -q "DRIVE" {} && exit 7; exit 0' -o small.csv; ls -A tmp | wc -l
      mblstm shrink log.csv --with true -o none.csv; echo "status $?"; ls -A tmp | wc -l
      grep -c ',firmware,' small.csv; mblstm shrink log.csv --with 'kill -9 $$' -o killed.csv; ls -A tmp | wc -l
      """)
    #expect(ran.output == "0\nstatus 2\n0\n1\n0\n", "\(ran)")
    #expect(ran.error.contains("log.csv: the command does not fail with it: status 0, expected another"), "\(ran)")
    #expect(ran.error.contains("fail alike with status 7, ") && ran.error.contains("fail alike with status 137, "))
  }

  @Test("Shrinking that is interrupted writes what it has come to, which fails alike, and leaves nothing else")
  func interruptedShrink() throws {
    let ran = try run(
      """
      mkdir tmp; export TMPDIR=$PWD/tmp
      mblstm run --data data.csv --model model.json --log log.csv > told 2>&1
      timeout --foreground -s INT 3 mblstm shrink log.csv --with 'sleep 0.4; grep -q "DRIVE" {} && exit 7; exit 0' -o small.csv
      echo $?; ls -A tmp | wc -l; grep -q DRIVE small.csv && mblstm replay small.csv > told && echo replays
      """)
    #expect(ran.output == "124\n0\nreplays\n", "\(ran)")
    #expect(ran.error.contains("steps fail alike with status 7, ") && ran.error.contains("interrupted by SIGINT"))
  }

  @Test("A file that is replaced keeps its permissions, with standard input closed too")
  func permissions() throws {
    for (mode, closing) in [("600", ""), ("640", "<&-"), ("604", "<&-"), ("755", "")] {
      let ran = try run(
        """
        echo old > f.svg; chmod \(mode) f.svg; umask 022
        mblstm device vteam --svg f.svg \(closing) > told; stat -c %a f.svg; head -c 4 f.svg; echo
        mblstm device vteam --svg new.svg \(closing) > told; stat -c %a new.svg
        """)
      #expect(ran.output == "\(mode)\n<svg\n644\n", "\(mode) \(closing) \(ran)")
    }
  }

  @Test("A device that a file has is a value of an axis, as with --device")
  func deviceFiles() throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let pulses =
      "conductance (µS),pulse,mean step (nS),deviation (nS)\n2.9,SET,325,90\n9,SET,250,90\n2.9,RESET,-300,90\n9,RESET,-300,90\n"
    for (name, text) in ["own.json": #"{"model":"vteam","onResistance":5000}"#, "own.csv": pulses] {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let vectors = "--vectors \(Transcript.repository)/vectors"
    let sweep = "mblstm sweep digits \(vectors) --limit 5 --seeds 1"
    let all = try Transcript.run("\(sweep) --axis device=own.json,vteam,own.csv -o all.csv; cat all.csv", in: folder)
    #expect(all.status == 0, "\(all)")
    let rows = all.output.split(separator: "\n").filter { $0.first?.isNumber == true }
    #expect(rows.count == 3 && rows[0].hasPrefix("0,vteam:on-resistance=5000,1,") && rows[2].hasPrefix("2,measured:"))
    for (row, name) in zip(rows, ["own.json", "vteam", "own.csv"]) {
      let one = try Transcript.run(
        "\(sweep) --device \(name) --axis variation=0 -o \(name).csv > told; tail -n 1 \(name).csv", in: folder)
      #expect(row.split(separator: ",").dropFirst(2) == one.output.dropLast().split(separator: ",").dropFirst(2))
    }
    let again = try Transcript.run("\(sweep) --axis device=own.json,vteam,own.csv -o all.csv", in: folder)
    #expect(again.error.contains("all.csv holds 3 of 3 points already"), "\(again)")
    for (axis, message) in [
      ("own.json,vteam:on-resistance=5k", "device vteam:on-resistance=5k is twice in --axis"),
      ("none.json", "device in --axis: none.json: cannot be read: No such file or directory"),
      ("model.json", "device in --axis: model.json:1:"),
    ] {
      let run = try Transcript.run("\(sweep) --axis device=\(axis) -o new.csv", in: folder)
      #expect(run.status == 2 && run.error.contains(message), "\(run.error)")
    }
    let own = try Transcript.run("\(sweep) --axis device=own.csv -o own.csv", in: folder)
    #expect(own.status == 2 && own.error.contains("--out is 'own.csv', which is read (--axis)"))
  }

  @Test("Answers of a run and of a training are compared; a series has none")
  func answers() throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let vectors = "--vectors \(Transcript.repository)/vectors"
    let train = "mblstm train digits \(vectors) --hidden 2 --epochs 1 --limit 9"
    let run = try Transcript.run(
      """
      mblstm run digits \(vectors) --answers a.csv > run.txt && \(train) --answers b.csv --checkpoint c.mbx > train.txt &&
      \(train) --answers again.csv --checkpoint c.mbx > again.txt && cmp b.csv again.csv && mblstm compare a.csv b.csv
      """, in: folder)
    #expect(run.status == 0, "\(run)")
    let text = try String(contentsOf: folder.appendingPathComponent("run.txt"), encoding: .utf8)
    let trained = try String(contentsOf: folder.appendingPathComponent("train.txt"), encoding: .utf8)
    let lines = run.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines[0] == "digits, 1 797 sequences")
    let shares = lines[1...2].map { String($0.dropFirst(6).prefix { $0 != "%" }) }
    #expect(text.contains(" \(shares[0])%") && trained.contains("\(shares[1])%"), "\(lines) \(trained)")
    #expect(lines[3].hasPrefix("only a.csv right ") && lines[3].hasSuffix(": p < 0.0001 (McNemar, exact)"))
    let few = try Transcript.run(
      "mblstm run digits \(vectors) --limit 3 --answers few.csv > few.txt; mblstm compare a.csv few.csv", in: folder)
    #expect(few.status == 2 && few.error.contains("few.csv: is of another test set than a.csv: digits, 3 sequences"))
    let series = try Transcript.run("mblstm train airline \(vectors) --epochs 1 --answers a.csv", in: folder)
    #expect(series.status == 2 && series.error.contains("--answers is for classification"))
  }

  @Test("A row of a sweep that cannot be written ends it in words; run again, it goes on")
  func fullSweep() throws {
    let sweep =
      "mblstm sweep --mode train --data data.csv --test data.csv --hidden 1 --epochs 1 --axis variation=0,0.1"
      + " --seeds 40 --threads 1 --out r.csv"
    let ran = try run(
      """
      trap '' XFSZ; (ulimit -f 8; \(sweep)); echo "status $?"; wc -l < r.csv
      \(sweep) > told; echo "status $?"; wc -l < r.csv; \(sweep.replacing("r.csv", with: "whole.csv")) > told; cmp r.csv whole.csv
      """)
    let lines = ran.output.split(separator: "\n")
    #expect(lines.count == 4 && lines[0] == "status 2" && lines[2] == "status 0" && lines[3] == "85", "\(ran)")
    #expect(ran.error.contains("r.csv: ") && ran.error.contains("File too large"), "\(ran)")
  }
}
