import Board
import Crossbar
import Registers

/// The steps that read and pulse cells.
extension BringUpGuide {
  var arraySteps: [BringUpStep] { [wordLines, cellUp, cellDown, row, disturb, map, transposed] }

  private func program(_ tile: Int, _ body: (inout ProgramBuilder, ArrayPlan) -> Void) -> [Action] {
    var builder = ProgramBuilder(tile: tile, of: chip)
    let plan = ArrayPlan(chip, tile: tile)
    builder.unlocked { $0.write(.feedback, ExpectedCodes.gain, UInt32(plan.codes.feedbackOhms)) }
    body(&builder, plan)
    return builder.actions
  }

  private var full: Int { chip.largestDriveCode }

  private var wordLines: BringUpStep {
    BringUpStep(
      title: "Every word line reaches every column",
      meaning:
        "A fresh array, or one after ERASE, is in its high-resistance state. One word line at a time at the largest code gives each"
        + " column the current of its lowest conductance less the reference (nothing, in a pair); the opposite code the"
        + " opposite; no code nothing.",
      remedy: "A word line that gives nothing anywhere: its driver or the line is open. A column: its amplifier. All"
        + " columns alike too large or small: FEEDBACK, READ_VOLTAGE.",
      program: { tile in
        program(tile) { builder, plan in
          builder.read(0, 0)
          builder.sense(0..<builder.columns, plan.codes.nothing, "nothing driven")
          for line in 0..<builder.size.wordLines {
            builder.read(line, full)
            builder.sense(0..<builder.columns, plan.column(0, .bottom, .bottom), "each word line alone")
          }
          builder.read(0, -full)
          builder.sense(0..<builder.columns, plan.column(0, .bottom, .bottom, sign: -1), "the opposite code")
        }
      })
  }

  private var cellUp: BringUpStep {
    BringUpStep(
      title: "One cell up",
      meaning:
        "A SET pulse on one bit line takes that cell of word line 0 to three quarters of its range, as the model of"
        + " its device says; its neighbours on the word line, at half of the amplitude, stay. PULSE is spent.",
      remedy:
        "No movement: AMPLITUDE.SET_MV does not reach the cells, or the part was not formed. Another column moved:"
        + " bit lines are swapped between pulse drivers and amplifiers. Several: half-select is not half.",
      program: { tile in
        program(tile) { builder, plan in
          builder.read(0, full)
          builder.keep(0..<builder.columns)
          builder.unlocked {
            $0.pulse(plan.bitLine, plan.up)
            $0.perform(.programRow)
          }
          builder.expect(.pulse, plan.bitLine, Band(0), "PULSE is spent")
          builder.read(0, full)
          for column in 0..<builder.columns where column == plan.pulsedColumn {
            builder.sense(column, plan.column(plan.bitLine, .up, .bottom), "the pulsed cell")
          }
          stay(&builder, plan)
        }
      })
  }

  private func stay(_ builder: inout ProgramBuilder, _ plan: ArrayPlan) {
    for column in 0..<builder.columns where column != plan.pulsedColumn {
      builder.compare(builder.sense(column), column, plan.stay(pulses: 1), "change of the other columns")
    }
  }

  private var cellDown: BringUpStep {
    BringUpStep(
      title: "The same cell down",
      meaning: "A RESET pulse takes the cell of step 13 to a quarter of its range and leaves its neighbours.",
      remedy: "No movement: AMPLITUDE.RESET_MV does not reach the cells, or phase N is missing. Up instead of down: the"
        + " drivers' polarity.",
      program: { tile in
        program(tile) { builder, plan in
          builder.read(0, full)
          builder.keep(0..<builder.columns)
          builder.unlocked {
            $0.pulse(plan.bitLine, plan.down)
            $0.perform(.programRow)
          }
          builder.read(0, full)
          builder.sense(plan.pulsedColumn, plan.column(plan.bitLine, .down, .bottom), "the pulsed cell")
          stay(&builder, plan)
        }
      })
  }

