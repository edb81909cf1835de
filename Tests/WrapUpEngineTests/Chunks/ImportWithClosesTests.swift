import Foundation
import TestSupport
import Testing

@testable import WrapUpEngine

/// An import by chunks with closes in between is as if these had come first, whatever their moment.
struct ImportWithClosesTests {
  private static let names = ["Ann", "Bea", "Cem", "Dora"]

  /// Contacts of conversations from 0 to `count`, each contact once, some of them still going on.
  private static func contacts(_ count: Int, share: Double, _ random: inout SeededGenerator) -> [String] {
    var rows: [String] = []
    for conversation in 0..<count {
      for contact in 1...3 where Double.random(in: 0..<1, using: &random) < share {
        let seconds =
          Int.random(in: 0..<4, using: &random) == 0 ? nil : Int.random(in: 0..<4_000, using: &random)
        rows.append(
          ChunkedImport.row(
            "c\(conversation)", names.randomElement(using: &random)!, contact: contact, seconds: seconds))
      }
    }
    return rows.shuffled(using: &random)
  }

  /// A store with the first rows, then closes and the second rows; what came of it and what the second import said.
  private static func outcome(
    of first: [String], _ second: [String], closing ids: [String], meanwhile: Bool
  ) throws -> (rows: [String], ImportLedger) {
    var settings = WrapUp.Settings()
    settings.now = { 1_767_700_000 }
    return try Scratch.withStore(settings: settings) { wrapup in
      _ = try Scratch.importCSV(ChunkedImport.csv(first), into: wrapup)
      var ledger = ImportLedger()
      if meanwhile {
        ledger = try ChunkedImport.run(second, into: wrapup, settings) { try close(ids, $0) }
      } else {
        try close(ids, wrapup)
        ledger = try Scratch.importCSV(ChunkedImport.csv(second), into: wrapup)
      }
      var rows: [String] = []
      for subject in [ExportSubject.conversations, .contacts] {
        try wrapup.export(subject) { rows.append("\($0)") }
      }
      return (rows.sorted(), ledger)
    }
  }

  private static func close(_ ids: [String], _ wrapup: WrapUp) throws {
    for (number, id) in ids.enumerated() { try wrapup.close(id, tags: [names[number % 4], "Live"]) }
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func closesMightHaveComeFirst(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let first = Self.contacts(600, share: 0.5, &random)
    // Half of it of conversations that are new; some rows as they were.
    let second = Self.contacts(1_800, share: 0.6, &random).filter { !first.contains($0) } + first.prefix(100)
    var states: [String: Bool] = [:]
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(ChunkedImport.csv(first), into: wrapup)
      try wrapup.export(.conversations) { values in
        if case .text(let id?) = values[0], case .text(let state?) = values[1] {
          states[id] = state == "open"
        }
      }
    }
    let ids = states.filter(\.value).map(\.key).sorted().shuffled(using: &random).prefix(60)
    #expect(ids.count == 60 && second.count > 2_500)
    let expected = try Self.outcome(of: first, second, closing: Array(ids), meanwhile: false)
    let found = try Self.outcome(of: first, second, closing: Array(ids), meanwhile: true)
    #expect(expected.1.keptLive > 10 && expected.1.updated > 100)
    #expect(found.rows == expected.rows)
    #expect(found.1 == expected.1)
  }
}
