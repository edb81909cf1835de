/// Parses one line of JSON as RFC 8259 has it, without recursion limits to run into and without Foundation.
///
/// A lone surrogate escape stands for no character and becomes U+FFFD, as in every decoder that replaces rather than
/// refuses. Keys must be different. Depth is bounded, so that no line exhausts the stack.
package struct JSONParser: ~Copyable {
  /// Objects and arrays that may lie in each other.
  static let depthLimit = 64

  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  /// The object that a line is.
  package static func object(_ line: [UInt8]) throws(JSONFault) -> [(key: String, value: JSONValue)] {
    var parser = JSONParser(bytes: line)
    parser.skipSpace()
    guard parser.peek == 0x7B else { throw parser.fault(.expected(.object)) }
    let value = try parser.value()
    parser.skipSpace()
    guard parser.peek == nil else { throw parser.fault(.textAfterEnd) }
    guard case .object(let members) = value else { throw parser.fault(.expected(.object)) }
    return members
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private func fault(_ reason: JSONFault.Reason) -> JSONFault { JSONFault(reason: reason, column: at + 1) }

  private func unexpected(_ expectation: JSONFault.Expectation) -> JSONFault {
    fault(at < bytes.count ? .expected(expectation) : .unfinished)
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
  }

  private mutating func value() throws(JSONFault) -> JSONValue {
    skipSpace()
    switch peek {
    case 0x7B: return try nested { parser throws(JSONFault) in .object(try parser.members()) }
    case 0x5B: return try nested { parser throws(JSONFault) in .array(try parser.elements()) }
    case 0x22: return .string(try string())
    case 0x74: return try word("true", .bool(true))
    case 0x66: return try word("false", .bool(false))
    case 0x6E: return try word("null", .null)
    case let byte? where byte == 0x2D || byte &- 0x30 < 10: return try number()
    default: throw unexpected(.value)
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(JSONFault) -> JSONValue
  ) throws(JSONFault) -> JSONValue {
    guard depth < Self.depthLimit else { throw fault(.tooDeep(limit: Self.depthLimit)) }
    depth += 1
    defer { depth -= 1 }
    at += 1
    return try body(&self)
  }

  private mutating func members() throws(JSONFault) -> [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = []
    var keys: Set<String> = []
    skipSpace()
    if peek == 0x7D {
      at += 1
      return members
    }
    while true {
      skipSpace()
      guard peek == 0x22 else { throw unexpected(.key) }
      let start = at
      let key = try string()
      guard keys.insert(key).inserted else { throw JSONFault(reason: .repeatedKey, column: start + 1) }
      skipSpace()
      guard peek == 0x3A else { throw unexpected(.colon) }
      at += 1
      members.append((key, try value()))
      if try isLast(0x7D) { return members }
    }
  }

  private mutating func elements() throws(JSONFault) -> [JSONValue] {
    var elements: [JSONValue] = []
    skipSpace()
    if peek == 0x5D {
      at += 1
      return elements
    }
    while true {
      elements.append(try value())
      if try isLast(0x5D) { return elements }
    }
  }

  /// Passes a comma, or the end of what is being read.
  private mutating func isLast(_ end: UInt8) throws(JSONFault) -> Bool {
    skipSpace()
    guard let byte = peek, byte == 0x2C || byte == end else { throw unexpected(.commaOrEnd) }
    at += 1
    return byte == end
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
    let text = Array(word.description.utf8)
    guard bytes[at...].starts(with: text) else {
      throw bytes.count - at < text.count && text.starts(with: bytes[at...])
        ? fault(.unfinished) : fault(.expected(.value))
    }
    at += text.count
    return value
  }

  private mutating func number() throws(JSONFault) -> JSONValue {
    let start = at
    if peek == 0x2D { at += 1 }
    let isZero = peek == 0x30
    let whole = try digits()
    if isZero, whole > 1 { throw JSONFault(reason: .expected(.value), column: start + 1) }
    if peek == 0x2E {
      at += 1
      _ = try digits()
    }
    if peek == 0x65 || peek == 0x45 {
      at += 1
      if peek == 0x2B || peek == 0x2D { at += 1 }
      _ = try digits()
    }
    return .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  private mutating func digits() throws(JSONFault) -> Int {
    let start = at
    while let byte = peek, byte &- 0x30 < 10 { at += 1 }
    guard at > start else { throw unexpected(.value) }
    return at - start
  }

  private mutating func string() throws(JSONFault) -> String {
    at += 1
    var text: [UInt8] = []
    var start = at
    while true {
      guard let byte = peek else { throw fault(.unfinished) }
      if byte == 0x22 { break }
      guard byte >= 0x20 else { throw fault(.controlCharacter) }
      if byte == 0x5C {
        text += bytes[start..<at]
        text += try escape()
        start = at
      } else {
        at += 1
      }
    }
    text += bytes[start..<at]
    guard let string = String(validating: text, as: UTF8.self) else {
      throw JSONFault(reason: .invalidUTF8, column: start + 1)
    }
    at += 1
    return string
  }

  /// What an escape stands for, in UTF-8.
  private mutating func escape() throws(JSONFault) -> [UInt8] {
    at += 1
    guard let byte = peek else { throw fault(.unfinished) }
    at += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: return [byte]
    case 0x62: return [0x08]
    case 0x66: return [0x0C]
    case 0x6E: return [0x0A]
    case 0x72: return [0x0D]
    case 0x74: return [0x09]
    case 0x75: break
    default:
      at -= 1
      throw fault(.unknownEscape)
    }
    var scalar = try fourDigits()
    if scalar & 0xFC00 == 0xD800, at + 1 < bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 {
      let before = at
      at += 2
      let low = try fourDigits()
      if low & 0xFC00 == 0xDC00 {
        scalar = 0x1_0000 + (scalar & 0x3FF) << 10 + low & 0x3FF
      } else {
        at = before
      }
    }
    return Array(String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
  }

  private mutating func fourDigits() throws(JSONFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek else { throw fault(.unfinished) }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw fault(.unknownEscape) }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }
}
