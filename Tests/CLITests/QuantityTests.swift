import Testing

@testable import mblstm

/// Numbers and lines as people read them.
@Suite("Numbers for people")
struct QuantityTests {
  @Test("A quantity has three digits, four from 999.5 of a unit on none, and the prefix that fits what is written")
  func quantities() {
    for (value, text) in [
      (0, "0 s"), (1, "1.00 s"), (8.27e-6, "8.27 µs"), (9.994, "9.99 s"), (9.9949, "9.99 s"), (9.995, "10.0 s"),
      (99.94, "99.9 s"), (99.95, "100 s"), (999.4, "999 s"), (999.5, "1.00 ks"), (999_499, "999 ks"), (1e6, "1.00 Ms"),
      (2.5e9, "2.50 Gs"), (2.5e12, "2500 Gs"), (0.9995, "1.00 s"), (0.9994, "999 ms"), (1e-3, "1.00 ms"),
      (1e-9, "1.00 ns"), (-4.2e-12, "-4.20 ps"), (3e-15, "3.00 fs"), (4e-17, "0.04 fs"), (-12_345, "-12.3 ks"),
    ] as [(Double, String)] { #expect(quantity(value, "s") == text, "\(value)") }
  }

  @Test("Shares are percentages, decimals rounded as C does, digits in groups of three")
  func numbers() {
    #expect(percent(0.12345) == "12.35 %" && percent(1, 0) == "100 %" && percent(-0.5, 1) == "-50.0 %")
    #expect(decimal(2.675, 2) == "2.67" && decimal(0.5, 0) == "0" && decimal(1.5, 0) == "2" && decimal(3, 1) == "3.0")
    for (number, text) in [
      (0, "0"), (12, "12"), (999, "999"), (1000, "1 000"), (99_999, "99 999"), (123_456, "123 456"),
      (1_234_567, "1 234 567"), (-1, "-1"), (-123, "-123"), (-1234, "-1 234"), (-123_456, "-123 456"),
    ] { #expect(grouped(number) == text) }
    #expect(grouped(UInt64.max) == "18 446 744 073 709 551 615")
  }

  @Test("A table has its first column to the left and the others to the right, each as wide as its widest cell")
  func tables() {
    let rows = [["", "a", "long name"], ["first", "1", "2"], ["x", "1234"]]
    #expect(table(rows) == "            a  long name\n  first     1          2\n  x      1234")
    #expect(table(rows, indent: "") == "          a  long name\n" + "first     1          2\n" + "x      1234")
    #expect(table([]) == "" && table([["only"]]) == "  only")
    #expect(table([["a", "", "b"], ["c", "", "d"]], indent: "") == "a    b\nc    d")
  }

  @Test("A bar fills as much of the line as there is room for, in whole parts, and never the last column")
  func bars() {
    func line(_ done: Int, _ columns: Int, total: Int = 10, note: String = "", isUnicode: Bool = false) -> String {
      ProgressLine(what: "name", done: done, total: total, note: note).text(columns: columns, isUnicode: isUnicode)
    }
    #expect(line(3, 80) == "name ###" + "######---------------------" + " 3/10")
    #expect(line(0, 80) == "name " + String(repeating: "-", count: 30) + " 0/10")
    #expect(line(10, 80) == "name " + String(repeating: "#", count: 30) + " 10/10")
    #expect(line(12, 80) == "name " + String(repeating: "#", count: 30) + " 12/10")
    #expect(line(-1, 80) == "name " + String(repeating: "-", count: 30) + " -1/10")
    #expect(line(1, 80, note: "so far").hasSuffix(" 1/10 so far"))
    let half = String(repeating: "█", count: 15) + String(repeating: "░", count: 15)
    #expect(line(5, 80, isUnicode: true) == "name \(half) 5/10")
    // The name, a space, the bar, a space and the count: 4 + 1 + n + 1 + 4 in one column less than there are.
    for columns in 16...50 {
      let text = line(5, columns)
      let length = min(30, columns - 1 - 10)
      let rest = String(repeating: "-", count: length - length / 2)
      #expect(text == "name " + String(repeating: "#", count: length / 2) + rest + " 5/10")
    }
    for columns in 0...15 { #expect(line(5, columns) == "name 5/10".prefix(max(columns - 1, 0)), "\(columns)") }
    #expect(line(1, 30, note: "a note that is too long").count <= 29)
    let odd = ProgressLine(what: "n\u{7}ä", done: 1, total: 2, note: "")
    #expect(odd.text(columns: 80, isUnicode: false).hasPrefix("n?? #"))
    #expect(odd.text(columns: 80, isUnicode: true).hasPrefix("n?ä █"))
    #expect("aä".columns == 2 && "語x".columns == 3 && "😀".columns == 2 && "한".columns == 2 && "".columns == 0)
  }
}
