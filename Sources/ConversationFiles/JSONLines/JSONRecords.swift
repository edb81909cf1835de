internal import Conversations

/// The objects of a JSON Lines file as records of every field, in the order of ``ImportField``: what CSV calls a row.
///
/// Rows are then read and checked as those of a CSV are, so that both say the same of the same contact. A key that an
/// object lacks says nothing, one that is `null` or empty says that there is no value.
final class JSONRecords {
  /// What a file is, by its first bytes.
  enum Form { case lines, array, none }

  /// Longest line taken, bytes: a text of a megabyte, every byte of it escaped, and all the rest.
  private static let lineLimit = LabelledFile.lineLimit
  /// Bytes of blanks at the beginning of a file after which nothing else is looked for.
  private static let blankLimit = 1 << 20
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// Unused keys that are told.
  private static let keyLimit = 100
  /// Keys whose fields are kept in mind: objects of one file mostly have the same.
  private static let knownLimit = 1_000

  private let options: ImportOptions
  private var lines: LineSource
  /// The line read last.
  private(set) var bytes: [UInt8] = []
  /// The keys of the current object, by the field's raw value.
  private var keys = [String?](repeating: nil, count: ImportField.allCases.count)
  private var fieldOfKey: [String: ImportField?] = [:]
  /// Which fields objects had, by those fields as bits.
  private var presences: [UInt32: Set<ImportField>] = [:]
  /// Keys that name no field, in the order met, each once.
  private(set) var unusedKeys: [String] = []
  private(set) var bytesConsumed = 0
  /// Fields that were said to have keys of their own and that no object has had yet.
  private var awaited: Set<ImportField>

  init(_ source: consuming ByteSource, options: ImportOptions) {
    self.options = options
    awaited = Set(options.headers.keys)
    lines = LineSource(source, limit: Self.lineLimit)
  }

  /// What a file is, by its first bytes that are not blank; nothing of it is used up.
  static func form(of source: inout ByteSource) throws(ContactFileFault) -> Form {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    var seen = 0
    while true {
      let head: ArraySlice<UInt8>
      do {
        head = try source.peek(beyond: seen)
      } catch {
        throw .csv(.io(errno: error.errno))
      }
      if let archive = ArchiveForm.allCases.first(where: { head.starts(with: $0.mark) }) {
        throw .archive(archive)
      }
      let text = head.starts(with: byteOrderMark) ? head.dropFirst(3) : head
      // A pipe may bring marks in pieces.
      let isPiece =
        byteOrderMark.starts(with: text) || ArchiveForm.allCases.contains { $0.mark.starts(with: head) }
      var rest = isPiece ? [] : text.drop(while: isBlank)
      if rest.first == UInt8(ascii: "{") { return .lines }
      let isArray = rest.popFirst() == UInt8(ascii: "[")
      if let next = rest.drop(while: isBlank).first {
        return isArray && next == UInt8(ascii: "{") ? .array : .none
      }
      // Nothing but blanks so far, or one byte before them.
      guard head.count > seen, head.count < blankLimit else { return .none }
      seen = head.count
    }
  }

  /// Whether these first bytes are those of JSON Lines.
  static func areLines(_ head: [UInt8]) -> Bool {
    var source = ByteSource(bytes: head)
    return (try? form(of: &source)) == .lines
  }

  /// The fields that the current object has.
  var present: Set<ImportField> {
    var bits: UInt32 = 0
    for field in ImportField.allCases where keys[field.rawValue] != nil {
      bits |= 1 << UInt32(field.rawValue)
    }
    if let known = presences[bits] { return known }
    if presences.count >= Self.knownLimit { presences = [:] }
    let found = Set(ImportField.allCases.filter { keys[$0.rawValue] != nil })
    presences[bits] = found
    return found
  }

  /// What the current object calls a field; `nil` when it lacks it.
  func key(of field: ImportField) -> String? { keys[field.rawValue] }

  var line: Int { lines.line }

  /// Reads the next object as a CSV record; `nil` at the end. Empty lines are passed over.
  func next() throws(ContactFileFault) -> Result<[UInt8], RowRejection>? {
    repeat {
      let next: [UInt8]?
      do {
        next = try lines.next()
      } catch {
        throw .csv(.io(errno: error.errno))
      }
      guard let next else {
        guard let field = awaited.min(by: { $0.rawValue < $1.rawValue }) else { return nil }
        throw .unknownHeader(field, options.headers[field] ?? "", found: unusedKeys)
      }
      bytes = next
      bytesConsumed += bytes.count + 1
      if lines.line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    } while bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    do throws(RowRejection) {
      return .success(try record())
    } catch {
      return .failure(error)
    }
  }

  private func record() throws(RowRejection) -> [UInt8] {
    for place in keys.indices { keys[place] = nil }
    guard bytes.count <= Self.lineLimit else { throw reject(.tooLong(limit: Self.lineLimit)) }
    let members: [(key: String, value: JSONValue)]
    do {
      members = try JSONParser.object(bytes)
    } catch {
      throw reject(.json(error))
    }
    var cells = [String](repeating: "", count: ImportField.allCases.count)
    for (key, value) in members {
      guard let field = field(of: key) else {
        note(key)
        continue
      }
      if let other = keys[field.rawValue] { throw reject(.sameMeaning(as: other), key) }
      keys[field.rawValue] = key
      awaited.remove(field)
      cells[field.rawValue] = try cell(of: value, field, key)
    }
    var record: [UInt8] = []
    for (place, cell) in cells.enumerated() {
      if place > 0 { record.append(CSVByte.comma) }
      if cell.isEmpty { continue }
      record.append(CSVByte.quote)
      for byte in cell.utf8 {
        if byte == CSVByte.quote { record.append(byte) }
        record.append(byte)
      }
      record.append(CSVByte.quote)
    }
    // A record of nothing but commas is one all the same; without any it would be blank.
    record.append(CSVByte.lineFeed)
    return record
  }

  private func field(of key: String) -> ImportField? {
    if let known = fieldOfKey[key] { return known }
    if fieldOfKey.count >= Self.knownLimit { fieldOfKey = [:] }
    let field = options.field(of: key)
    fieldOfKey[key] = .some(field)
    return field
  }

  private func cell(of value: JSONValue, _ field: ImportField, _ key: String) throws(RowRejection) -> String {
    switch value {
    case .null: return ""
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let text), .string(let text): return text
    case .array(let elements) where field == .tags || field == .importFlags:
      var names: [String] = []
      for element in elements {
        switch element {
        case .string(let name), .number(let name): names.append(name)
        default: throw reject(.notText, key)
        }
      }
      return FieldValue.cell(names)
    case .array, .object: throw reject(.notText, key)
    }
  }

  private func note(_ key: String) {
    if unusedKeys.count < Self.keyLimit, !unusedKeys.contains(key) { unusedKeys.append(key) }
  }

  private func reject(_ reason: RowRejection.Reason, _ key: String? = nil) -> RowRejection {
    var rejection = RowRejection(line: lines.line, column: key, reason: reason)
    if options.keepsSources { rejection.source = [bytes] }
    return rejection
  }
}
