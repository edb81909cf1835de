internal import Conversations

/// Instants written as whole numbers: which units a file has them in.
public struct UnixTimes: OptionSet, Sendable {
  /// One bit a unit.
  public let rawValue: UInt8

  /// Restores units from their bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Seconds since 1970: 9 or 10 digits, so from 1973 to 2286.
  public static let seconds = UnixTimes(rawValue: 1 << 0)
  /// Milliseconds since 1970: 13 digits, so from 2001 to 2286; what is below a second is cut off.
  public static let milliseconds = UnixTimes(rawValue: 1 << 1)

  /// Reads a whole number as unix seconds; `nil` for anything else, such as 201602291405.
  static func seconds(of cell: Span<UInt8>) -> (seconds: Int64, unit: UnixTimes)? {
    guard cell.count == 9 || cell.count == 10 || cell.count == 13 else { return nil }
    var number: Int64 = 0
    for place in cell.indices {
      let digit = cell[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      // Safe: 13 digits are far below 63 bits.
      number = number &* 10 &+ Int64(digit)
    }
    guard cell[0] != UInt8(ascii: "0") else { return nil }
    return cell.count == 13 ? (number / 1_000, .milliseconds) : (number, .seconds)
  }

  /// Gathers the units that one reader meets.
  final class Met {
    var units: UnixTimes = []
  }
}
