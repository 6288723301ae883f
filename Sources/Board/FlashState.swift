import Registers

extension MachineSnapshot {
  /// What the flash is beyond its registers.
  public struct FlashState: Sendable, Equatable {
    /// A page that is not as new.
    public struct NumberedPage: Sendable, Equatable {
      /// Below `FlashRegister.pages`.
      public var number: Int
      /// What it holds.
      public var page: Flash.Page

      /// A page by its number.
      public init(number: Int, page: Flash.Page) {
        self.number = number
        self.page = page
      }
    }

    /// By rising number.
    public var pages: [NumberedPage]
    /// The word of `START` under way, 0 for none.
    public var startWord: UInt32
    /// The cycle at which it ends; 0 for none.
    public var endCycle: UInt64

    /// A flash with these pages and all others as new; idle if no operation is given.
    public init(pages: [NumberedPage] = [], startWord: UInt32 = 0, endCycle: UInt64 = 0) {
      self.pages = pages
      self.startWord = startWord
      self.endCycle = endCycle
    }
  }
}

extension Flash {
  var state: MachineSnapshot.FlashState {
    MachineSnapshot.FlashState(
      pages: pages.enumerated().filter { $0.element != Page() }.map { .init(number: $0.offset, page: $0.element) },
      startWord: underWay?.word ?? 0, endCycle: isBusy ? endCycle : 0)
  }

  /// Takes a state over; the registers are already those of the snapshot.
  mutating func restore(_ state: MachineSnapshot.FlashState, cycle: UInt64) throws(SnapshotProblem) {
    var next = 0
    for numbered in state.pages {
      guard (next..<pages.count).contains(numbered.number), numbered.page.words.count == FlashRegister.pageWords else {
        throw SnapshotProblem(
          "page \(numbered.number) of the flash is none, or has not \(FlashRegister.pageWords) words")
      }
      pages[numbered.number] = numbered.page
      next = numbered.number + 1
    }
    let isBusy = FlashRegister.Status.busy.decode(registers[.status]) == 1
    guard isBusy == (state.startWord != 0), registers[.wait] == registers[.status] else {
      throw SnapshotProblem("the flash is busy without an operation, or the reverse")
    }
    guard isBusy else { return }
    guard let command = FlashCommand(state.startWord), command.word == state.startWord, command.page < pages.count
    else {
      throw SnapshotProblem("the flash is in an operation that it could not have started")
    }
    let length = duration(of: command)
    guard state.endCycle >= length, state.endCycle - length <= cycle, cycle <= state.endCycle else {
      throw SnapshotProblem(
        "the flash ends its operation of \(length) cycles at \(state.endCycle), which does not hold cycle \(cycle)")
    }
    underWay = command
    endCycle = state.endCycle
  }
}
