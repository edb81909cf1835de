/// What a close dialog knows when it asks which tags to show first.
public struct DialogContext: Equatable, Sendable {
  /// What the conversation is about.
  public var category: String?
  /// Where it takes place.
  public var channel: String?
  /// Who closes it.
  public var agent: String?
  /// Tags chosen so far, in order.
  public var chosen: [String]
  /// Tags that may not be chosen here, such as those of other groups: they leave the list.
  public var excluded: [String]
  /// What the visitor wrote, at most 1 MB of UTF-8.
  public var text: String?

  /// A context; what is not known stays out.
  public init(
    category: String? = nil, channel: String? = nil, agent: String? = nil, chosen: [String] = [],
    text: String? = nil, excluded: [String] = []
  ) {
    self.excluded = excluded
    self.text = text
    self.category = category
    self.channel = channel
    self.agent = agent
    self.chosen = chosen
  }
}

/// One tag for the top of the list, with its score and the reasons for it.
public struct Recommendation: Equatable, Sendable {
  /// What speaks for a tag.
  public enum Reason: Equatable, Sendable {
    /// It is mapped to the category.
    case mapped(category: String)
    /// It was chosen in so many of the category's last closes.
    case used(count: Int, of: Int, category: String)
    /// Its decayed share among all tags chosen anywhere, 0 to 1.
    case usedOverall(share: Double)
    /// These words of the text speak for it, in lower case, the strongest first.
    case words([String])
    /// It goes with a tag already chosen.
    case goesWith(tag: String)
  }

  /// The tag's name.
  public let tag: String
  /// ln of its probability in this context plus what the chosen tags add; with a text, ln of the odds that its words
  /// give instead of that probability. Greater is better.
  public let score: Double
  /// The chance that it is chosen, 0 to 1, as lists like this one have borne out.
  public let chance: Double
  /// What speaks for it, strongest first; empty when it only fills the list.
  public let reasons: [Reason]
}

/// A ranked list, with what could be better about the question.
public struct Recommendations: Equatable, Sendable {
  /// Best first.
  public let list: [Recommendation]
  /// Names in the context that the store does not know, each with the nearest it does.
  public let unknown: [(field: String, name: String, nearest: [String])]
  /// Whether the category has mapped tags; without, the list is ranked by history alone.
  public let hasMapping: Bool
  /// The same as the ledger wants it back: hand it to the close that follows.
  public let shown: ShownList

  /// Equal lists from equally known contexts.
  public static func == (one: Recommendations, other: Recommendations) -> Bool {
    one.list == other.list && one.hasMapping == other.hasMapping
      && one.unknown.map(\.name) == other.unknown.map(\.name)
  }
}
