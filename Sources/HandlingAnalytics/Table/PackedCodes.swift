internal import Columnar
internal import MappedFiles

/// Codes in as few bits as most of a block's rows need, the others behind them: long-tailed durations and instants in
/// one or two bytes, ratings in half of one.
///
///     8 bits a row                        u32, in the order of their rows
///     [ 31 | 0 | all ones | 12 | … ]      [ 260,000 ]
///                    └────────────────────────┘ does not fit
///
/// The exceptions of "patched" frames of reference (Zukowski et al., *Super-Scalar RAM-CPU Cache Compression*, 2006),
/// kept apart so that rows lie where their numbers say.
enum PackedCodes {
  /// Half a byte, where the row with the even number is in the lower half, and whole ones.
  static let widths: [UInt8] = [4, 8, 16, 24]

  /// The code that stands for an exception; all smaller ones are themselves.
  private static func exception(_ bits: UInt8) -> UInt32 { (1 << UInt32(bits)) - 1 }

  private static func wholeBytes(_ count: Int, bits: UInt8) -> Int { (count * Int(bits) + 7) / 8 }

  /// The form that takes fewest bytes; `nil` where none takes fewer than `limit`. O(codes).
  static func encoded(_ codes: [UInt32], below limit: Int) -> (bits: UInt8, bytes: [UInt8])? {
    var best: (bits: UInt8, size: Int)?
    for bits in widths {
      let exception = exception(bits)
      let size = wholeBytes(codes.count, bits: bits) + 4 * codes.count { $0 >= exception }
      if size < best?.size ?? limit { best = (bits, size) }
    }
    guard let best else { return nil }
    let exception = exception(best.bits)
    var bytes = [UInt8](repeating: 0, count: wholeBytes(codes.count, bits: best.bits))
    bytes.reserveCapacity(best.size)
    for (row, code) in codes.enumerated() {
      let code = min(code, exception)
      switch best.bits {
      case 4: bytes[row / 2] |= UInt8(code) << (row % 2 == 0 ? 0 : 4)
      case 8: bytes[row] = UInt8(code)
      default:
        for place in 0..<Int(best.bits / 8) {
          bytes[row * Int(best.bits / 8) + place] = UInt8(truncatingIfNeeded: code >> UInt32(8 * place))
        }
      }
    }
    bytes.append(littleEndian: codes.filter { $0 >= exception })
    return (best.bits, bytes)
  }

  /// Whether there are as many exceptions as rows that have one. O(rows).
  static func isPlausible(_ segment: StoredSegment, rowCount: Int) -> Bool {
    guard widths.contains(segment.bits) else { return false }
    let start = wholeBytes(rowCount, bits: segment.bits)
    guard segment.byteCount >= start else { return false }
    let exception = exception(segment.bits)
    var count = 0
    eachCode(of: segment, rowCount) { count += $0 == exception ? 1 : 0 }
    return segment.byteCount == start + 4 * count
  }

  /// The codes again. O(rows).
  ///
  /// - Precondition: ``isPlausible(_:rowCount:)``.
  static func decoded(_ segment: StoredSegment, rowCount: Int) -> [UInt32] {
    var codes: [UInt32] = []
    codes.reserveCapacity(rowCount)
    eachCode(of: segment, rowCount) { codes.append($0) }
    let exception = exception(segment.bits)
    let column = segment.bytes
    // Safe: bytes are plain values.
    var reader = ByteReader(unsafe column.span.bytes, at: wholeBytes(rowCount, bits: segment.bits))
    for row in codes.indices where codes[row] == exception { codes[row] = reader.next(UInt32.self) ?? 0 }
    return codes
  }

  /// One loop for each width, which the compiler makes of this when it is inlined.
  @inline(__always)
  private static func eachCode(of segment: StoredSegment, _ rowCount: Int, _ body: (UInt32) -> Void) {
    let bytes = segment.bytes.span
    switch segment.bits {
    case 4: for row in 0..<rowCount { body(UInt32(bytes[row / 2] >> (row % 2 == 0 ? 0 : 4)) & 15) }
    case 8: for row in 0..<rowCount { body(UInt32(bytes[row])) }
    case 16: for row in 0..<rowCount { body(UInt32(bytes[2 * row]) | UInt32(bytes[2 * row + 1]) << 8) }
    default:
      for row in 0..<rowCount {
        body(
          UInt32(bytes[3 * row]) | UInt32(bytes[3 * row + 1]) << 8 | UInt32(bytes[3 * row + 2]) << 16)
      }
    }
  }
}
