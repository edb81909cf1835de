/// How well the lists that close dialogs have shown were taken up.
public struct AcceptanceReport: Equatable, Sendable {
  /// What a row of the answer stands for.
  public enum Dimension: String, CaseIterable, Sendable {
    /// The category that was known when the list was ranked.
    case category
    /// A tag, chosen or shown.
    case tag
    /// The month of the close, in the store's zone.
    case month
  }

  /// One row of the answer.
  public struct Row: Equatable, Sendable {
    /// The category's or tag's name, or the month; `nil` for a missing one and for all.
    public internal(set) var name: String?
    /// Closes whose dialog has shown a list (that shows the tag, or whose tags have it).
    public internal(set) var closes = 0
    /// Tags chosen with such a list in sight.
    public internal(set) var chosen = 0
    var chosenFromFirst = [1: 0, 3: 0, 5: 0]
    var neverShown = 0
    /// Tags shown.
    public internal(set) var shown = 0
    var shownUnchosen = 0

    /// Of the chosen tags, those among the first so many of their list: 1, 3 or 5.
    public func fromFirst(_ count: Int) -> Share { Share(hits: chosenFromFirst[count] ?? 0, n: chosen) }
    /// Of the chosen tags, those that were not in their list.
    public var chosenUnshown: Share { Share(hits: neverShown, n: chosen) }
    /// Of the tags shown, those that were not chosen at that close.
    public var unchosen: Share { Share(hits: shownUnchosen, n: shown) }
  }

  /// What the rows stand for; `nil` for the total alone.
  public let dimension: Dimension?
  /// All lists.
  public internal(set) var total = Row()
  /// By name; a missing one first.
  public internal(set) var rows: [Row] = []
  /// Half the lists were ranked in at most so many microseconds; `nil` without lists.
  public internal(set) var medianRankingMicroseconds: Int?
  /// The change of the store up to which closes were counted.
  public internal(set) var seq: Int64 = 0

  init(by dimension: Dimension?) {
    self.dimension = dimension
  }
}
