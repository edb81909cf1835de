internal import CivilTime
internal import Conversations

/// Reads closed conversations with their texts and tags from JSON Lines: an object a line, its keys those of an import's
/// headers, besides `text` and `split`.
package struct LabelledFile: ~Copyable {
  /// One conversation.
  package struct Row: Equatable, Sendable {
    package var line = 0
    package var category: String?
    package var channel: String?
    package var agent: String?
    package var text = ""
    /// In the order written, each once.
    package var tags: [String] = []
    /// Unix seconds: its end, else its start.
    package var instant: Int64?
    /// Whether `split` says `test` rather than `train`; `nil` without the key.
    package var isTest: Bool?
  }

  /// Longest line taken, bytes: a text of a megabyte, every byte of it escaped.
  static let lineLimit = 8 << 20

  private var lines: LineSource

  /// Nothing is read yet.
  package init(_ source: consuming ByteSource) {
    lines = LineSource(source, limit: Self.lineLimit)
  }

  /// The next row, or why its line is refused; `nil` at the end. Empty lines are passed over.
  package mutating func next() throws(ContactFileFault) -> Result<Row, RowRejection>? {
    while true {
      let bytes: [UInt8]?
      do {
        bytes = try lines.next()
      } catch {
        throw .csv(.io(errno: error.errno))
      }
      guard var line = bytes else { return nil }
      if lines.line == 1 {
        if line.starts(with: [0xFF, 0xFE]) || line.starts(with: [0xFE, 0xFF]) { throw .csv(.utf16) }
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
      }
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      do throws(RowRejection) {
        return .success(try row(line))
      } catch {
        return .failure(error)
      }
    }
  }

  private func row(_ bytes: [UInt8]) throws(RowRejection) -> Row {
    guard bytes.count <= Self.lineLimit else { throw reject(.tooLong(limit: Self.lineLimit)) }
    let members: [(key: String, value: JSONValue)]
    do {
      members = try JSONParser.object(bytes)
    } catch {
      throw reject(.json(error))
    }
    var row = Row(line: lines.line)
    var (started, ended): (Int64?, Int64?)
    for (key, value) in members {
      switch key {
      case "text":
        row.text = try text(key, value, limit: Bounds.textBytes) ?? ""
      case "split":
        guard let word = try text(key, value, limit: Bounds.idBytes) else { continue }
        guard word == "train" || word == "test" else {
          throw reject(.unknownWord(expected: ["train", "test"]), key, word)
        }
        row.isTest = word == "test"
      default:
        switch ImportField(header: key) {
        case .category: row.category = try name(key, value)
        case .channel: row.channel = try name(key, value)
        case .agent: row.agent = try name(key, value)
        case .tags: row.tags = try tags(key, value)
        case .startedAt: started = try instant(key, value)
        case .endedAt: ended = try instant(key, value)
        default: continue
        }
      }
    }
    row.instant = ended ?? started
    return row
  }

  private func text(_ key: String, _ value: JSONValue, limit: Int) throws(RowRejection) -> String? {
    switch value {
    case .null: return nil
    case .string(let text):
      guard text.utf8.count <= limit else { throw reject(.tooLong(limit: limit), key) }
      return text
    default: throw reject(.notText, key)
    }
  }

  private func name(_ key: String, _ value: JSONValue) throws(RowRejection) -> String? {
    guard let text = try text(key, value, limit: Bounds.idBytes) else { return nil }
    guard !text.utf8.contains(0) else { throw reject(.nulByte, key) }
    let name = text.trimmed
    return name.isEmpty ? nil : name
  }

  /// A list of names, or one text with `;` between them as in a CSV cell.
  private func tags(_ key: String, _ value: JSONValue) throws(RowRejection) -> [String] {
    var names: [String] = []
    // Refused at once: looking for each of a million names among the others would take hours.
    func add(_ name: String?) throws(RowRejection) {
      guard let name, !names.contains(name) else { return }
      guard names.count < Bounds.tagsOfConversation else {
        throw reject(.tooManyTags(limit: Bounds.tagsOfConversation), key)
      }
      names.append(name)
    }
    switch value {
    case .array(let elements): for element in elements { try add(try name(key, element)) }
    case .string(let cell):
      guard cell.utf8.count <= TagCells.cellLimit else {
        throw reject(.tooLong(limit: TagCells.cellLimit), key)
      }
      for bytes in TagCells.split(Array(cell.utf8).span) {
        try add(try name(key, .string(String(decoding: bytes, as: UTF8.self))))
      }
    default: try add(try name(key, value))
    }
    return names
  }

  private func instant(_ key: String, _ value: JSONValue) throws(RowRejection) -> Int64? {
    guard let text = try text(key, value, limit: Bounds.idBytes), !text.isEmpty else { return nil }
    let parsed: ISO8601.ParsedInstant
    do throws(ISO8601.Fault) {
      parsed = try ISO8601.parse(text.utf8.span)
    } catch {
      throw reject(error == .outOfRange ? .instantOutOfRange : .unreadableInstant, key, text)
    }
    guard case .instant(let instant) = parsed else { throw reject(.noZone, key, text) }
    return instant.seconds
  }

  private func reject(_ reason: RowRejection.Reason, _ key: String? = nil, _ value: String? = nil)
    -> RowRejection
  {
    RowRejection(line: lines.line, column: key, value: value, reason: reason)
  }
}
