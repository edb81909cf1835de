internal import CLanes
internal import Conversations

extension ChunkParser {
  /// The values of a row on its short way; `Int64.min` and `UInt32.max` are none.
  struct PlainRow {
    var startedAt = Int64.min
    var firstMessageAt = Int64.min
    var firstReplyAt = Int64.min
    var endedAt = Int64.min
    var handling = UInt32.max
    var talk = UInt32.max
    var hold = UInt32.max
    var wrapUp = UInt32.max
    var channel: Int32 = -1
    var category: Int32 = -1
    var agent: Int32 = -1
    var group: Int32 = -1
    var rating: UInt32 = 0
    var networkQuality: UInt32 = 0
    var productQuality: UInt32 = 0
    var isBot = false
    /// Texts by their addresses, 0 bytes long for none.
    var contactID = Text()
    var visitor = Text()
    var note = Text()
    /// Raw values, -1 for none.
    var endReason = -1
    var closing = -1
    var state = -1
    var idLength = 0

    /// Where a text stands in the chunk.
    struct Text {
      var place: UInt32 = 0
      var length: UInt32 = 0
    }
  }

  /// Reads the row at `place` if all its cells are plain, and returns where the next begins; 0 if it needs the
  /// exact reader, and then nothing has changed.
  ///
  /// - Precondition: a line feed follows, and behind it the padding of a chunk.
  @unsafe @inline(never)
  mutating func plainRow(_ bytes: UnsafeRawPointer, _ place: Int) -> Int {
    var row = PlainRow()
    var at = unsafe bytes + place
    beginTags()
    let last = columnCount &- 1
    var column = 0
    while true {
      let cell = unsafe cells[column]
      var end: UnsafeRawPointer
      switch cell {
      case .startedAt, .firstMessageAt, .firstReplyAt, .endedAt:
        let first = unsafe at.load(as: UInt8.self)
        if first < UInt8(ascii: "0") || first > UInt8(ascii: "9") {
          unsafe end = at
          // Empty, or something that the search for the cell's end below will stumble on.
        } else {
          let seconds = unsafe instants.read(at)
          if seconds == PlainInstants.other { return 0 }
          unsafe end = at + 20
          switch cell {
          case .startedAt: row.startedAt = seconds
          case .firstMessageAt: row.firstMessageAt = seconds
          case .firstReplyAt: row.firstReplyAt = seconds
          default: row.endedAt = seconds
          }
        }
      default:
        unsafe end = cellEnd(at)
        var length = unsafe end - at
        if column == last, length > 0, unsafe (end - 1).load(as: UInt8.self) == CSVByte.carriageReturn {
          unsafe end -= 1
          length &-= 1
        }
        if length > 0 {
          // Here rather than in a function of its own: a second choice by the same cell costs a tenth of all reading.
          let isPlain: Bool
          switch cell {
          case .id: isPlain = unsafe readID(at, length, &row)
          case .channel: isPlain = unsafe Self.readName(at, length, &channels, &row.channel)
          case .category: isPlain = unsafe Self.readName(at, length, &categories, &row.category)
          case .agent: isPlain = unsafe Self.readName(at, length, &agents, &row.agent)
          case .group: isPlain = unsafe Self.readName(at, length, &groups, &row.group)
          case .tags: isPlain = unsafe readTags(at, length)
          case .handling: isPlain = unsafe seconds(at, length, &row.handling)
          case .satisfaction: isPlain = unsafe score(at, length, &row.rating)
          default:
            isPlain = unsafe readRare(cell, at, length, &row)
            if cell == .text || cell == .visitor || cell == .longText {
              unsafe note(cell, at: at - bytes, length, &row)
            }
          }
          guard isPlain else { return 0 }
        } else if cell == .id {
          return 0
        }
      }
      var stop = unsafe end.load(as: UInt8.self)
      if column == last {
        if stop == CSVByte.carriageReturn {
          unsafe end += 1
          stop = unsafe end.load(as: UInt8.self)
        }
        guard stop == CSVByte.lineFeed, finish(&row, place) else { return 0 }
        return unsafe end - bytes + 1
      }
      guard stop == delimiter else { return 0 }
      unsafe at = end + 1
      column &+= 1
    }
  }

