import Board
import Firmware
import FixedPoint
import Registers

/// The steps that look at converters and circuits before any cell is read.
extension BringUpGuide {
  var converterSteps: [BringUpStep] { [zero, reference, trim, scalars] }

  private func program(_ tile: Int, _ body: (inout ProgramBuilder, ExpectedCodes) -> Void) -> [Action] {
    var builder = ProgramBuilder(tile: tile, of: chip)
    body(&builder, ExpectedCodes(chip, tile: tile))
    return builder.actions
  }

  private var zero: BringUpStep {
    BringUpStep(
      title: "ZERO: every converter's offset",
      meaning: "With 0 V at its input each converter answers 0, within \(spread) of the offset that adc-offset allows.",
      remedy: "One line: its converter. All lines: the common-mode or reference voltage of the converters.",
      program: { tile in
        program(tile) { builder, codes in
          builder.perform(.zero)
          builder.sense(0..<builder.lines, codes.converter(0), "code of 0 V")
        }
      })
  }

  private var reference: BringUpStep {
    BringUpStep(
      title: "REFERENCE: every converter's gain",
      meaning: "With \(Self.millivolts(AnalogScale.referenceMicrovolts)) mV at its input each converter answers that"
        + " voltage over its LSB, within \(spread) of the gain error that adc-gain allows.",
      remedy: "All lines by one factor: the reference voltage. One line: its converter; step 19 trims what is left.",
      program: { tile in
        program(tile) { builder, codes in
          builder.perform(.reference)
          builder.sense(0..<builder.lines, codes.converter(AnalogScale.reference), "code of the reference")
        }
      })
  }

  private var trim: BringUpStep {
    BringUpStep(
      title: "TRIM corrects offset and gain",
      meaning: "An offset of eight codes is taken off a conversion of 0 V; a gain of a half halves the reference.",
      remedy: "A line that does not follow: its element of TRIM, or the corrector behind its converter.",
      program: { tile in
        program(tile) { builder, codes in
          let offset = 8 << (16 - chip.adcBits)
          let half = TileRegister.Trim.unitGain / 2
          setTrim(of: &builder, TileRegister.Trim.offset.encode(Int32(offset)) | TileRegister.Trim.unit)
          builder.perform(.zero)
          builder.sense(
            0..<builder.lines, codes.converter(0, trimmed: offset, isTrimmed: true), "0 V less eight codes")
          setTrim(of: &builder, TileRegister.Trim.gain.encode(half))
          builder.perform(.reference)
          builder.sense(
            0..<builder.lines, codes.converter(AnalogScale.reference, gain: 0.5, isTrimmed: true), "half the reference")
          setTrim(of: &builder, TileRegister.Trim.unit)
        }
      })
  }

  private func setTrim(of builder: inout ProgramBuilder, _ word: UInt32) {
    builder.unlocked { for line in 0..<$0.lines { $0.write(.trim, line, word) } }
  }

  /// Q3.12: beyond either rail, on the slope, at zero.
  private static let inputs: [(Double, Double)] = [(-4, 4), (-0.75, 0.75), (-0.25, 0.25), (0, 1.5)]

  private var scalars: BringUpStep {
    BringUpStep(
      title: "The activation circuits, by their scalar port",
      meaning: "The circuits that a chip has after reset answer exactly what their line and rails make of an input:"
        + " value Q0.15, slope Q1.14 and 0 at a rail.",
      remedy:
        "Wrong everywhere: the circuit's bank (tanh answers as sigmoid where they are swapped). At the rails alone:"
        + " the clamp. In one lane alone: the port's half-words.",
      program: { tile in
        program(tile) { builder, _ in
          let banks: [(ChipRegister, PiecewiseLinear)] = [
            (.scalarSigmoid, Activation.hard.sigmoid), (.scalarTanh, Activation.hard.tanh),
          ]
          for (port, circuit) in banks {
            for (even, odd) in Self.inputs {
              let inputs = (Q3_12(raw: Int16(even * 4096)), Q3_12(raw: Int16(odd * 4096)))
              let answers = (circuit(inputs.0), circuit(inputs.1))
              builder.write(chip: port, Lanes.pack(inputs.0.raw, inputs.1.raw))
              let name = "\(port.register.name)"
              builder.expect(
                chip: .scalarValue, Band(Lanes.pack(answers.0.value.raw, answers.1.value.raw)), "\(name): values")
              builder.expect(
                chip: .scalarSlope, Band(Lanes.pack(answers.0.slope.raw, answers.1.slope.raw)), "\(name): slopes")
            }
          }
        }
      }, isOfEachTile: false)
  }

  private var spread: String { "\(Int(ExpectedCodes.deviations)) standard deviations" }
  private static func millivolts(_ microvolts: Int) -> String { decimal(Double(microvolts) / 1000, 1) }
}
