// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// One module of the pipeline, with exactly the modules that it may import.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "tiaoli",
  products: [
    .executable(name: "tiaoli", targets: ["tiaoli"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    module("PolicyText", []),
    module("PolicyDiagnostics", ["PolicyText"]),
    module("PolicyValues", []),
    module("PolicySyntax", ["PolicyText", "PolicyDiagnostics", "PolicyValues"]),
    module("PolicyIR", ["PolicyText", "PolicyValues"]),
    module(
      "PolicySemantics", ["PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicySyntax", "PolicyIR"]),
    module("PolicyEvaluation", ["PolicyText", "PolicyValues", "PolicyIR"]),
    module("PolicyPlans", ["PolicyText", "PolicyValues", "PolicyIR", "PolicyEvaluation"]),
    .target(name: "CPlanes"),
    module("PolicyColumns", ["PolicyValues", "PolicyIR", "PolicyEvaluation", "PolicyPlans", "CPlanes"]),
    module("PolicySQL", ["PolicyText", "PolicyValues", "PolicyIR", "PolicyEvaluation", "PolicyPlans"]),
    // Only its headers are needed to build: the library is opened on first use.
    .target(name: "CZ3", linkerSettings: [.linkedLibrary("dl")]),
    module("PolicyAnalysis", ["PolicyValues", "PolicyIR", "PolicyText", "PolicyEvaluation", "CZ3"]),
    module(
      "PolicyFacts",
      [
        "PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicyIR", "CPlanes",
        .product(name: "Yams", package: "Yams"),
      ]),
    module(
      "PolicyAnswers",
      ["PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicyIR", "PolicyEvaluation"]),
    module(
      "PolicyComparison",
      [
        "PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicyIR", "PolicyEvaluation", "PolicyAnalysis",
        "PolicyAnswers",
      ]),
    module(
      "PolicyTesting",
      [
        "PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicyIR", "PolicyEvaluation", "PolicyAnalysis",
        "PolicyCoverage",
        "PolicyAnswers",
      ]),
    module("PolicyCoverage", ["PolicyText", "PolicyValues", "PolicyIR", "PolicyEvaluation"]),
    module("PolicyFormat", ["PolicySyntax"]),
    .target(name: "CSHA2", linkerSettings: [.linkedLibrary("md")]),
    module("SQLiteFiles", [.product(name: "GRDB", package: "GRDB.swift")]),
    module("PolicyRecords", ["CSHA2", "SQLiteFiles", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(name: "CPQ", linkerSettings: [.linkedLibrary("dl")]),
    module("PolicyStore", ["PolicyText", "CPQ", "SQLiteFiles", .product(name: "GRDB", package: "GRDB.swift")]),
    // Only their headers are needed to build: the libraries are opened on first use.
    .target(name: "CSheets", linkerSettings: [.linkedLibrary("dl")]),
    module(
      "PolicyTables",
      [
        "PolicyText", "PolicyDiagnostics", "PolicyValues", "CSheets",
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    module(
      "PolicyWorkspace",
      [
        "PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicySyntax", "PolicyIR", "PolicySemantics",
        "PolicyEvaluation", "PolicyColumns", "PolicyAnalysis", "PolicyAnswers", "PolicyComparison", "PolicyFacts",
        "PolicyTesting", "PolicyRecords", "PolicyStore", "SQLiteFiles", "PolicyCoverage", "PolicyTables",
      ]),
    module(
      "PolicyVerbs",
      [
        "PolicyWorkspace", "PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicyIR", "PolicyEvaluation",
        "PolicyAnalysis", "PolicyAnswers", "PolicyComparison",
        "PolicyFacts", "PolicySemantics", "PolicyTesting", "PolicyCoverage", "PolicyFormat", "PolicySyntax",
        "PolicyRecords", "PolicyStore", "SQLiteFiles", "PolicyPlans", "PolicySQL", "PolicyTables",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(
      name: "CEditLine",
      // What libedit itself needs stands here too, for static linking.
      linkerSettings: ["edit", "tinfo", "bsd", "md"].map { .linkedLibrary($0) }),
    module("LineEditing", ["CEditLine"]),
    module(
      "PolicyREPL",
      [
        "PolicyVerbs", "PolicyWorkspace", "PolicyText", "PolicyDiagnostics", "PolicyIR", "PolicyValues",
        "PolicySyntax", "PolicyAnswers", "PolicyStore",
        "PolicyEvaluation", "LineEditing", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "tiaoli", dependencies: ["PolicyVerbs", "PolicyREPL"], swiftSettings: strict),
    .testTarget(
      name: "GrammarTests",
      dependencies: [
        "PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicySyntax", "PolicyTesting", "PolicyWorkspace",
        "PolicyREPL", "PolicyVerbs", "SeededRandom",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PolicyTextTests", dependencies: ["PolicyText"], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "PolicyDiagnosticsTests", dependencies: ["PolicyDiagnostics", "PolicyText"],
      swiftSettings: strict),
    .testTarget(
      name: "PolicyEvaluationTests",
      dependencies: ["PolicyText", "PolicyValues", "PolicyIR", "PolicyEvaluation"], swiftSettings: strict),
    .testTarget(
      name: "ReferenceTests",
      dependencies: [
        "PolicyText", "PolicyValues", "PolicyIR", "PolicyEvaluation", "PolicyAnalysis", "PolicyPlans", "PolicyColumns",
        "PolicySQL",
        "PolicyDiagnostics", "PolicyWorkspace", "PostgresServer", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "tiaoli-bench",
      dependencies: [
        "PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicySyntax", "PolicyIR", "PolicySemantics",
        "PolicyEvaluation", "PolicyColumns", "PolicyAnalysis", "PolicyAnswers", "PolicyComparison", "PolicyFacts",
        "PolicyTesting", "PolicyREPL", "LineEditing", "SeededRandom", "TerminalDriver", "PolicyWorkspace",
      ], path: "Benchmarks", exclude: ["Peers"], swiftSettings: strict),
    .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: strict),
    .testTarget(
      name: "PolicyValuesTests", dependencies: ["PolicyValues", "SeededRandom"], swiftSettings: strict),
    .testTarget(
      name: "PolicyFactsTests",
      dependencies: [
        "PolicyFacts", "PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicyIR", "SeededRandom", "CPlanes",
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "PolicyTablesTests", dependencies: ["PolicyTables", "PolicyDiagnostics"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "RecordTests",
      dependencies: [
        "PolicyRecords", "SQLiteFiles", "PolicyWorkspace", "PolicyFacts", "PolicyFormat", "PolicyAnswers",
        "PolicyDiagnostics",
        "PolicySyntax", "PolicyIR", "PolicyText", "PolicyValues", .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: strict),
    .target(name: "PostgresServer", path: "Tests/PostgresServer", swiftSettings: strict),
    .testTarget(
      name: "StoreTests",
      dependencies: [
        "PolicyStore", "SQLiteFiles", "PolicyWorkspace", "PolicyFacts", "PolicyDiagnostics", "PolicyIR", "PolicyText",
        "PolicyValues", "PostgresServer", "SeededRandom", .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: strict),
    .testTarget(name: "DocsTests", dependencies: ["tiaoli"], swiftSettings: strict),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal", linkerSettings: [.linkedLibrary("util")]),
    .target(
      name: "TerminalDriver", dependencies: ["CPseudoTerminal"], path: "Tests/TerminalDriver", swiftSettings: strict),
    .executableTarget(
      name: "line-editor-demo", dependencies: ["LineEditing"], path: "Tests/LineEditorDemo", swiftSettings: strict),
    .testTarget(
      name: "SyntaxTests",
      dependencies: ["PolicyText", "PolicyDiagnostics", "PolicySyntax"], swiftSettings: strict),
    .testTarget(
      name: "SemanticsTests",
      dependencies: [
        "PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicySyntax", "PolicyIR", "PolicySemantics",
        "PolicyEvaluation",
        "PolicyAnswers", "PolicyWorkspace", "PolicyVerbs",
      ], swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "PolicyText", "PolicyDiagnostics", "PolicyValues", "PolicyIR", "PolicyEvaluation", "PolicyFacts",
        "PolicyAnswers", "PolicyWorkspace", "PolicyVerbs", "PolicyRecords", "PolicyStore", "PolicyTables",
        "PostgresServer",
        "SeededRandom", "TerminalDriver", "tiaoli",
      ], swiftSettings: strict),
    .testTarget(
      name: "REPLTests",
      dependencies: [
        "PolicyREPL", "LineEditing", "PolicyAnswers", "PolicyDiagnostics", "PolicyEvaluation", "PolicyIR", "PolicyText",
        "PolicyTesting", "PolicyWorkspace", "PolicyValues",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LineEditingTests", dependencies: ["LineEditing", "TerminalDriver", "line-editor-demo"],
      swiftSettings: strict),
    .testTarget(
      name: "PolicyTestingTests",
      dependencies: [
        "PolicyAnalysis", "PolicyCoverage", "PolicyDiagnostics", "PolicyIR", "PolicySyntax", "PolicyTesting",
        "PolicyText", "PolicyValues", "PolicyWorkspace",
      ], swiftSettings: strict),
    .testTarget(
      name: "ComparisonTests",
      dependencies: [
        "PolicyAnalysis", "PolicyAnswers", "PolicyComparison", "PolicyDiagnostics", "PolicyEvaluation", "PolicyIR",
        "PolicySemantics", "PolicySyntax", "PolicyText", "PolicyValues", "PolicyWorkspace", "SeededRandom",
      ], swiftSettings: strict),
    .testTarget(
      name: "FormatTests",
      dependencies: [
        "PolicyFormat", "PolicyIR", "PolicySemantics", "PolicySyntax", "PolicyTesting", "PolicyText", "PolicyWorkspace",
      ], swiftSettings: strict),
  ]
)
