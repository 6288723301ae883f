import Tasks

/// Prints what the model stands on.
enum FidelityVerb: Verb {
  static let name = "fidelity"
  static let summary = "Tell what of the model is exact, measured, computed or assumed, and what is not modelled."
  static let usage = "fidelity [--json]"
  static let discussion = """
    Every modelled effect and every constant with what it stands on, gathered from where they stand in the sources: effects,
    properties of a chip, published devices, activation circuits, the controller's cycles, and for each technology that
    --technology takes the constants of energy and area, low, nominal and high. At the end what is not modelled, by name.
    Without --json it is Markdown.

    example: mblstm fidelity > fidelity.md
    """
  static let options = [Option.json]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let ledger = FidelityLedger()
    if arguments.has("--json") { Console.print(ledger.json) } else { Console.print(FidelityText.text(ledger)) }
    return .success
  }
}
