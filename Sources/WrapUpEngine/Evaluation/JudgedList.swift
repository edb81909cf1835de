/// One list of an evaluation, beside what was chosen in the end.
public struct JudgedList: Equatable, Sendable {
  /// Where the conversation stands in its file, from 1.
  public let line: Int
  /// Its category; `nil` where it has none.
  public let category: String?
  /// Tags that were chosen, in the order written.
  public let chosen: [String]
  /// The first five tags of the list, best first.
  public let first: [String]
  /// The place in the list of each chosen tag, from 1; `nil` for one that is not in it.
  public let places: [Int?]
}
