internal import Glibc

/// Finds where records end without taking them apart. A quote counts only where it opens a field: behind a delimiter or
/// at the front of a record; inside one, a doubled quote is content.
@safe
struct RecordEnds {
  // Safe: `bytes` addresses `count` bytes for as long as this value is used, which the caller sees to.
  private let bytes: UnsafeRawPointer
  private let count: Int
  private let delimiter: UInt8

  /// - Precondition: `bytes` addresses `count` bytes that stay.
  @unsafe
  init(_ bytes: UnsafeRawPointer, count: Int, delimiter: UInt8) {
    unsafe self.bytes = unsafe bytes
    self.count = count
    self.delimiter = delimiter
  }

  /// The place behind the last line feed that ends a record, when a record begins at the front; 0 if there is none.
  func last() -> Int {
    var end = 0
    var place = 0
    while let quote = find(CSVByte.quote, from: place) {
      // Between quoted fields every line feed ends a record.
      if let lineFeed = findLast(CSVByte.lineFeed, in: place..<quote) { end = lineFeed + 1 }
      guard opens(quote, record: 0) else {
        place = quote + 1
        continue
      }
      guard let close = closing(quote) else { return end }
      place = close + 1
    }
    if let lineFeed = findLast(CSVByte.lineFeed, in: place..<count) { end = lineFeed + 1 }
    return end
  }

  /// The place behind the line feed that ends the record beginning at `start`; the end of the bytes if none does.
  func end(from start: Int) -> Int {
    var place = start
    while place < count {
      guard let lineFeed = find(CSVByte.lineFeed, from: place) else { return count }
      guard let quote = find(CSVByte.quote, from: place, to: lineFeed) else { return lineFeed + 1 }
      guard opens(quote, record: start) else {
        place = quote + 1
        continue
      }
      guard let close = closing(quote) else { return count }
      place = close + 1
    }
    return count
  }

  /// Whether a quote outside quotes opens a field.
  private func opens(_ quote: Int, record start: Int) -> Bool {
    guard quote > start else { return true }
    let before = byte(quote - 1)
    return before == delimiter || before == CSVByte.lineFeed
  }

  /// The quote that closes the field opened at `quote`.
  private func closing(_ quote: Int) -> Int? {
    var place = quote + 1
    while let next = find(CSVByte.quote, from: place) {
      guard next + 1 < count, byte(next + 1) == CSVByte.quote else { return next }
      place = next + 2
    }
    return nil
  }

  private func byte(_ place: Int) -> UInt8 {
    // Safe: only asked of places below `count`.
    unsafe bytes.load(fromByteOffset: place, as: UInt8.self)
  }

  private func find(_ byte: UInt8, from start: Int, to end: Int? = nil) -> Int? {
    let end = end ?? count
    guard start < end else { return nil }
    // Safe: the range lies within the bytes.
    guard let found = unsafe memchr(bytes + start, Int32(byte), end - start) else { return nil }
    return unsafe UnsafeRawPointer(found) - bytes
  }

  private func findLast(_ byte: UInt8, in range: Range<Int>) -> Int? {
    var place = range.upperBound
    while place > range.lowerBound {
      place -= 1
      if self.byte(place) == byte { return place }
    }
    return nil
  }
}
