// swift-tools-version: 6.2
import PackageDescription

/// What every target is held to; each line with the reason it earns its place.
let rules: [SwiftSetting] = [
  .swiftLanguageMode(.v6),  // data races are compile errors
  .enableUpcomingFeature("ExistentialAny"),  // dynamic dispatch is visible where it is paid for
  .enableUpcomingFeature("InternalImportsByDefault"),  // what a target leaks, it leaks on purpose
  .enableUpcomingFeature("MemberImportVisibility"),  // an extension is seen only where it is imported
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // async code stays on its caller's actor
  .enableExperimentalFeature("Lifetimes"),  // a column can vend a Span of itself
  .strictMemorySafety(),  // every unsafe expression is marked and can be counted
  .treatAllWarnings(as: .error),  // a warning is a defect nobody has read yet
]

/// The layers, lowest first: a target may import what it names here and nothing else.
/// `Tests/ArchitectureTests` holds the sources to this table.
let layers: [(name: String, imports: [String])] = [
  ("Columnar", ["CLanes"]),
  ("Conversations", []),
  ("CivilTime", []),
  ("MappedFiles", []),
  ("HandlingAnalytics", ["Columnar", "Conversations", "CivilTime", "MappedFiles"]),
  ("TagRanking", ["CLanes", "Conversations", "MappedFiles"]),
  ("ConversationFiles", ["CLanes", "Conversations", "CivilTime"]),
  ("SQLiteStore", ["CSQLite", "Conversations"]),
  (
    "WrapUpEngine",
    [
      "Columnar", "Conversations", "CivilTime", "MappedFiles", "HandlingAnalytics", "TagRanking",
      "ConversationFiles", "SQLiteStore",
    ]
  ),
  ("ReportRendering", ["HandlingAnalytics", "Conversations"]),
]

let package = Package(
  name: "Wrapup",
  products: [
    .library(name: "WrapUpEngine", targets: ["WrapUpEngine"]),
    .executable(name: "wrapup", targets: ["wrapup"]),
  ],
  targets: [
    .systemLibrary(name: "CLanes"),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CPerfEvents", path: "Benchmarks/CPerfEvents"),
    .executableTarget(
      name: "wrapup", dependencies: ["WrapUpEngine", "ReportRendering"], swiftSettings: rules),
    .executableTarget(
      name: "wrapup-bench",
      dependencies: [
        "Columnar", "Conversations", "CivilTime", "MappedFiles", "HandlingAnalytics", "TagRanking",
        "WrapUpEngine", "CPerfEvents",
      ],
      path: "Benchmarks/wrapup-bench",
      swiftSettings: rules),
  ]
    + layers.map { layer in
      .target(
        name: layer.name, dependencies: layer.imports.map { .byName(name: $0) },
        swiftSettings: rules)
    }
    + layers.map { layer in
      .testTarget(
        name: "\(layer.name)Tests",
        dependencies: ["TestSupport", .byName(name: layer.name)] + layer.imports.map { .byName(name: $0) },
        swiftSettings: rules)
    }
    + [
      .testTarget(name: "ArchitectureTests", swiftSettings: rules),
      .testTarget(
        name: "CommandTests",
        dependencies: [
          "TestSupport", "CSQLite", "MappedFiles", "SQLiteStore", "HandlingAnalytics", "wrapup",
          "WrapUpEngine",
          "ReportRendering",
        ],
        swiftSettings: rules),
      .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: rules),
    ]
)
