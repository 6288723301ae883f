import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct TranscriptTests {
  @Test("Prints what its transcript says", arguments: Transcript.names)
  func transcript(_ name: String) throws {
    let transcript = try Transcript(name)
    let played = try transcript.play()
    if ProcessInfo.processInfo.environment["MBLSTM_RECORD"] != nil {
      try transcript.record(played)
    } else {
      #expect(played == transcript.text)
    }
  }

  @Test("firmware/REGISTERS.md is what the map prints")
  func registersAreCurrent() throws {
    let place = FileManager.default.temporaryDirectory
    let printed = try Transcript.run("mblstm map --markdown", in: place).output
    let kept = try String(contentsOfFile: Transcript.repository + "/firmware/REGISTERS.md", encoding: .utf8)
    #expect(printed == kept, "run: swift run mblstm map --markdown > firmware/REGISTERS.md")
  }

  @Test("README.md has the properties of a chip as the map prints them")
  func propertiesAreCurrent() throws {
    let printed = try Transcript.run("mblstm map --properties", in: FileManager.default.temporaryDirectory).output
    let readme = try String(contentsOfFile: Transcript.repository + "/README.md", encoding: .utf8)
    #expect(readme.contains(printed), "put what 'swift run mblstm map --properties' prints into README.md")
  }

  @Test("firmware/examples/mblstm.h is what the map prints")
  func headerIsCurrent() throws {
    let place = FileManager.default.temporaryDirectory
    let printed = try Transcript.run("mblstm map --header", in: place).output
    let kept = try String(contentsOfFile: Transcript.repository + "/firmware/examples/mblstm.h", encoding: .utf8)
    #expect(printed == kept, "run: swift run mblstm map --header > firmware/examples/mblstm.h")
  }

  @Test(
    "map --svd is valid by the schema of CMSIS-SVD 1.3, and its registers are where the map has them",
    .needs(.python3, .cmsisSVD, .xmllint))
  func svd() throws {
    let script = """
      import glob, os, subprocess, sys
      import cmsis_svd
      from cmsis_svd.parser import SVDParser
      device = SVDParser.for_xml_file('map.svd').get_device()
      blocks = {p.name: p.base_address for p in device.peripherals}
      assert blocks['MBX0'] == 0x40010000 and blocks['MBX2'] == 0x40030000, blocks
      schema = os.path.join(os.path.dirname(cmsis_svd.__file__), 'schemas', 'CMSIS-SVD_1_3_11.xsd')
      sys.exit(subprocess.run(['xmllint', '--noout', '--schema', schema, 'map.svd']).returncode)
      """
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    try script.write(to: place.appendingPathComponent("check.py"), atomically: true, encoding: .utf8)
    let result = try Transcript.run("mblstm map --svd --tiles 3 > map.svd && python3 check.py", in: place)
    #expect(result.status == 0, "\(result.error)")
  }

  @Test("check --junit is read by the Python package junitparser", .needs(.python3, .junitparser))
  func junit() throws {
    let script = """
      from junitparser import JUnitXml
      report = JUnitXml.fromfile('report.xml')
      assert [suite.name for suite in report] == ['random', 'inference', 'none.json'], [suite.name for suite in report]
      assert (report.failures, report.errors) == (1, 1) and report.tests == sum(suite.tests for suite in report)
      result = [case.result for case in list(report)[1]][0][0]
      assert result.message.startswith('request 2 (configure), transaction 1: expected'), result.message
      """
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    try script.write(to: place.appendingPathComponent("read.py"), atomically: true, encoding: .utf8)
    let result = try Transcript.run(
      "mblstm record digits --out a.json && sed 's/R MBX.TILES 0x00000002/R MBX.TILES 0x00000003/' a.json > b.json && "
        + "mblstm check \(Transcript.repository)/vectors/v1/random.json b.json none.json --junit report.xml; "
        + "python3 read.py", in: place)
    #expect(result.status == 0, "\(result.error)")
  }
}
