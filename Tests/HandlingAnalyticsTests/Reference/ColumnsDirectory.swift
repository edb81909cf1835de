import MappedFiles

@testable import HandlingAnalytics

/// The bytes of a columns file, to be changed where the form of the file says, and sealed again with checksums that
/// are right: what only a lie can bring about, and no damage.
struct ColumnsDirectory {
  /// One entry of the directory by the form of the file.
  struct Entry {
    fileprivate let place: Int
    let column: UInt16
    let width: UInt8
    let bits: UInt8
    let block: UInt32
    /// Where in the file its segment lies.
    let range: Range<Int>
  }

  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var start: Int { Int(number(at: 88, UInt64.self)) }

  var entries: [Entry] {
    stride(from: start, to: bytes.count, by: 64).map { place in
      let offset = Int(number(at: place + 40, UInt64.self))
      return Entry(
        place: place, column: number(at: place, UInt16.self), width: bytes[place + 2],
        bits: bytes[place + 3],
        block: number(at: place + 4, UInt32.self),
        range: offset..<(offset + Int(number(at: place + 48, UInt64.self))))
    }
  }

  mutating func setWidth(_ width: UInt8, of entry: Entry) {
    bytes[entry.place + 2] = width
    seal()
  }

  mutating func setBits(_ bits: UInt8, of entry: Entry) {
    bytes[entry.place + 3] = bits
    seal()
  }

  mutating func setBase(_ base: Int64, of entry: Entry) {
    set(base, at: entry.place + 16)
    seal()
  }

  mutating func setRows(_ rows: UInt64, of entry: Entry) {
    set(rows, at: entry.place + 8)
    seal()
  }

  /// The segment keeps its start and gets the checksum of what is left of it.
  mutating func setLength(_ length: Int, of entry: Entry) {
    set(UInt64(length), at: entry.place + 48)
    set(Self.checksum(Array(bytes[entry.range].prefix(length))), at: entry.place + 56)
    seal()
  }

  private func number<Number: FixedWidthInteger>(at place: Int, _ type: Number.Type) -> Number {
    bytes[place..<(place + Number.bitWidth / 8)].reversed().reduce(0) {
      $0 << 8 | Number(truncatingIfNeeded: $1)
    }
  }

  private mutating func set<Number: FixedWidthInteger>(_ number: Number, at place: Int) {
    for byte in 0..<(Number.bitWidth / 8) {
      bytes[place + byte] = UInt8(truncatingIfNeeded: number >> (8 * byte))
    }
  }

  /// Writes the checksums of the directory and of the header anew.
  private mutating func seal() {
    set(Self.checksum(Array(bytes[start...])), at: 96)
    set(Self.checksum(Array(bytes[..<120])), at: 120)
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt64 { Checksum.of(bytes) }
}
