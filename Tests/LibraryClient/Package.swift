// swift-tools-version: 6.2
import PackageDescription

// Somebody else's package that builds on the library: `swift run --package-path Tests/LibraryClient`.
let package = Package(
  name: "LibraryClient",
  dependencies: [.package(name: "MbLSTM", path: "../..")],
  targets: [
    .executableTarget(
      name: "LibraryClient",
      dependencies: ["Files", "FixedPoint", "Registers", "Firmware", "Crossbar", "Board", "Trace", "Vectors", "Tasks"]
        .map {
          .product(name: $0, package: "MbLSTM")
        },
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("MemberImportVisibility")])
  ]
)
