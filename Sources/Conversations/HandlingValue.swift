/// Where a handling value came from.
public enum HandlingBasis: Int, Sendable, CaseIterable {
  /// There is no value.
  case none = 0
  /// The source gave the seconds.
  case given = 1
  /// Talk + hold + wrap-up.
  case parts = 2
  /// End minus start of the contact, taken only when asked for: an elapsed time, not a handling time.
  case derived = 3
}

/// The handling time of one contact in whole seconds, with its basis.
package struct HandlingValue: Equatable, Sendable {
  /// Whole seconds; `nil` when the value is missing.
  package let seconds: UInt32?
  /// Where it came from.
  package let basis: HandlingBasis

  /// No value.
  package static let missing = HandlingValue(seconds: nil, basis: .none)

  /// Restores a stored value.
  package init(seconds: UInt32?, basis: HandlingBasis) {
    self.seconds = seconds
    self.basis = seconds == nil ? .none : basis
  }

  /// One part of a handling time as a source has it.
  package enum Part: Equatable, Sendable {
    /// The source has no such column: it counts 0.
    case absentColumn
    /// The column is there, the cell empty: the sum is missing.
    case empty
    case seconds(UInt32)
  }

  /// The given seconds; else the sum of the parts, at least one of which has a column; else, where `elapsed` is
  /// offered, that; else missing.
  package init(given: UInt32?, parts: [Part], elapsed: UInt32?) {
    if let given {
      self.init(seconds: given, basis: .given)
    } else if let sum = Self.sum(parts) {
      self.init(seconds: sum, basis: .parts)
    } else {
      self.init(seconds: elapsed, basis: .derived)
    }
  }

  /// The sum of the parts; `nil` when there is no part, a cell is empty, or the sum has no room in a column.
  package static func sum(_ parts: [Part]) -> UInt32? {
    guard parts.contains(where: { $0 != .absentColumn }), !parts.contains(.empty) else { return nil }
    var sum: UInt64 = 0
    for case .seconds(let seconds) in parts { sum += UInt64(seconds) }
    return sum < UInt64(UInt32.max) ? UInt32(sum) : nil
  }
}