  /// The delimiter or line feed that ends the cell at `place`.
  @unsafe @inline(__always)
  private func cellEnd(_ place: UnsafeRawPointer) -> UnsafeRawPointer {
    var at = unsafe place
    while true {
      // Sixteen bytes at a time: that a cell has less is true nearly always.
      let marks = unsafe wrapup_find_either(at, delimiter, CSVByte.lineFeed)
      if marks != 0 { return unsafe at + marks.trailingZeroBitCount }
      unsafe at += 16
    }
  }

  /// Reads one of the cells that few files have, not empty; false when it needs the exact reader.
  @unsafe @inline(__always)
  private func readRare(_ cell: Cell, _ at: UnsafeRawPointer, _ length: Int, _ row: inout PlainRow)
    -> Bool
  {
    switch cell {
    case .talk: return unsafe seconds(at, length, &row.talk)
    case .hold: return unsafe seconds(at, length, &row.hold)
    case .wrapUp: return unsafe seconds(at, length, &row.wrapUp)
    case .networkQuality: return unsafe score(at, length, &row.networkQuality)
    case .productQuality: return unsafe score(at, length, &row.productQuality)
    default: return unsafe readOther(cell, at, length, &row)
    }
  }

  @unsafe @inline(never)
  private func readOther(_ cell: Cell, _ at: UnsafeRawPointer, _ length: Int, _ row: inout PlainRow) -> Bool {
    switch cell {
    case .text, .visitor: return unsafe length <= Bounds.idBytes && isPlainText(at, length)
    case .longText: return unsafe length <= Bounds.noteCharacters && isPlainText(at, length)
    case .bot:
      let text = unsafe at.load(as: UInt8.self)
      row.isBot = text == UInt8(ascii: "1")
      return length == 1 && (row.isBot || text == UInt8(ascii: "0"))
    case .endReason:
      row.endReason = unsafe word(at, length, EndReason.allCases.map(\.name))
      return row.endReason >= 0
    case .closing:
      row.closing = unsafe word(at, length, Closing.allCases.map(\.name))
      return row.closing >= 0
    case .state:
      row.state = unsafe word(at, length, ["open", "closed", "ended"])
      return row.state >= 0
    case .exact: return false
    default: return unsafe length <= CSVLimits.standard.field && isPlainText(at, length)
    }
  }

  /// Notes where a text stands.
  @inline(never)
  private func note(_ cell: Cell, at place: Int, _ length: Int, _ row: inout PlainRow) {
    let text = PlainRow.Text(
      place: UInt32(truncatingIfNeeded: place), length: UInt32(truncatingIfNeeded: length))
    switch cell {
    case .text: row.contactID = text
    case .visitor: row.visitor = text
    default: row.note = text
    }
  }

  @unsafe @inline(__always)
  private mutating func readID(_ at: UnsafeRawPointer, _ length: Int, _ row: inout PlainRow) -> Bool {
    guard length > 0, length <= idBytes else { return false }
    var suspects: UInt64 = 0
    let target = unsafe out.idWords + idWordCount
    var word = 0
    var offset = 0
    while offset &+ 8 <= length {
      let text = unsafe PlainCell.word(at + offset)
      suspects |= ByteWord.suspects(text)
      unsafe target[word] = text
      word &+= 1
      offset &+= 8
    }
    if offset < length {
      let mask = (1 as UInt64) &<< UInt64(8 &* (length &- offset)) &- 1
      let text = unsafe PlainCell.word(at + offset)
      suspects |= ByteWord.suspects(text | ~mask & ByteWord.eight(UInt8(ascii: "x")))
      unsafe target[word] = text & mask
    }
    let first = unsafe at.load(as: UInt8.self)
    let last = unsafe at.load(fromByteOffset: length &- 1, as: UInt8.self)
    row.idLength = length
    return suspects & ByteWord.highBits == 0 && first > CSVByte.quote && last > CSVByte.space
  }

