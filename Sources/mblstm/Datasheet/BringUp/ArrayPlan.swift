import Board
import Crossbar
import Registers

/// Which cells of a tile the guide pulses, by how much, and where they are after it.
struct ArrayPlan: Sendable {
  let codes: ExpectedCodes
  private let cell: CellModel
  private let size: TileConfiguration
  private let bitLinesPerColumn: Int
  /// Pulse widths, signed steps: from the bottom to three quarters of the range, and from there to one quarter.
  let up: Int32
  let down: Int32
  /// The bit line of one cell.
  let bitLine: Int
  /// The word line that is programmed whole.
  let row: Int
  private let eraseSteps: Int32

  static let disturbingPulses = 10

  init(_ chip: ChipConfiguration, tile: Int) {
    codes = ExpectedCodes(chip, tile: tile)
    cell = CellModel(chip)
    size = chip.tiles[tile]
    bitLinesPerColumn = chip.synapse.bitLinesPerColumn
    up = min(cell.width(from: cell.range.lowerBound, to: 0.75), Int32(chip.longestPulse))
    down = max(
      cell.width(from: cell.conductance(cell.range.lowerBound, after: up), to: 0.25), -Int32(chip.longestPulse))
    // Even: the first of a pair.
    bitLine = min(2, size.bitLines - 1) & ~1
    row = min(2, size.wordLines - 1)
    eraseSteps = Int32(chip.reset(of: .eraseWidth))
  }

  var pulsedColumn: Int { bitLine / bitLinesPerColumn }
  /// The word line beside the one that is programmed, if there is one that no step has pulsed.
  var neighbour: Int? { row + 1 < size.wordLines ? row + 1 : nil }
  /// The first bit line of a column.
  func first(_ column: Int) -> Int { column * bitLinesPerColumn }

  /// Whether the amplitude and the longest pulse move a cell at all.
  var movesCells: Bool { highest > lowest }

  // MARK: Conductances

  /// Where the steps leave a cell.
  enum State { case bottom, up, down, erased, high }

  private var lowest: Int32 { cell.range.lowerBound }
  private var highest: Int32 { cell.conductance(lowest, after: up) }

  private func places(_ state: State) -> ClosedRange<Int32> {
    switch state {
    case .bottom: return lowest...lowest
    case .up: return cell.places(highest, from: lowest...lowest)
    case .down:
      let before = cell.places(highest, from: lowest...lowest)
      let nominal = cell.conductance(highest, after: down)
      return before.lowerBound == before.upperBound ? nominal...nominal : cell.range.lowerBound...before.upperBound
    case .erased:
      // From wherever the steps before have brought the cell.
      let top = cell.conductance(cell.range.upperBound, after: -eraseSteps)
      return cell.places(lowest, from: lowest...lowest)
        .lowerBound...max(top, cell.places(lowest, from: lowest...lowest).upperBound)
    case .high:
      let erased = places(.erased)
      let (least, most) = (
        cell.conductance(erased.lowerBound, after: up), cell.conductance(erased.upperBound, after: up)
      )
      let drift = cell.disturb(steps: Int32(clamping: Int(up) * size.wordLines), .set)
      return cell.places(least, from: erased)
        .lowerBound...min(max(cell.places(most, from: erased).upperBound, most + drift), cell.range.upperBound)
    }
  }

  /// Widths of the ramp: from an eighth of the way up to all of it.
  func ramp(_ bitLine: Int) -> Int32 {
    max(1, Int32((Int64(up) * Int64(bitLine + size.bitLines / 8 + 1)) / Int64(size.bitLines + size.bitLines / 8)))
  }
  /// The second time: SET where even, RESET where odd.
  func again(_ bitLine: Int) -> Int32 { bitLine % 2 == 0 ? max(1, up / 8) : min(-1, down / 2) }

  private func ramped(_ bitLine: Int, again isAgain: Bool) -> ClosedRange<Int32> {
    let nominal = cell.conductance(lowest, after: ramp(bitLine))
    let first = cell.places(nominal, from: lowest...lowest)
    guard isAgain else { return first }
    let second = cell.conductance(nominal, after: again(bitLine))
    // Pulses that differ from cell to cell leave it anywhere above where it began, or below where it was.
    return first.lowerBound == first.upperBound
      ? second...second
      : again(bitLine) > 0 ? first : cell.range.lowerBound...first.upperBound
  }

  // MARK: Codes

  /// The column of a bit line in a state, whose partner in a pair is in another.
  func column(_ bitLine: Int, _ state: State, _ partner: State, sign: Int = 1) -> Band {
    codes.column(
      places(state), partner: bitLinesPerColumn == 2 ? places(partner) : nil, sign: sign)
  }

  func column(ramped column: Int, again: Bool) -> Band {
    let first = first(column)
    return codes.column(
      ramped(first, again: again), partner: bitLinesPerColumn == 2 ? ramped(first + 1, again: again) : nil)
  }

  /// How much a reading may change of cells that get half of the amplitude.
  func stay(pulses: Int) -> Band {
    let drift = cell.disturb(steps: Int32(clamping: Int(up) * pulses), .set)
    guard drift > 0 else { return codes.sameConverter }
    let moved = codes.column(cell.range.lowerBound...cell.range.lowerBound + drift)
    return Band(codes.sameConverter.low - (moved.high - moved.low), codes.sameConverter.high + (moved.high - moved.low))
  }
}
