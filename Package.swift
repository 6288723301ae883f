// swift-tools-version: 6.2
import PackageDescription

// A warning is an error in CI only: a client with a later compiler must not fail for it.
let warnings: [SwiftSetting] =
  Context.environment["MBLSTM_WARNINGS_ARE_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)]
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .enableUpcomingFeature("MemberImportVisibility")] + warnings

/// The floors that a client can build on.
let library = [
  "Files", "FixedPoint", "Registers", "Firmware", "Crossbar", "RV32", "Trace", "Board", "Vectors", "Tasks",
]

// Floors, bottom-up: a module imports only lower ones.
let package = Package(
  name: "MbLSTM",
  products: library.map { .library(name: $0, targets: [$0]) } + [.executable(name: "mblstm", targets: ["mblstm"])],
  targets: [
    // Floor 0. FixedPoint and Registers also compile for riscv32 and armv7em.
    .target(name: "Files", swiftSettings: strict),
    .target(name: "FixedPoint", swiftSettings: strict),
    .target(name: "Registers", swiftSettings: strict),
    // Floor 1. Firmware also compiles for riscv32 and armv7em.
    .target(name: "Firmware", dependencies: ["FixedPoint", "Registers"], swiftSettings: strict),
    .target(name: "RV32", swiftSettings: strict),
    .target(name: "Crossbar", dependencies: ["Files", "Registers"], swiftSettings: strict),
    .target(name: "Trace", dependencies: ["Files", "Registers"], swiftSettings: strict),
    // Floor 2.
    .target(
      name: "Board", dependencies: ["Files", "FixedPoint", "Registers", "Crossbar", "RV32", "Trace"],
      swiftSettings: strict),
    // The C library: on Board, and what no other floor imports. .ci/library links it.
    .target(name: "ModelHeader"),
    .target(
      name: "Model",
      dependencies: ["ModelHeader", "Files", "Registers", "Crossbar", "RV32", "Trace", "Board"],
      swiftSettings: strict),
    // Floor 3.
    .target(
      name: "Tasks",
      dependencies: ["Files", "FixedPoint", "Registers", "Firmware", "Crossbar", "RV32", "Trace", "Board"],
      swiftSettings: strict),
    // On Tasks: its controllers, native or a binary's, are what firmware vectors are held against.
    .target(
      name: "Vectors",
      dependencies: ["Files", "FixedPoint", "Registers", "Firmware", "Crossbar", "Trace", "Board", "Tasks"],
      swiftSettings: strict),
    // Floor 4.
    .executableTarget(
      name: "mblstm",
      dependencies: [
        "Files", "FixedPoint", "Registers", "Firmware", "Crossbar", "RV32", "Trace", "Board", "Tasks", "Vectors",
      ],
      swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "FilesTests", dependencies: ["TestSupport", "Files"], swiftSettings: strict),
    .testTarget(name: "FixedPointTests", dependencies: ["TestSupport", "FixedPoint"], swiftSettings: strict),
    .testTarget(name: "RegistersTests", dependencies: ["TestSupport", "Registers"], swiftSettings: strict),
    .testTarget(name: "RV32Tests", dependencies: ["TestSupport", "RV32"], swiftSettings: strict),
    .testTarget(
      name: "CrossbarTests", dependencies: ["TestSupport", "Files", "Crossbar"], swiftSettings: strict),
    .testTarget(
      name: "BoardTests",
      dependencies: ["TestSupport", "Files", "Board", "Crossbar", "FixedPoint", "Registers", "Trace"],
      swiftSettings: strict),
    .testTarget(
      name: "TraceTests", dependencies: ["TestSupport", "Files", "Trace", "Registers", "Board", "Crossbar"],
      swiftSettings: strict),
    .testTarget(
      name: "ModelTests",
      dependencies: [
        "TestSupport", "ModelHeader", "Model", "Files", "Registers", "RV32", "Crossbar", "Trace", "Board",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "FirmwareTests",
      dependencies: ["TestSupport", "Tasks", "Firmware", "Board", "Crossbar", "FixedPoint", "Registers", "Trace"],
      swiftSettings: strict),
    .testTarget(
      name: "TasksTests",
      dependencies: [
        "TestSupport", "Files", "Tasks", "Firmware", "Board", "Crossbar", "FixedPoint", "Registers", "RV32",
        "Trace",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EmulationTests",
      dependencies: [
        "TestSupport", "Files", "Tasks", "Firmware", "Board", "Crossbar", "FixedPoint", "Registers", "RV32", "Trace",
        "Vectors",
      ],
      exclude: ["Controllers"], swiftSettings: strict),
    .testTarget(
      name: "VectorsTests",
      dependencies: [
        "TestSupport", "Files", "Vectors", "Tasks", "Board", "Crossbar", "Firmware", "Registers", "Trace",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CLITests",
      dependencies: [
        "TestSupport", "mblstm", "Files", "Tasks", "Board", "Crossbar", "Registers", "Trace", "Vectors",
      ],
      exclude: ["Transcripts", "Guests", "Spike"], swiftSettings: strict),
  ]
)

// Fits the account of the controller's time, and holds it against the binary (.ci/cost-model).
if Context.environment["MBLSTM_COSTS"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Costs", dependencies: ["Files", "Firmware", "Crossbar", "Trace", "Board", "Tasks"],
      path: ".ci/costs/Sources", swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}

// libFuzzer brings its own main function: no other build may have this target (.ci/fuzz/run).
if Context.environment["MBLSTM_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: ["Files", "Firmware", "Crossbar", "RV32", "Trace", "Board", "Vectors", "Tasks"],
      path: ".ci/fuzz/Sources", swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
