import TestSupport
import Testing

@testable import HandlingAnalytics

/// Every single segment damaged, and directories that say what can't be, under checksums that are right.
struct ColumnsFileLieTests {
  /// Open and ended contacts in one file.
  private static func folder() throws -> ColumnsFolder {
    var generator = ContactGenerator(seed: 23)
    generator.longest = 9_000
    let folder = try ColumnsFolder()
    try folder.write(generator.contacts(conversations: 1...30, openShare: 30))
    return folder
  }

  /// Whether opening or reading everything throws a fault.
  private static func isRefused(_ folder: ColumnsFolder) throws -> Bool {
    do {
      let table = try folder.open()
      _ = try table.everyContact()
      _ = try table.everyAnswer()
      return false
    } catch is ColumnsFault {
      return true
    } catch QueryFault.columns {
      return true
    }
  }

  @Test func aFlippedBitOfAnySegmentIsNoticed() throws {
    let folder = try Self.folder()
    var generator = SeededGenerator(seed: 24)
    var damaged = Set<UInt16>()
    for file in folder.files {
      let sound = try folder.bytes(of: file)
      for entry in ColumnsDirectory(sound).entries where !entry.range.isEmpty {
        var bytes = sound
        bytes[entry.range.randomElement(using: &generator)!] ^=
          1 << UInt8.random(in: 0..<8, using: &generator)
        try folder.replace(file, with: bytes)
        #expect(try Self.isRefused(folder), "column \(entry.column) of \(file)")
        damaged.insert(entry.column)
      }
      try folder.replace(file, with: sound)
    }
    #expect(try !Self.isRefused(folder))
    #expect(damaged.isSuperset(of: ColumnID.allCases.map(\.rawValue)), "every column was there to be damaged")
  }

  @Test func aConstantThatIsNoCodeIsNoticed() throws {
    let folder = try ColumnsFolder()
    try folder.write([.simple(1, seconds: 1), .simple(2, seconds: 2)])
    let sound = try folder.bytes(of: folder.path)
    let constants = ColumnsDirectory(sound).entries.filter { $0.width == 0 }
    #expect(constants.count > 10)
    for entry in constants {
      for base: Int64 in [-1, 1 << 32, .max, .min] {
        var lie = ColumnsDirectory(sound)
        lie.setBase(base, of: entry)
        try folder.replace(folder.path, with: lie.bytes)
        #expect(folder.faultOfOpening() == .damaged, "column \(entry.column), base \(base)")
      }
    }
  }

  @Test func aConstantHasNoBytes() throws {
    let folder = try Self.folder()
    let sound = try folder.bytes(of: folder.path)
    for entry in ColumnsDirectory(sound).entries where entry.width > 0 && !entry.range.isEmpty {
      guard ColumnID(rawValue: entry.column) != nil else { continue }
      var lie = ColumnsDirectory(sound)
      lie.setWidth(0, of: entry)
      try folder.replace(folder.path, with: lie.bytes)
      #expect(folder.faultOfOpening() == .damaged, "column \(entry.column)")
    }
  }

  @Test func onlyCodesCanBeConstant() throws {
    let folder = try Self.folder()
    let sound = try folder.bytes(of: folder.path)
    let whole: [ColumnID] = [
      .conversation, .contact, .startedAt, .endedAt, .reportedAt, .seconds, .marks, .furtherTagRows,
      .valueless, .markCounts,
    ]
    for entry in ColumnsDirectory(sound).entries where whole.contains(where: { $0.rawValue == entry.column })
    {
      var lie = ColumnsDirectory(sound)
      lie.setWidth(0, of: entry)
      lie.setLength(0, of: entry)
      lie.setBase(1, of: entry)
      try folder.replace(folder.path, with: lie.bytes)
      #expect(try Self.isRefused(folder), "column \(entry.column)")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 16, 255] as [UInt8]) func aWrongWidthIsNoticed(width: UInt8) throws {
    let folder = try Self.folder()
    let sound = try folder.bytes(of: folder.path)
    for entry in ColumnsDirectory(sound).entries
    where entry.width != width && ColumnID(rawValue: entry.column) != nil {
      var lie = ColumnsDirectory(sound)
      lie.setWidth(width, of: entry)
      try folder.replace(folder.path, with: lie.bytes)
      #expect(try Self.isRefused(folder), "column \(entry.column), width \(entry.width)")
    }
  }

  @Test(arguments: [0, 1, 4, 5, 8, 16, 24, 32, 255] as [UInt8])
  func aWrongNumberOfBitsIsNoticed(bits: UInt8) throws {
    let folder = try Self.folder()
    let sound = try folder.bytes(of: folder.path)
    let entries = ColumnsDirectory(sound).entries
    #expect(entries.contains { $0.bits != 0 })
    for entry in entries where entry.bits != bits && ColumnID(rawValue: entry.column) != nil {
      var lie = ColumnsDirectory(sound)
      lie.setBits(bits, of: entry)
      try folder.replace(folder.path, with: lie.bytes)
      // Bytes that are codes as they stand may be packed ones as well; nothing else may be.
      let isRefused = try Self.isRefused(folder)
      #expect(isRefused || entry.width == 1 && entry.bits == 0, "column \(entry.column), bits \(entry.bits)")
    }
  }

  @Test func aWrongNumberOfRowsIsNoticed() throws {
    let folder = try Self.folder()
    let sound = try folder.bytes(of: folder.path)
    var lie = ColumnsDirectory(sound)
    for entry in lie.entries where ColumnID(rawValue: entry.column) != nil { lie.setRows(7, of: entry) }
    try folder.replace(folder.path, with: lie.bytes)
    #expect(folder.faultOfOpening() == .damaged)
  }
}
