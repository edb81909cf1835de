internal import Glibc

/// The clock of a transaction that is one of many: short enough for others not to notice, with a pause behind it.
struct ShortTransaction {
  /// When it is to end, its commit apart.
  static let duration = Duration.milliseconds(50)
  /// Others look every millisecond whether they can write.
  private static let pauseMicroseconds: UInt32 = 2_500

  private let start = ContinuousClock.now

  /// Whether it is to end.
  var isDue: Bool { start.duration(to: .now) >= Self.duration }

  /// Lets others write, between two of them.
  static func letOthersIn() { usleep(pauseMicroseconds) }
}
