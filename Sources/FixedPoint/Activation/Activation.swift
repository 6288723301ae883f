/// A matched pair of activation circuits, as an LSTM cell uses them.
///
/// In every pair the tanh circuit is the sigmoid circuit stretched: `tanh(z) = 2·sigmoid(2z) − 1`. All constants are
/// the exact real numbers given in each file, rounded to nearest in the format of their register. A segment begins *at*
/// its breakpoint; so that the circuits are odd there too, a knee at −k is the breakpoint −k + 1.
public struct Activation: Sendable, Equatable {
  public let sigmoid: PiecewiseLinear
  public let tanh: PiecewiseLinear
}
