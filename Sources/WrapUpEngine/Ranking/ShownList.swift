/// A ranked list as a dialog has shown it: what the ledger keeps when its close is confirmed.
public struct ShownList: Equatable, Sendable {
  /// One tag of the list.
  public struct Entry: Equatable, Sendable {
    /// The tag's name.
    public let tag: String
    /// Its score when it was shown.
    public let score: Double

    /// A tag with its score, which is finite.
    public init(tag: String, score: Double) {
      self.tag = tag
      self.score = score
    }
  }

  /// What was known when the list was ranked.
  public let context: DialogContext
  /// Best first.
  public let entries: [Entry]
  /// The change of the store up to which the model had learnt.
  public let modelSeq: Int64
  /// How long ranking took.
  public let rankingMicroseconds: Int
  /// When it was shown, unix seconds.
  public let shownAt: Int64

  /// A list as it came back from a dialog.
  public init(
    context: DialogContext, entries: [Entry], modelSeq: Int64, rankingMicroseconds: Int, shownAt: Int64
  ) {
    self.context = context
    self.entries = entries
    self.modelSeq = modelSeq
    self.rankingMicroseconds = rankingMicroseconds
    self.shownAt = shownAt
  }
}
