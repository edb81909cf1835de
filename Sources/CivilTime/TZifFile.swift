/// What a TZif file says (RFC 9636, versions 1 to 4), checked and without its abbreviations.
///
/// Version 1 has one block with 32-bit times. Later versions repeat it with 64-bit times, which are the ones
/// read here, and end with a rule for the time after the last transition.
struct TZifFile {
  /// Holds before the first transition: type 0 (section 3.2).
  let initialOffset: Int32
  /// Strictly ascending; offsets in seconds east of UTC.
  let transitions: [(start: Int64, offset: Int32)]
  /// Gives the changes after the last transition, or all of them when there is none.
  let footer: FooterRule?

  /// Decodes a whole file; `unreadableFile` for any departure from the format, and for leap seconds, with
  /// which the file's times would not be unix seconds. O(bytes).
  init(_ bytes: Span<UInt8>) throws(TimeZoneRules.Fault) {
    let first = try Block(bytes, at: 0, timeSize: 4)
    guard first.version != 0 else {
      (initialOffset, transitions) = try first.decode(bytes)
      footer = nil
      return
    }
    let block = try Block(bytes, at: first.end, timeSize: 8)
    (initialOffset, transitions) = try block.decode(bytes)
    footer = try Self.footer(bytes, at: block.end)
  }

  /// The rule between two newlines; nothing between them is no rule.
  private static func footer(
    _ bytes: Span<UInt8>, at start: Int
  ) throws(TimeZoneRules.Fault) -> FooterRule? {
    let newline = UInt8(ascii: "\n")
    guard start < bytes.count, bytes[start] == newline else { throw .unreadableFile }
    var end = start + 1
    while end < bytes.count, bytes[end] != newline { end += 1 }
    guard end < bytes.count else { throw .unreadableFile }
    return end == start + 1 ? nil : try FooterRule(bytes.extracting(start + 1..<end))
  }
}

extension TZifFile {
  /// The header of a data block (section 3.1) and where its parts lie (section 3.2).
  private struct Block {
    let version: UInt8
    let end: Int
    private let timeSize: Int
    private let timeCount: Int
    private let typeCount: Int
    private let abbreviationBytes: Int
    private let leapCount: Int
    private let times: Int

    private static let headerSize = 44
    private static let typeSize = 6

    init(_ bytes: Span<UInt8>, at start: Int, timeSize: Int) throws(TimeZoneRules.Fault) {
      guard bytes.count - start >= Self.headerSize,
        bytes[start] == UInt8(ascii: "T"), bytes[start + 1] == UInt8(ascii: "Z"),
        bytes[start + 2] == UInt8(ascii: "i"), bytes[start + 3] == UInt8(ascii: "f")
      else { throw .unreadableFile }
      version = bytes[start + 4]
      guard version == 0 || version >= UInt8(ascii: "2") else { throw .unreadableFile }

      // Six counts of 32 bits: times of at most 12 bytes, so no sum below can overflow.
      func count(_ index: Int) -> Int {
        Int(UInt32(truncatingIfNeeded: bigEndian(bytes, at: start + 20 + 4 * index, size: 4)))
      }
      let utcCount = count(0)
      let standardCount = count(1)
      leapCount = count(2)
      timeCount = count(3)
      typeCount = count(4)
      abbreviationBytes = count(5)
      guard 1...256 ~= typeCount, abbreviationBytes > 0,
        utcCount == 0 || utcCount == typeCount, standardCount == 0 || standardCount == typeCount
      else { throw .unreadableFile }
      self.timeSize = timeSize
      times = start + Self.headerSize
      end =
        times + timeCount * (timeSize + 1) + typeCount * Self.typeSize + abbreviationBytes
        + leapCount * (timeSize + 4) + standardCount + utcCount
      guard end <= bytes.count else { throw .unreadableFile }
    }

    func decode(
      _ bytes: Span<UInt8>
    ) throws(TimeZoneRules.Fault) -> (initial: Int32, transitions: [(start: Int64, offset: Int32)]) {
      guard leapCount == 0 else { throw .unreadableFile }
      let typeIndices = times + timeCount * timeSize
      let types = typeIndices + timeCount
      var offsets: [Int32] = []
      for type in 0..<typeCount {
        let entry = types + type * Self.typeSize
        let offset = bigEndian(bytes, at: entry, size: 4)
        // The format's own limits: more than -25 h, less than 26 h.
        guard -89_999...93_599 ~= offset, bytes[entry + 4] <= 1, Int(bytes[entry + 5]) < abbreviationBytes
        else {
          throw .unreadableFile
        }
        offsets.append(Int32(offset))
      }
      var transitions: [(start: Int64, offset: Int32)] = []
      transitions.reserveCapacity(timeCount)
      for index in 0..<timeCount {
        let time = bigEndian(bytes, at: times + index * timeSize, size: timeSize)
        let type = Int(bytes[typeIndices + index])
        // No file reaches back beyond the Big Bang, 2^59 s; it leaves room for arithmetic at both ends.
        guard -(1 << 59)...(1 << 59) ~= time, type < typeCount,
          transitions.last.map({ $0.start < time }) ?? true
        else { throw .unreadableFile }
        transitions.append((time, offsets[type]))
      }
      return (offsets[0], transitions)
    }
  }

  /// A signed number of `size` bytes.
  private static func bigEndian(_ bytes: Span<UInt8>, at index: Int, size: Int) -> Int64 {
    var value: Int64 = bytes[index] >= 0x80 ? -1 : 0
    for offset in 0..<size { value = value << 8 | Int64(bytes[index + offset]) }
    return value
  }
}
