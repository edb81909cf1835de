/// Whose words and visitors are to be forgotten.
public enum ForgettingScope: Equatable, Sendable {
  /// Conversations by their ids.
  case conversations([String])
  /// All conversations of a visitor, letter by letter.
  case visitor(String)
  /// All that ended before an instant, in unix seconds.
  case endedBefore(Int64)
}

/// What there was to forget, and what may still have some of it.
public struct ForgettingReceipt: Equatable, Sendable {
  /// Conversations of the scope.
  public var inScope = 0
  /// Those of them that had a text, an endnote or a visitor.
  public var conversations = 0
  /// What visitors wrote, a contact each.
  public var texts = 0
  /// Endnotes, a contact each.
  public var notes = 0
  /// Conversations whose visitor was known.
  public var visitors = 0
  /// What may still have some of it; empty when all is gone.
  public var leftovers: [Leftover] = []

  /// Something beside the store's rows that may still have what was forgotten.
  public enum Leftover: Equatable, Sendable {
    /// Parts of the store's file that were freed: it could not be written anew.
    indirect case freedSpace(reason: WrapUpError)
    /// The store's file and its write-ahead log, which could not be copied into the file: somebody kept on reading or
    /// writing, or for this reason.
    indirect case log(path: String, reason: WrapUpError?)
    /// The model: another process was writing it, or it can't be written.
    case model(path: String)
    /// A copy of the store from before a migration.
    case copy(path: String)
  }

  /// How far it is.
  public enum Stage: Equatable, Sendable {
    /// Taking it out of the rows.
    case forgetting(done: Int, of: Int)
    /// Writing the store's file anew.
    case rewriting
    /// Learning the history anew without it.
    case learning(done: Int, of: Int)
  }
}
