/// The contacts of one chunk of a file as columns, each as if it were the only one of its conversation.
///
/// Memory is taken once and used again for every chunk: it stays in the processor's caches. Names are numbers of
/// folds plus one, 0 for none; durations that are missing are `UInt32.max`.
@safe
package final class RowColumns {
  // Safe: every pointer addresses `capacity` elements (`idWords` as many as any ids take) from init to deinit.
  /// Most rows.
  package let capacity: Int
  /// Number of rows.
  package internal(set) var count = 0
  package let startedAt: UnsafeMutablePointer<Int64>
  /// `Int64.min` where there is none.
  package let endedAt: UnsafeMutablePointer<Int64>
  /// When the conversation ended; `Int64.min` while it has not.
  package let reportedAt: UnsafeMutablePointer<Int64>
  /// Each `Int64.min` where there is none.
  package let firstMessageAt: UnsafeMutablePointer<Int64>
  package let firstReplyAt: UnsafeMutablePointer<Int64>
  /// One byte of ``RowMarks`` a row.
  package let marks: UnsafeMutablePointer<UInt8>
  private let words: UnsafeMutablePointer<UInt32>
  /// The tags beyond the first, by row.
  package let furtherRows: UnsafeMutablePointer<UInt32>
  package let furtherTags: UnsafeMutablePointer<UInt32>
  package internal(set) var furtherCount = 0
  /// Where each row begins in the chunk, bytes.
  package let places: UnsafeMutablePointer<UInt32>
  /// Each row's id: its place in ``idWords`` times 512, plus its length in bytes.
  package let ids: UnsafeMutablePointer<UInt32>
  /// The bytes of the ids, each filled up with zeros to whole words.
  package let idWords: UnsafeMutablePointer<UInt64>
  package internal(set) var idWordCount = 0
  /// Rows that were read exactly, ascending, when ``Wanted/asWritten`` is asked for: their texts are not in columns.
  package internal(set) var exactRows: [(row: Int, values: ImportRow)] = []

  /// Columns of 32-bit numbers.
  package enum Word: Int, CaseIterable {
    case seconds, talk, hold, wrapUp, firstReply, flags, channel, category, agent, group
    /// A raw value plus one, 0 for none.
    case closing
    case rating, networkQuality, productQuality, firstTag
    /// What the row itself says; raw values plus one, 0 for none.
    case endReason, statedClosing, statedState
    /// Texts: the place in the chunk, and the length in bytes, 0 for none.
    case contactID, contactIDLength, visitor, visitorLength, note, noteLength
    // Not of 32 bits, but asked for in the same way.
    case startedAt, endedAt, reportedAt, firstMessageAt, firstReplyAt
  }

  /// Columns that are to be filled; the others hold nothing of meaning.
  package struct Wanted: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    /// One column.
    package init(_ word: Word) { rawValue = 1 &<< UInt32(word.rawValue) }
    /// All columns.
    package static let all = Wanted(rawValue: .max)
    /// All that a row says, and not only what its conversation comes to.
    static let asWritten: Wanted = [Wanted(.contactID)]

    @inline(__always)
    func has(_ word: Word) -> Bool { rawValue & 1 &<< UInt32(word.rawValue) != 0 }
  }

  /// Columns without room yet, for a parser to fill.
  package convenience init() {
    self.init(bytes: 0, columns: 1)
  }

  /// Room for the rows of `bytes` bytes of a file with so many columns: a row has at least one byte a column.
  init(bytes: Int, columns: Int) {
    capacity = bytes / max(columns, 1) + 2
    unsafe startedAt = .allocate(capacity: capacity)
    unsafe endedAt = .allocate(capacity: capacity)
    unsafe reportedAt = .allocate(capacity: capacity)
    unsafe firstMessageAt = .allocate(capacity: capacity)
    unsafe firstReplyAt = .allocate(capacity: capacity)
    unsafe marks = .allocate(capacity: capacity)
    unsafe words = .allocate(capacity: capacity * Word.allCases.count)
    unsafe places = .allocate(capacity: capacity)
    unsafe ids = .allocate(capacity: capacity)
    unsafe idWords = .allocate(capacity: bytes / 8 + capacity + 64)
    // A tag beyond the first takes a separator and a byte.
    unsafe furtherRows = .allocate(capacity: bytes / 2 + 64)
    unsafe furtherTags = .allocate(capacity: bytes / 2 + 64)
  }

  deinit {
    unsafe startedAt.deallocate()
    unsafe endedAt.deallocate()
    unsafe reportedAt.deallocate()
    unsafe firstMessageAt.deallocate()
    unsafe firstReplyAt.deallocate()
    unsafe marks.deallocate()
    unsafe words.deallocate()
    unsafe places.deallocate()
    unsafe ids.deallocate()
    unsafe idWords.deallocate()
    unsafe furtherRows.deallocate()
    unsafe furtherTags.deallocate()
  }

  /// One column of numbers.
  @unsafe @inline(__always)
  package subscript(word: Word) -> UnsafeMutablePointer<UInt32> {
    unsafe words + word.rawValue &* capacity
  }
}

/// What a scan asks of every contact, in one byte; the layout is that of the columns.
package enum RowMarks {
  package static let bot: UInt8 = 1 << 0
  package static let handled: UInt8 = 1 << 1
  package static let ended: UInt8 = 1 << 2
  package static let sole: UInt8 = 1 << 3
  /// By how much a basis' raw value is shifted.
  package static let basisShift: UInt8 = 4
  package static let visitor: UInt8 = 1 << 7
}
