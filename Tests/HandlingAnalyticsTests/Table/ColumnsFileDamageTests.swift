import TestSupport
import Testing

@testable import HandlingAnalytics

/// However a file is damaged: a fault, or the right answer, and never anything else.
struct ColumnsFileDamageTests {
  private struct Answer: Equatable {
    let reports: [HandlingReport]
    let contacts: [Contact]

    init(_ table: ContactTable) throws {
      reports = try table.everyAnswer()
      contacts = try table.everyContact()
    }
  }

  /// Base and delta on disk, with what answers they may give.
  private struct Specimen {
    let folder: ColumnsFolder
    let rightAnswers: [Answer]

    /// A base with open contacts behind those that have ended.
    static func withOpenContacts() throws -> Specimen {
      var generator = ContactGenerator(seed: 21)
      let contacts = generator.contacts(conversations: 1...30, openShare: 20)
      let folder = try ColumnsFolder()
      try folder.write(contacts)
      return Specimen(folder: folder, rightAnswers: [try Answer(contacts.table())])
    }

    /// With a delta of changes only, without which the base still holds the earlier state.
    static func withChanges() throws -> Specimen {
      var generator = ContactGenerator(seed: 22)
      let contacts = generator.contacts(conversations: 1...30, openShare: 0)
      let folder = try ColumnsFolder()
      try folder.write(contacts, seq: 1)
      let changed = generator.contacts(conversations: 5...9, openShare: 50)
      let table = try folder.open().replacing(
        [5, 6, 7, 8, 9], with: changed.rows, names: TestNames.dictionaries,
        position: TablePosition(seq: 2, nonce: 8))
      try folder.save(table)
      return Specimen(
        folder: folder, rightAnswers: [try Answer(contacts.table(seq: 1)), try Answer(table)])
    }

    /// Whether the table on disk answers wrongly; a fault is no answer.
    func answersWrongly() -> Bool {
      do {
        return !rightAnswers.contains(try Answer(try folder.open()))
      } catch is ColumnsFault {
        return false
      } catch QueryFault.columns {
        return false
      } catch {
        return true
      }
    }

    /// Damages each file in turn, looks, and puts it back.
    func damage(_ times: Int, _ change: (inout [UInt8], Int) -> Void) throws -> Int {
      var mistakes = 0
      for file in folder.files {
        let sound = try folder.bytes(of: file)
        for time in 0..<times {
          var bytes = sound
          change(&bytes, time)
          try folder.replace(file, with: bytes)
          if answersWrongly() { mistakes += 1 }
        }
        try folder.replace(file, with: sound)
      }
      return mistakes
    }

    var isSound: Bool {
      get throws { try rightAnswers.last == Answer(folder.open()) }
    }
  }

  private static let specimens: [@Sendable () throws -> Specimen] = [
    { try .withOpenContacts() }, { try .withChanges() },
  ]

  @Test(arguments: 0..<2) func aFlippedBitNeverChangesAnAnswer(specimen: Int) throws {
    let specimen = try Self.specimens[specimen]()
    #expect(try specimen.isSound)
    var generator = SeededGenerator(seed: 31)
    let mistakes = try specimen.damage(75) { bytes, _ in
      let bit = Int.random(in: 0..<(8 * bytes.count), using: &generator)
      bytes[bit / 8] ^= 1 << (bit % 8)
    }
    #expect(mistakes == 0)
    #expect(try specimen.isSound)
  }

  @Test func everyFlippedByteOfTheHeaderIsNoticed() throws {
    let specimen = try Specimen.withOpenContacts()
    let sound = try specimen.folder.bytes(of: specimen.folder.path)
    for byte in 0..<128 {
      var bytes = sound
      bytes[byte] ^= 0x10
      try specimen.folder.replace(specimen.folder.path, with: bytes)
      #expect(specimen.folder.faultOfOpening() != nil, "byte \(byte)")
    }
  }

  @Test(arguments: 0..<2) func aFileCutShortIsNoticed(specimen: Int) throws {
    let specimen = try Self.specimens[specimen]()
    let mistakes = try specimen.damage(40) { bytes, time in
      let lengths = [0, 1, 7, 8, 11, 12, 127, 128, 129, bytes.count - 1, bytes.count - 64]
      bytes.removeSubrange((time < lengths.count ? lengths[time] : bytes.count * time / 40)...)
    }
    #expect(mistakes == 0)
    let base = specimen.folder.path
    let sound = try specimen.folder.bytes(of: base)
    try specimen.folder.replace(base, with: sound + [0])
    #expect(specimen.folder.faultOfOpening() == .truncated, "a byte too many is as wrong as one too few")
  }

  @Test func randomBytesAreNoTable() throws {
    let specimen = try Specimen.withOpenContacts()
    var generator = SeededGenerator(seed: 41)
    let mistakes = try specimen.damage(30) { bytes, time in
      // The header stays in every other trial.
      for index in (time % 2 == 0 ? 0 : 128)..<bytes.count {
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
    }
    #expect(mistakes == 0)
  }

  @Test func aDeltaThatIsOfNoUseIsNamedAndLeftAlone() throws {
    let specimen = try Specimen.withChanges()
    let (base, delta) = (specimen.folder.path, specimen.folder.path + "-delta")
    let sound = try specimen.folder.bytes(of: delta)
    for (fault, bytes) in [
      (ColumnsFault.empty, []), (.foreign, try specimen.folder.bytes(of: base)),
      (.truncated, Array(sound.dropLast())), (.damaged, Array(sound.prefix(60) + [9] + sound.dropFirst(61))),
    ] {
      try specimen.folder.replace(delta, with: bytes)
      let table = try specimen.folder.open()
      #expect(table.deltaFault == fault)
      #expect(try Answer(table) == specimen.rightAnswers[0])
    }
  }

  @Test func aDeltaOfAnotherBaseIsLeftAlone() throws {
    let specimen = try Specimen.withChanges()
    let delta = try specimen.folder.bytes(of: specimen.folder.path + "-delta")
    try specimen.folder.compact(try specimen.folder.open())
    #expect(specimen.folder.files == [specimen.folder.path], "the new base has taken it in")
    try specimen.folder.replace(specimen.folder.path + "-delta", with: delta)
    let table = try specimen.folder.open()
    #expect(table.deltaFault == nil && table.position.seq == 2)
    #expect(try Answer(table) == specimen.rightAnswers[1])
  }

  @Test func withoutItsDeltaABaseHoldsTheEarlierState() throws {
    let specimen = try Specimen.withChanges()
    #expect(try specimen.folder.open().position.seq == 2)
    try specimen.folder.remove(specimen.folder.path + "-delta")
    let table = try specimen.folder.open()
    #expect(table.position.seq == 1)
    #expect(try Answer(table) == specimen.rightAnswers[0])
  }
}
