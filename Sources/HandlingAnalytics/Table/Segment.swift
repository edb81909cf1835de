internal import Columnar
internal import MappedFiles
internal import Synchronization

/// The columns of a block; raw values are those of the file.
package enum ColumnID: UInt16, CaseIterable, Sendable {
  case conversation = 1
  case contact = 2
  case startedAt = 3
  case endedAt = 4
  case reportedAt = 5
  case seconds = 6
  case marks = 7
  case channel = 8
  case category = 9
  case agent = 10
  case group = 11
  case firstTag = 12
  case furtherTagRows = 13
  case furtherTagCodes = 14
  case talk = 15
  case hold = 16
  case wrapUp = 17
  case firstReply = 18
  case reopens = 19
  case flags = 20
  case closing = 21
  case rating = 22
  case networkQuality = 23
  case productQuality = 24
  /// The rows without a handling value, ascending.
  case valueless = 25
  /// How many rows have each of the marks that occur: the mark in the upper 8 bits, the count in the lower 24.
  case markCounts = 26

  /// The columns of one number of up to 32 bits a contact.
  static let words: [ColumnID] = [
    .seconds, .talk, .hold, .wrapUp, .firstReply, .reopens, .flags, .channel, .category, .agent, .group,
    .closing, .rating, .networkQuality, .productQuality,
  ]

  /// Durations have a mark for "missing"; kept as codes they are the duration plus one.
  var isDuration: Bool {
    switch self {
    case .seconds, .talk, .hold, .wrapUp, .firstReply: true
    default: false
    }
  }

  /// Whether it may be kept as distances before the ends of conversations: see ``InstantDistances``.
  var mayBeDistances: Bool { self == .startedAt || self == .endedAt }

  /// Whether codes may be kept as ``PackedCodes``: those that are read whole when they are asked for at all.
  var mayBePacked: Bool {
    switch self {
    case .startedAt, .endedAt, .talk, .hold, .wrapUp, .firstReply, .reopens, .flags, .closing, .rating,
      .networkQuality, .productQuality:
      true
    default: false
    }
  }

  /// Columns that list some rows or facts of a block instead of having an element for each row.
  var isList: Bool {
    switch self {
    case .furtherTagRows, .furtherTagCodes, .valueless, .markCounts: true
    default: false
    }
  }

  /// The segment of a delta that holds a base block's hidden rows.
  static let hiddenRows: UInt16 = 200
}

/// One column of one block as bytes, on its way to a file or to the heap.
struct EncodedSegment {
  var column: UInt16
  /// Bytes of one element: 1, 2, 4 or 8; 0 for a column of codes that are all the same.
  var width: UInt8
  /// Bits of a row's code where they are ``PackedCodes``, of bytes then; else 0.
  var bits: UInt8 = 0
  /// What 4-byte elements of an offset column are added to; the code of all rows where `width` is 0.
  var base: Int64 = 0
  /// Least and greatest value present; both 0 when there is none.
  var least: Int64 = 0
  var greatest: Int64 = 0
  var bytes: [UInt8]
}

/// Why derived columns can't be used; they are rebuilt from the store then.
package enum ColumnsFault: Error, Equatable, Sendable {
  case missing, empty, foreign, truncated, damaged
  /// Written by a newer program.
  case newer
  /// Of another state of the store than the one before us.
  case stale
}

/// One column of one block in memory, checked when it is first touched.
struct StoredSegment: Sendable {
  let width: UInt8
  /// Bits of a row's code where they are ``PackedCodes``; else 0.
  let bits: UInt8
  let base: Int64
  let least: Int64
  let greatest: Int64
  let bytes: Column<UInt8>
  let checksum: UInt64

  /// Views bytes that `bytes` keeps alive.
  init(
    width: UInt8, bits: UInt8 = 0, base: Int64, least: Int64, greatest: Int64, bytes: Column<UInt8>,
    checksum: UInt64
  ) {
    self.width = width
    self.bits = bits
    self.base = base
    self.least = least
    self.greatest = greatest
    self.bytes = bytes
    self.checksum = checksum
  }

  /// Whether the bytes are those that were written. O(bytes).
  // Safe: bytes are plain values, so looking at their memory shows nothing uninitialised.
  var isSound: Bool { unsafe Checksum.of(bytes.span.bytes) == checksum }

  var byteCount: Int { bytes.count }

  /// The greatest code of a column of codes; 0 when there is none. O(bytes), at the speed of memory.
  var greatestCode: Int64 {
    switch width {
    case 0: base
    case 1: Int64(greatestElement(of: column(of: UInt8.self)))
    case 2: Int64(greatestElement(of: column(of: UInt16.self)))
    default: Int64(greatestElement(of: column(of: UInt32.self)))
    }
  }

  func column<Element: BitwiseCopyable & Sendable>(of type: Element.Type) -> Column<Element> {
    bytes.reinterpreted(as: type)
  }
}

/// Which segments of a block have been checked, one bit a column; shared by all who read the block.
final class CheckedColumns: Sendable {
  private let bits = Atomic<UInt64>(0)

  func contains(_ column: ColumnID) -> Bool {
    bits.load(ordering: .relaxed) & (1 << UInt64(column.rawValue)) != 0
  }

  func insert(_ column: ColumnID) {
    bits.bitwiseOr(1 << UInt64(column.rawValue), ordering: .relaxed)
  }
}
