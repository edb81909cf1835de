/// What is amiss with the tags and the mapping of a store, each finding with its evidence.
public struct TagHealth: Equatable, Sendable {
  /// One thing that is amiss.
  public enum Finding: Equatable, Sendable {
    /// Two tags in use whose names differ by a letter, or by blanks and marks only; the less used one first.
    case similarNames(TagUse, TagUse)
    /// Two tags in use that hardly ever come one without the other; the less used one first.
    ///
    /// `together`: closes that have both, of those that have either.
    case alwaysTogether(TagUse, TagUse, together: Share)
    /// A tag in use that was not chosen for long, or ever.
    case unused(TagUse, idleDays: Int?)
    /// A tag that is chosen in much of everything, so that it says little.
    ///
    /// `uses`: of all tagged closes. `categories`: those where its share is at least half of that, of all with enough
    /// closes to tell.
    case catchAll(tag: String, uses: Share, categories: Share)
    /// A category without a tag that its dialogs could show first, with the tags that its closes chose most.
    case unmapped(category: String, closes: Int, mostChosen: [String])
  }

  /// A tag with how it was used.
  public struct TagUse: Equatable, Sendable {
    /// Its name.
    public let name: String
    /// Tagged closes that chose it, or a tag that was merged into it.
    public let closes: Int
    /// The end of the last of them, unix seconds.
    public let lastUsedAt: Int64?
  }

  /// From where on something is amiss.
  public struct Threshold: Equatable, Sendable {
    /// Days before the newest close in which a tag must have been chosen.
    public var idleDays = 180
    /// Closes from which shares are taken seriously.
    public var closes = 20
    /// Of the closes that have either of two tags, the share that has both.
    public var together = 0.9
    /// Of all tagged closes, the share from which a tag may be a catch-all.
    public var catchAll = 0.2

    /// 180 days; 20 closes; 90% together; a fifth of all closes.
    public init() {}
  }

  /// By kind, in the order above; then the weightiest first.
  public internal(set) var findings: [Finding] = []
  /// Tagged closes looked at.
  public internal(set) var closes = 0
  /// The change of the store up to which was looked.
  public internal(set) var seq: Int64 = 0
}
