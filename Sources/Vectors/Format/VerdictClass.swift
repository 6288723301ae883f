import Files
import Trace

/// What a case asks of an implementation.
public enum VerdictClass: String, Sendable, CaseIterable {
  /// To carry out all of it.
  case valid
  /// To refuse an access or a request in it, and to change nothing else by that.
  case mustRefuse = "must-refuse"
  /// To answer in one of several ways: `free` says which.
  case implementationDefined = "implementation-defined"
}

extension VectorCase.Body {
  /// The class that follows from what the case says itself; nil where a run has to show it.
  private var told: VerdictClass? {
    switch self {
    case .value: .valid
    case .bus(let vector): vector.isFree ? .implementationDefined : nil
    case .firmware(let vector):
      vector.isFree ? .implementationDefined : vector.refuses ? .mustRefuse : .valid
    }
  }

  /// - Throws: for a class that is not that of the case.
  func check(_ verdict: VerdictClass, at node: Node) throws(InputError) {
    if let told, told != verdict {
      throw node.error("expected '\(told.rawValue)', which the case is, found '\(verdict.rawValue)'")
    }
    if told == nil, verdict == .implementationDefined {
      throw node.error(
        "expected '\(VerdictClass.valid.rawValue)' or '\(VerdictClass.mustRefuse.rawValue)': nothing is free")
    }
  }
}

extension MemoryLog {
  /// How many accesses were refused: an error right behind one is its own, that of an operation comes behind the
  /// operation's end.
  var refusals: Int {
    zip(entries, entries.dropFirst()).count { before, entry in
      guard case .access = before.body, case .event(let event) = entry.body else { return false }
      switch event {
      case .tileError, .chipError, .flash(.error), .cellError: return true
      case .started, .finished, .aborted, .supply, .settled, .brownOut, .powerOff, .flash: return false
      }
    }
  }
}
