public import HandlingAnalytics

/// Why a report can't be drawn.
public enum ChartFault: Error, Equatable, Sendable {
  /// Grouped by more dimensions than a picture has.
  case dimensions(count: Int, limit: Int)
  /// Not grouped at all, and without a histogram: one figure is no picture.
  case noDimension
  /// Nothing was counted, or nothing has a value.
  case noRows
  /// More rows than anybody can look at.
  case rows(count: Int, limit: Int)
  /// The second dimension has more values than fit side by side.
  case columns(Dimension, count: Int, limit: Int)
  /// The measure to be drawn is not among the report's.
  case notInAnswer(Measure)
}
