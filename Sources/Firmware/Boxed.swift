/// A large value behind one pointer, with the semantics of a value: it moves as a word, and a copy is made when one of two
/// owners changes it.
struct Boxed<Value: Sendable>: Sendable {
  /// One: an array is the storage that the language copies on write.
  private(set) var contents: [Value]

  init(_ value: Value) { contents = [value] }

  var value: Value { contents[0] }

  /// Lets `body` change the value in its place.
  mutating func change<Answer, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    try body(&contents[0])
  }
}
