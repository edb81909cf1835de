/// What the history of closes says of the mapping: links that it supports and the mapping lacks, and links that were
/// never used.
public struct MappingReview: Equatable, Sendable {
  /// A category and a tag with what speaks for or against their link.
  public struct Link: Equatable, Sendable {
    /// The category's name.
    public let category: String
    /// The tag's name.
    public let tag: String
    /// Of the category's tagged closes, those that chose the tag.
    public let uses: Share
    /// The share of uses over the tag's share of all tagged closes; `nil` where there are none.
    public let lift: Double?
    /// Of the category's last 100 tagged closes, those that chose the tag.
    public let recentUses: Share
    /// When a close of the category last chose it, unix seconds.
    public let lastUsedAt: Int64?
  }

  /// How much a link must have been used to be proposed.
  public struct Threshold: Equatable, Sendable {
    /// At least so many closes.
    public var uses: Int
    /// In at least this share of the category's closes, 0 to 1.
    public var share: Double

    /// Five closes and a twentieth of the category's.
    public init(uses: Int = 5, share: Double = 0.05) {
      self.uses = uses
      self.share = share
    }
  }

  /// Links to add, most used first: chosen as often as the threshold says, and surely more often in the category than
  /// elsewhere (the lower end of the share's 95% interval lies above the tag's share of all closes), or in most of the
  /// category's closes.
  public internal(set) var missing: [Link] = []
  /// Links of categories that have had closes, none of which chose the tag; by the category's closes, most first.
  public internal(set) var unused: [Link] = []
  /// Tagged closes looked at.
  public internal(set) var closes = 0
  /// The change of the store up to which closes were looked at.
  public internal(set) var seq: Int64 = 0
}
