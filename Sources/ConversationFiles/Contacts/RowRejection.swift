/// A row that was not taken in: where it stands and why.
///
/// `value` is what the file said, cut short; it is for the person who holds the file, never for a log.
public struct RowRejection: Error, Equatable, Sendable {
  /// What is wrong with a row.
  public enum Reason: Equatable, Sendable {
    case missingValue
    case unreadableInstant
    /// The instant has no offset and the import was not told a zone.
    case noZone
    /// The local time does not exist: clocks were put forward over it.
    case skippedHour
    /// Outside the years 1900 to 2200.
    case instantOutOfRange
    case endBeforeStart
    /// The state says ended, but there is no end.
    case endedWithoutEnd
    case notWholeSeconds
    case negative
    case fractional
    case durationTooLong(limit: Int64)
    case unknownWord(expected: [String])
    /// A text of more than `limit` bytes, characters or entries.
    case tooLong(limit: Int)
    case tooManyTags(limit: Int)
    case tooManyContacts(limit: Int)
    /// The store's dictionary for this field is full.
    case tooManyNames(limit: Int)
    /// The same contact stands on an earlier line with other values.
    case conflictsWithLine(Int)
    case fieldCount(found: Int, expected: Int)
    case textAfterQuote
    case nulByte
    case invalidUTF8
    /// The line is no JSON object.
    case json(JSONFault)
    /// A number, list or the like stands where a text was to come.
    case notText
    /// The handling time is not what its basis makes of the row's other values.
    case basisDiffers
    /// Another key of the object means the same.
    case sameMeaning(as: String)
  }

  /// The line on which the row begins, from 1.
  public let line: Int
  /// The header of the column, when one column is to blame.
  public let column: String?
  /// What the file said there, cut short.
  public let value: String?
  /// What is wrong.
  public let reason: Reason
  /// The bytes of the row's fields as the file has them, or its line; empty unless they were asked for.
  public package(set) var source: [[UInt8]] = []

  /// How much of a value is kept.
  private static let valueLimit = 60

  package init(line: Int, column: String? = nil, value: String? = nil, reason: Reason) {
    self.line = line
    self.column = column
    self.value = value.map { $0.count > Self.valueLimit ? String($0.prefix(Self.valueLimit)) + "…" : $0 }
    self.reason = reason
  }
}

extension RowRejection {
  /// The refusal of a record that the CSV reader found wrong.
  package init(line: Int, _ fault: RecordFault, header: [String]) {
    func blame(_ column: Int, _ reason: Reason) -> RowRejection {
      RowRejection(
        line: line, column: header.indices.contains(column - 1) ? header[column - 1] : nil, reason: reason)
    }
    switch fault {
    case .textAfterQuote(let column): self = blame(column, .textAfterQuote)
    case .fieldTooLong(let column, let limit): self = blame(column, .tooLong(limit: limit))
    case .nul(let column): self = blame(column, .nulByte)
    case .invalidUTF8(let column): self = blame(column, .invalidUTF8)
    case .fieldCount(let found, let expected):
      self.init(line: line, reason: .fieldCount(found: found, expected: expected))
    }
  }
}
