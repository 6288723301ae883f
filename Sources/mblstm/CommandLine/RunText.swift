import Board
import Crossbar
import Firmware
import Registers
import Tasks

/// The report of a classification run, for people.
enum RunText {
  static func text(_ outcome: RunOutcome, _ chip: ChipConfiguration, computing: FigureScope.Computing) -> String {
    let report = outcome.report
    let parts =
      [head(report, chip), start(outcome)] + [report.scrubbing.map(scrubbing)].compactMap(\.self)
      + [
        ready(report, chip), accuracy(report), confusion(report), cost(report, chip),
      ] + [report.system.map(SystemText.text)].compactMap(\.self) + [
        FigureScope.lines(of: chip, computing: computing).joined(separator: "\n")
      ]
    return parts.joined(separator: "\n\n")
  }

  private static let layers = ["LSTM", "dense"]

  private static func head(_ report: ClassificationReport, _ chip: ChipConfiguration) -> String {
    let tiles = zip(Side.allCases.flatMap { _ in layers }, chip.tiles).map {
      "\($0) \($1.wordLines) × \($1.bitLines)"
    }
    return """
      \(report.task): LSTM network \(report.network), activation circuits '\(report.activation)'
      tiles (word lines × bit lines): \(tiles.joined(separator: ", ")); synapse \(chip.synapse.rawValue), \
      device \(chip.device.name)
      \(ChipText.converters(chip))
      """
  }

  private static func start(_ outcome: RunOutcome) -> String {
    let report = outcome.report
    if let record = outcome.record {
      return "started from commissioning record \(record.sequence) in the chip's flash"
        + (record.side == .first ? "" : ", network on tiles \(tiles(of: record.side))")
    }
    if let update = report.update { return text(update) }
    guard !report.programming.isEmpty else { return "weights as the chip holds them" }
    let rows = zip(layers, report.programming).map { layer, part in
      [
        layer, percent(part.worstError), "\(part.missedCells)", grouped(part.rounds), grouped(part.pulses),
        quantity(seconds(part.rowParallelCycles), "s"), quantity(seconds(part.cellSerialCycles), "s"),
        quantity(part.energyJoules, "J"),
      ]
    }
    let names = ["", "worst error", "missed", "rounds", "pulses", "row-parallel", "cell-serial", "energy"]
    return "programming by write-verify\n" + table([names] + rows)
  }

  private static func tiles(of side: Side) -> String {
    Layer.allCases.map { "\(side.tile($0))" }.joined(separator: " and ")
  }

  private static func text(_ update: UpdateReport) -> String {
    """
    second network on tiles \(tiles(of: .second)) by \(update.requests) requests, between which the first one classified \
    \(update.sequences) sequences, \(update.correct) right; it took over at cycle \(grouped(Int(update.cycle)))
    """
  }

  private static func ready(_ report: ClassificationReport, _ chip: ChipConfiguration) -> String {
    let time = report.timeUntilReady
    let parts = TimeText.parts(time, on: chip.features) { quantity(TimeParts.seconds($0), "s") }
    return "ready \(quantity(time.totalSeconds, "s")) after power-up: \(parts)"
  }

  private static func scrubbing(_ reports: [ScrubbingReport]) -> String {
    let rows = zip(layers, reports).map { layer, part in
      [
        layer, "\(part.columnsOff)", "\(part.cells)", "\(part.columnsLeft)", grouped(part.rounds), grouped(part.reads),
      ]
    }
    let names = ["", "columns off", "cells written back", "columns left", "rounds", "reads"]
    let left = reports.reduce(0) { $0 + $1.columnsLeft }
    let remedy = "\ncolumns in which more than one cell has changed want their weights anew: --load, --reprogram"
    return "scrubbing by the record's column sums\n" + table([names] + rows) + (left == 0 ? "" : remedy)
  }

  private static func seconds(_ cycles: UInt64) -> Double {
    Double(cycles) * Double(Timing.nanosecondsPerCycle) * 1e-9
  }

  private static func accuracy(_ report: ClassificationReport) -> String {
    "accuracy over \(grouped(report.sequences)) sequences\n"
      + table([
        ["on the chip", percent(report.accuracyOnChip), "\(grouped(report.correctOnChip)) right"],
        ["in floating point", percent(report.accuracyInFloat), "\(grouped(report.correctInFloat)) right"],
      ]) + "\n"
      + PairedText.line(
        ("the chip", report.correctOnChipAlone), ("floating point", report.correctInFloatAlone),
        p: report.mcnemarExactP)
  }

  private static func confusion(_ report: ClassificationReport) -> String {
    let classes = report.confusion.indices
    let head = ["label"] + classes.map { "\($0)" }
    let rows = classes.map { label in
      ["\(label)"] + report.confusion[label].map { $0 == 0 ? "·" : "\($0)" }
    }
    return "confusion on the chip (rows: label, columns: answer)\n" + table([head] + rows)
  }

  private static func cost(_ report: ClassificationReport, _ chip: ChipConfiguration) -> String {
    """
    one inference: \(decimal(report.cyclesPerInference, 1)) cycles, \(quantity(report.latencySeconds, "s")) at \(quantity(Double(Electrical.clockHertz), "Hz")), \
    \(quantity(report.energyPerInferenceJoules, "J")) in the arrays
      cycles of \(TimeText.parts(report.time, on: chip.features) { decimal($0, 1) })
    """
  }

  /// Sequences and synapse operations (one weight times one signal) a second of the emulator itself.
  static func speed(_ report: ClassificationReport, _ run: ClassificationRun, seconds: Double) -> String {
    let shape = run.model.shape
    let steps = run.test.sequences.reduce(0) { $0 + $1.steps }
    let operations = steps * shape.lstm.cells + report.sequences * shape.dense.cells
    return "\(grouped(Int(Double(report.sequences) / seconds))) sequences/s, "
      + quantity(Double(operations) / seconds, "synapse operations/s")
  }
}
