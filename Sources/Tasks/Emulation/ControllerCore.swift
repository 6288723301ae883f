/// What the controller runs on, as `--core` takes it.
package enum ControllerCore: String, Sendable, CaseIterable {
  /// Native code beside the machine.
  case native
  /// The firmware's binary on the RV32 core.
  case rv32
}