  private var row: BringUpStep {
    BringUpStep(
      title: "A row at once",
      meaning: "Widths that rise from bit line to bit line, then SET on the even and RESET on the odd ones in one"
        + " PROGRAM_ROW: every cell comes where its own widths bring it, whatever its neighbours get; two operations are"
        + " three phases.",
      remedy:
        "Cells in the wrong order: lines of PULSE are swapped. All cells alike: widths are not per bit line. The odd"
        + " ones stayed: phase N. A count of two: a phase is missing.",
      program: { tile in
        program(tile) { builder, plan in
          let row = plan.row
          builder.write(.snapshot, 0)
          builder.keep(.word(Place(.phases, tile: tile)), builder.columns)
          builder.unlocked {
            for bitLine in 0..<$0.size.bitLines { $0.pulse(bitLine, plan.ramp(bitLine)) }
            $0.perform(.programRow, row: row)
          }
          builder.read(row, full)
          for column in 0..<builder.columns {
            builder.sense(column, plan.column(ramped: column, again: false), "cells of the ramp")
          }
          builder.unlocked {
            for bitLine in 0..<$0.size.bitLines { $0.pulse(bitLine, plan.again(bitLine)) }
            $0.perform(.programRow, row: row)
          }
          builder.read(row, full)
          for column in 0..<builder.columns {
            builder.sense(column, plan.column(ramped: column, again: true), "after SET and RESET at once")
          }
          builder.write(.snapshot, 0)
          let phases: Int64 = builder.size.bitLines > 1 ? 3 : 2
          builder.compare(.word(Place(.phases, tile: tile)), builder.columns, Band(phases), "phases")
        }
      })
  }

  private var disturb: BringUpStep {
    BringUpStep(
      title: "Half-selected cells stay",
      meaning:
        "\(ArrayPlan.disturbingPulses) SET pulses on the even bit lines of a word line leave the cells of the next"
        + " word line, which get half of the amplitude, where they are.",
      remedy:
        "Cells that moved up: half of AMPLITUDE is beyond their threshold, or the word lines beside the selected one"
        + " are not held at 0 V.",
      program: { tile in
        program(tile) { builder, plan in
          guard let neighbour = plan.neighbour else { return }
          builder.read(neighbour, full)
          builder.keep(0..<builder.columns)
          builder.unlocked { builder in
            for _ in 0..<ArrayPlan.disturbingPulses {
              for bitLine in stride(from: 0, to: builder.size.bitLines, by: 2) { builder.pulse(bitLine, plan.up) }
              builder.perform(.programRow, row: plan.row)
            }
          }
          builder.read(neighbour, full)
          for column in 0..<builder.columns {
            builder.compare(
              builder.sense(column), column, plan.stay(pulses: ArrayPlan.disturbingPulses),
              "change of the next word line")
          }
        }
      })
  }

  private var map: BringUpStep {
    BringUpStep(
      title: "The map of the array",
      meaning: "Erased, every cell is low; after a checkerboard of SET pulses the cells of one colour are high and the"
        + " others low. Each cell was then seen in both states, at its own address.",
      remedy: "A single cell: it is stuck, low or high; note it. A line of them: the line. A colour in the wrong place:"
        + " word lines are swapped between programming and reading.",
      program: { tile in
        program(tile) { builder, plan in
          builder.unlocked { $0.perform(.erase) }
          for line in 0..<builder.size.wordLines {
            builder.read(line, full)
            for column in 0..<builder.columns {
              builder.sense(column, plan.column(plan.first(column), .erased, .erased), "erased cells")
            }
          }
          builder.unlocked { builder in
            for line in 0..<builder.size.wordLines {
              for bitLine in stride(from: line % 2, to: builder.size.bitLines, by: 2) {
                builder.pulse(bitLine, plan.up)
              }
              builder.perform(.programRow, row: line)
            }
          }
          for line in 0..<builder.size.wordLines {
            builder.read(line, full)
            for column in 0..<builder.columns {
              let isHigh = (plan.first(column) + line) % 2 == 0
              builder.sense(
                column, plan.column(plan.first(column), isHigh ? .high : .erased, isHigh ? .erased : .high),
                isHigh ? "cells that were SET" : "cells that were not")
            }
          }
        }
      })
  }

  private var transposed: BringUpStep {
    BringUpStep(
      title: "READ_T sees the same array",
      meaning:
        "What word line by word line a READ finds in a column, one READ_T that drives the column finds in all word"
        + " lines: the checkerboard of step 17, up to what two converters may differ by.",
      remedy:
        "Mirrored or shifted: the order of lines in one of the two directions. Of the other sign: the reference of"
        + " the transposed amplifiers.",
      program: { tile in
        program(tile) { builder, plan in
          for column in 0..<min(2, builder.columns) {
            for line in 0..<builder.size.wordLines {
              builder.read(line, full)
              builder.keep(builder.sense(column), line)
            }
            builder.read(column, full, transposed: true)
            for line in 0..<builder.size.wordLines {
              builder.compare(builder.sense(line), line, plan.codes.same, "READ_T less READ")
            }
          }
        }
      })
  }
}
