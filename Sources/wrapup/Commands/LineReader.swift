internal import Glibc
internal import WrapUpEngine

/// Standard input line by line, in bounded memory.
struct LineReader {
  private let limit: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// - Parameter limit: of a longer line, only limit + 1 bytes are given, which tells that it is too long.
  init(limit: Int) {
    self.limit = limit
  }

  /// The next line without its line end; `nil` at the end of the input.
  mutating func next() throws -> [UInt8]? {
    var line: [UInt8] = []
    var hasBytes = false
    while true {
      if start == buffer.count, try !fill() { return hasBytes ? Self.chomped(line) : nil }
      hasBytes = true
      let end = buffer[start...].firstIndex(of: 0x0A)
      let piece = buffer[start..<(end ?? buffer.count)]
      line.append(contentsOf: piece.prefix(max(0, limit + 1 - line.count)))
      start = end.map { $0 + 1 } ?? buffer.count
      if end != nil { return Self.chomped(line) }
    }
  }

  private static func chomped(_ line: [UInt8]) -> [UInt8] {
    line.last == 0x0D ? line.dropLast() : line
  }

  private mutating func fill() throws -> Bool {
    guard !isAtEnd else { return false }
    buffer = [UInt8](repeating: 0, count: 65_536)
    start = 0
    while true {
      let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw WrapUpError.input(path: "-", .unreadable(errno: errno)) }
      buffer.removeLast(buffer.count - count)
      isAtEnd = count == 0
      return count > 0
    }
  }
}
