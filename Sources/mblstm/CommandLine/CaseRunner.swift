import Files
import RV32
import Tasks

/// The program that `firmware/build.sh` makes of `firmware/CaseRunner`, to put cases behind.
struct CaseRunner {
  private let program: Program
  /// Where it expects a case.
  private let place: UInt32

  /// Bytes of a file, at most.
  static let mostBytes = 64 << 10

  /// - Throws: when it is nowhere, or is another program.
  init() throws(InputError) {
    let path = try Program.builtPath("caserunner")
    program = try Program(path: path)
    guard let symbol = program.image.symbols["__heap_start"] else {
      throw InputError(path, "has no symbol __heap_start, expected firmware/CaseRunner as firmware/build.sh makes it")
    }
    place = symbol.address
  }

  /// An executable with the runner and a case; nil where it would be too large.
  func elf(before content: [UInt8]) throws(InputError) -> [UInt8]? {
    let image: Image
    do throws(ImageError) {
      let behind = Image.Segment(address: place, bytes: content)
      image = try Image(segments: program.image.segments + [behind], entry: program.image.entry)
    } catch {
      throw InputError(program.path, "\(error)")
    }
    let elf = image.elf
    return elf.count <= Self.mostBytes ? elf : nil
  }

  static let manual = """
    Cases of the golden vectors as programs that check themselves, written by 'mblstm export elf'.

    Each is an ELF32 executable for RV32IMAC in machine mode, for RAM of 256 KiB at 0x80000000, with the registers of the chip,
    a 16550 at 0x10000000 and the test finisher at 0x00100000 where 'mblstm map' has them. It needs no host. It prints a line

        mvm 17 of set 1.0: passed, 34 reads compared
        mvm 17 of set 1.0: failed at access 7, read 0x40012000: expected 0x00000004, got 0x00000005
        mvm 17 of set 1.0: not run, the chip is another: read 0x40010000: expected 0x00020002, got 0x00040019
        mvm 17 of set 1.0: digital reads as expected, 3 of 34 reads differ where the die shows, first at access 5, read …

    and ends with status 0, 1, 2 or 4. An access that the bus answers with a fault reads 0, as the specification says.

    On silicon every die has converters and cells of its own, where a case has the chip of its line, most often an ideal one:
    status 1 is a mistake of the digital side on any die, status 4 only says that codes of converters, SATURATED or the
    energy are others. Judge those by the ranges of your data sheet.

    index.csv has a line a case:

    start     reset: the program resets the chip and erases its cells first, so that it may be run again and again;
              power-up: the chip has to be fresh from power-up, since random draws go on through resets, or ERASE does not
              bring all its cells back; backdoor: cells have to be in the state that the case gives, which is in 'cells'
              for 'mblstm exec --load', and in the file of the vectors for others
    chip      what the chip is made with; a program tells another chip by its sizes, converters, range and times, not by its
              die, its noise or its mismatch
    reads     how many reads are compared, those of the state included
    die       how many of them have bits that depend on the die
    state     yes: when the script is done counters are compared, and cells through the codes that their rows convert to (in
              steps of the converter, at the largest resolution); cells of arrays with many lines are not
    flags     kinds of mistakes that the case is for: the file of the vectors explains them
    obstacle  why there is no program: 'answers that depend on cycles' are those of a master that makes an access a cycle

    Accesses that follow a START are made back to back, a load or a store each, so that they meet the operation under way. The
    answers were seen to be the same whatever time a hart takes between accesses: 0, 1 and 2 cycles in a row, 0 to 50 000
    between rows. Cycles and events of a case are not compared, nor what a script leaves in cells that are not read.

    On this product: mblstm exec mvm-2.elf --ram 256 --chip chip-1.json     (start reset or power-up)
                     mblstm exec mvm-17.elf --ram 256 --load mvm-17.mbx     (start backdoor)

    """
}