  @unsafe @inline(__always)
  private static func readName(
    _ at: UnsafeRawPointer, _ length: Int, _ names: inout CellNames, _ number: inout Int32
  ) -> Bool {
    number = unsafe names.number(at, length: length)
    return number >= 0
  }

  @unsafe @inline(never)
  private mutating func readTags(_ at: UnsafeRawPointer, _ length: Int) -> Bool {
    guard length <= 1024 else { return false }
    var start = 0
    var offset = 0
    while offset < length {
      let word = unsafe PlainCell.word(at + offset)
      var marks =
        ByteWord.zeros(word ^ ByteWord.eight(CSVByte.semicolon))
        | ByteWord.zeros(word ^ ByteWord.eight(UInt8(ascii: "\\")))
      marks &= ByteWord.first(length &- offset)
      while marks != 0 {
        let place = offset &+ marks.trailingZeroBitCount / 8
        marks &= marks &- 1
        guard unsafe at.load(fromByteOffset: place, as: UInt8.self) == CSVByte.semicolon,
          unsafe readTag(at, start, place)
        else { return false }
        start = place &+ 1
      }
      offset &+= 8
    }
    return unsafe readTag(at, start, length)
  }

  /// Reads one name of a list; blanks before it do not belong to it.
  @unsafe @inline(__always)
  private mutating func readTag(_ at: UnsafeRawPointer, _ start: Int, _ end: Int) -> Bool {
    var start = start
    while start < end, unsafe at.load(fromByteOffset: start, as: UInt8.self) == CSVByte.space { start &+= 1 }
    guard start < end, rowTextCount < Self.tagRoom else { return false }
    let text = unsafe tags.number(at + start, length: end &- start)
    guard text >= 0 else { return false }
    addTag(text)
    return true
  }

  @unsafe @inline(__always)
  private func seconds(_ at: UnsafeRawPointer, _ length: Int, _ seconds: inout UInt32) -> Bool {
    guard length <= 8 else { return false }
    let number = unsafe PlainCell.number(at, length: length)
    // What has another form is above every limit, too.
    guard number <= maxDuration, number != PlainCell.other else { return false }
    seconds = UInt32(truncatingIfNeeded: number)
    return true
  }

  @unsafe @inline(__always)
  private func score(_ at: UnsafeRawPointer, _ length: Int, _ score: inout UInt32) -> Bool {
    score = UInt32(unsafe at.load(as: UInt8.self)) &- UInt32(UInt8(ascii: "0"))
    return length == 1 && score &- 1 < 5
  }

  /// Whether a text is ASCII without NUL, and has neither blanks around it nor a quote in front.
  @unsafe
  private func isPlainText(_ at: UnsafeRawPointer, _ length: Int) -> Bool {
    var suspects: UInt64 = 0
    var offset = 0
    while offset < length {
      // Bytes behind the text may give a false alarm, never hide one.
      suspects |= unsafe ByteWord.suspects(PlainCell.word(at + offset))
      offset &+= 8
    }
    let first = unsafe at.load(as: UInt8.self)
    let last = unsafe at.load(fromByteOffset: length &- 1, as: UInt8.self)
    return suspects & ByteWord.highBits == 0 && first > CSVByte.quote && last > CSVByte.space
  }

  /// The place of a text among words; -1 when it is none of them.
  @unsafe
  private func word(_ at: UnsafeRawPointer, _ length: Int, _ words: [String]) -> Int {
    words.firstIndex { word in
      unsafe word.utf8.elementsEqual(UnsafeRawBufferPointer(start: at, count: length))
    } ?? -1
  }
}
