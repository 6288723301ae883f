/// An array of memristors at the crossings of word lines and bit lines.
///
/// A cell's state is its conductance in picosiemens. A read sees it in steps of `conductanceStep`, as a 15-bit code,
/// less the reference or the other cell of the pair: one 16-bit weight for each word line and column.
public struct CrossbarArray: Sendable {
  /// Lines that a forward read drives and that are programmed one at a time.
  public let wordLines: Int
  /// Cells on a word line.
  public let bitLines: Int
  /// What makes the conductances of a column signed weights.
  public let synapse: Synapse
  /// The nominal device of every cell.
  public let device: Device
  /// How far the cells, their pulses and their reads are from the nominal device.
  public let variation: Variation
  /// Which of the chip's arrays this is, for its random draws.
  public let tile: Int
  /// Where all random draws of the array come from.
  public let random: CounterRandom

  /// Picosiemens, row-major: word line by word line.
  public private(set) var conductance: [Int32]
  let spread: CellSpread

  /// The weights a read sees, column-major and row-major, padded with zeros to `lanes`.
  var columnWeights: [Int16]
  var rowWeights: [Int16]
  let paddedWordLines: Int
  let paddedColumns: Int
  static let lanes = 16

  /// Sum of the conductance codes on each line, for the energy account.
  var wordLineLoad: [Int64]
  var bitLineLoad: [Int64]
  /// Sum of the conductance codes of all cells.
  private(set) var load: Int64 = 0

  /// What a read senses forward and drives transposed: bit lines, or pairs of them.
  public let columns: Int

  /// Picosiemens in one step of a conductance code; 3815 for the default device.
  public let conductanceStep: Int64
  /// Conductance code of the fixed resistor: the middle of the device's range.
  public let referenceCode: Int64

  /// A fresh array: every cell in its high-resistance state, but for those stuck in the low one.
  /// - `bitLines`: even for a differential synapse.
  public init(
    wordLines: Int, bitLines: Int, synapse: Synapse, device: Device, variation: Variation = .none, tile: Int = 0,
    seed: UInt64 = 0
  ) {
    precondition(
      wordLines > 0 && bitLines > 0 && bitLines % synapse.bitLinesPerColumn == 0, "a whole number of columns")
    self.wordLines = wordLines
    self.bitLines = bitLines
    self.synapse = synapse
    self.device = device
    self.variation = variation
    self.tile = tile
    random = CounterRandom(seed: seed)
    let range = device.conductanceRange
    let cells = wordLines * bitLines
    spread = CellSpread(variation, range: range, cells: cells, tile: tile, random: random)
    conductance =
      spread.bounds.isEmpty ? Array(repeating: range.lowerBound, count: cells) : spread.bounds.map(\.low)
    conductanceStep = ConductanceCode.step(highest: Int64(range.upperBound))
    let middle = (Int64(range.lowerBound) + Int64(range.upperBound)) / 2
    referenceCode = (middle + conductanceStep / 2) / conductanceStep
    func pad(_ count: Int) -> Int { (count + Self.lanes - 1) / Self.lanes * Self.lanes }
    columns = bitLines / synapse.bitLinesPerColumn
    paddedWordLines = pad(wordLines)
    paddedColumns = pad(columns)
    columnWeights = Array(repeating: 0, count: columns * paddedWordLines)
    rowWeights = Array(repeating: 0, count: wordLines * paddedColumns)
    wordLineLoad = Array(repeating: 0, count: wordLines)
    bitLineLoad = Array(repeating: 0, count: bitLines)
    for row in 0..<wordLines { refreshRow(row) }
  }

  func code(_ picosiemens: Int32) -> Int64 {
    min((Int64(picosiemens) + conductanceStep / 2) / conductanceStep, ConductanceCode.largest)
  }

  /// The conductances that a cell can have, picosiemens: one for a cell that is stuck.
  public func bounds(wordLine: Int, bitLine: Int) -> ClosedRange<Int32> {
    guard !spread.bounds.isEmpty else { return device.conductanceRange }
    let bounds = spread.bounds[wordLine * bitLines + bitLine]
    return bounds.low...bounds.high
  }

  /// Sets one cell, as a device under test is placed in a known state; a stuck one stays.
  public mutating func setConductance(_ picosiemens: Int32, wordLine: Int, bitLine: Int) {
    if !spread.bounds.isEmpty, spread.bounds[wordLine * bitLines + bitLine].isStuck { return }
    update(cell: wordLine * bitLines + bitLine, to: picosiemens)
    refreshWeight(wordLine: wordLine, column: bitLine / synapse.bitLinesPerColumn)
  }

  /// Writes a cell's state and the loads of its lines, not the weight of its column.
  mutating func update(cell: Int, to picosiemens: Int32) {
    let change = code(picosiemens) - code(conductance[cell])
    conductance[cell] = picosiemens
    guard change != 0 else { return }
    load += change
    wordLineLoad[cell / bitLines] += change
    bitLineLoad[cell % bitLines] += change
  }

  mutating func refreshWeight(wordLine: Int, column: Int) {
    let cell = wordLine * bitLines + column * synapse.bitLinesPerColumn
    let negative = synapse == .reference ? referenceCode : code(conductance[cell + 1])
    let weight = Int16(code(conductance[cell]) - negative)
    columnWeights[column * paddedWordLines + wordLine] = weight
    rowWeights[wordLine * paddedColumns + column] = weight
  }

  /// Rebuilds everything derived from the conductances of a word line of a fresh array.
  private mutating func refreshRow(_ wordLine: Int) {
    for bitLine in 0..<bitLines {
      let load = code(conductance[wordLine * bitLines + bitLine])
      self.load += load
      wordLineLoad[wordLine] += load
      bitLineLoad[bitLine] += load
    }
    for column in 0..<columns { refreshWeight(wordLine: wordLine, column: column) }
  }
}
