internal import SQLiteStore

/// What names are of that people give, change and retire: tags and categories.
public enum Taxonomy: String, CaseIterable, Sendable {
  /// What conversations turned out to be about.
  case tag
  /// What they are taken to be about before.
  case category

  var dictionary: NameRepository.Kind {
    switch self {
    case .tag: .tag
    case .category: .category
    }
  }
}

/// What was done to a tag or a category. Events are never changed: taking one back is a further event.
public struct TaxonomyEvent: Equatable, Sendable {
  /// What an event did.
  public enum Kind: Equatable, Sendable {
    /// The name was new to the store.
    case added
    case renamed(from: String, to: String)
    /// Since then nobody is to choose the tag.
    case switchedOff
    case switchedOn
    /// Since then the tag counts as another, named as it is now.
    case merged(into: String)
    /// A merge was undone.
    case parted(from: String)
  }

  /// The change of the store's log.
  public let seq: Int64
  /// When, unix seconds.
  public let happenedAt: Int64
  /// The name of the tag or category as it is now.
  public let name: String
  /// What was done.
  public let kind: Kind
  /// Whether it takes an earlier event back.
  public let isUndo: Bool
}

/// A tag as people look after it.
public struct TagDetails: Equatable, Sendable {
  /// Its name now.
  public let name: String
  /// Whether it can be chosen.
  public let isOn: Bool
  /// The tag that it counts as; `nil` unless it was merged.
  public let mergedInto: String?
  /// Categories to which it is mapped, by name.
  public let categories: [String]
  /// Conversations that were given it, ended or not, each once; those of tags merged into it are not among them.
  public let conversations: Int
}

/// A category as people look after it.
public struct CategoryDetails: Equatable, Sendable {
  /// Its name now.
  public let name: String
  /// The tags mapped to it, merged ones as what they count as, by name; those switched off among them.
  public let tags: [String]
  /// Conversations that it is the category of, ended or not.
  public let conversations: Int
}
