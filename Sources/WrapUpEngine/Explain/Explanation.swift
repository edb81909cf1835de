public import HandlingAnalytics

/// How an answer came about: the answer itself, with what it counted and read, and the question as SQL.
public struct Explanation: Sendable {
  /// The question in SQL, or why not.
  public enum Statement: Equatable, Sendable {
    /// One statement, with its semicolon, that gives the same columns, rows and figures from the store file by itself.
    /// SQLite 3.40 with its mathematical functions runs it.
    case sql(String)
    /// There is none.
    case notOffered(Obstacle)
  }

  /// Why a question has no form in plain SQL that gives the same answer.
  public enum Obstacle: Equatable, Sendable {
    /// The ends of intervals rest on distributions that SQLite does not know.
    case intervals
    /// The answer has no columns.
    case noColumns
    /// Conditions lie deeper within one another than SQLite's parser takes.
    case nesting
    /// Which rows the limit keeps depends on the last bits of a figure, which SQLite may round otherwise.
    case roundedOrder(Measure)
    /// Which rows the limit keeps depends on the alphabet of more names than a statement should list.
    case alphabet(Dimension)
  }

  /// The answer: its ``HandlingReport/query`` as it was understood, its limits, and in its basis what was counted, left
  /// out and read.
  public let report: HandlingReport
  /// The question in SQL, or why not.
  public let statement: Statement
}
