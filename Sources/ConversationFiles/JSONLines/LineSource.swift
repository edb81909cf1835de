/// The lines of a file, without their line ends, in memory bounded by the longest.
package struct LineSource: ~Copyable {
  /// Longest line that is given whole, bytes.
  private let limit: Int
  private var source: ByteSource
  private var buffer = [UInt8](repeating: 0, count: ByteSource.readSize)
  private var start = 0
  private var end = 0
  /// The 1-based number of the line given last.
  package private(set) var line = 0

  /// Nothing is read yet.
  package init(_ source: consuming ByteSource, limit: Int) {
    self.source = source
    self.limit = limit
  }

  /// The next line; `nil` at the end. Of a longer line, `limit` + 1 bytes are given, which tells that it is too long.
  package mutating func next() throws(ByteSourceFault) -> [UInt8]? {
    var bytes: [UInt8] = []
    var hasBytes = false
    while true {
      if start == end {
        end = try source.read(into: &buffer, at: 0..<buffer.count)
        start = 0
        if end == 0 {
          if hasBytes { line += 1 }
          return hasBytes ? Self.chomped(bytes) : nil
        }
      }
      hasBytes = true
      let feed = buffer[start..<end].firstIndex(of: 0x0A)
      bytes.append(contentsOf: buffer[start..<(feed ?? end)].prefix(max(0, limit + 1 - bytes.count)))
      start = feed.map { $0 + 1 } ?? end
      if feed != nil {
        line += 1
        return Self.chomped(bytes)
      }
    }
  }

  private static func chomped(_ line: [UInt8]) -> [UInt8] {
    line.last == 0x0D ? line.dropLast() : line
  }
}
