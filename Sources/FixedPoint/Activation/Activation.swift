/// A matched pair of activation circuits, as an LSTM cell uses them.
///
/// In every pair the tanh circuit is the sigmoid circuit stretched: `tanh(z) = 2·sigmoid(2z) − 1`. All constants are
/// the exact real numbers given in each file, rounded to nearest in the format of their register. A segment begins *at*
/// its breakpoint; so that the circuits are odd there too, a knee at −k is the breakpoint −k + 1.
public struct Activation: Sendable, Equatable {
  /// Behind the gates i, f and o.
  public let sigmoid: PiecewiseLinear
  /// Behind the gate g, and for the cell state.
  public let tanh: PiecewiseLinear
}

/// The table of the circuits that ship, by the names that commands and files use. A new one is its own file and a line in
/// each property here.
public enum ActivationKind: String, Sendable, CaseIterable {
  /// `Activation.hard`: one saturating amplifier each.
  case hard
  /// `Activation.fiveSegment`: five segments with the rails.
  case pwl5
  /// `Activation.plan`: slopes that are powers of two (Amin, Curtis, Hayes-Gill 1997).
  case plan
  /// `Activation.equalRipple`: fifteen segments in a bank of 16, minimax.
  case pwl16

  /// The pair itself.
  public var circuits: Activation {
    switch self {
    case .hard: .hard
    case .pwl5: .fiveSegment
    case .plan: .plan
    case .pwl16: .equalRipple
    }
  }

  /// Where its constants come from; as they are rounded, they are what the registers hold.
  public var source: StaticString {
    switch self {
    case .hard: "the true slopes at zero, and rails"
    case .pwl5: "slope 1 to |z| = 0.56, then 0.35, chosen by hand"
    case .plan: "PLAN: Amin, Curtis, Hayes-Gill 1997"
    case .pwl16: "minimax of fifteen segments, computed"
    }
  }

  /// Its largest error on |z| ≤ 8.
  public var largestError: StaticString {
    switch self {
    case .hard: "sigmoid 0.1192, tanh 0.2384"
    case .pwl5: "sigmoid 0.026, tanh 0.052"
    case .plan: "sigmoid 0.0189, tanh 0.0379"
    case .pwl16: "sigmoid 0.0014, tanh 0.0027"
    }
  }

  /// What golden vectors call the pair.
  public var vectorName: String {
    switch self {
    case .hard: "hard"
    case .pwl5: "fiveSegment"
    case .plan: "plan"
    case .pwl16: "equalRipple"
    }
  }
}
