/// How much of anything Wrapup takes; beyond, it refuses and names the bound.
package enum Bounds {
  /// UTF-8 bytes of an id or a name.
  package static let idBytes = 256
  /// Characters of an endnote.
  package static let noteCharacters = 10_000
  /// UTF-8 bytes of a conversation's text.
  package static let textBytes = 1_048_576
  /// Tags of one conversation.
  package static let tagsOfConversation = 64
  /// Tags of a store.
  package static let tags = 65_534
  /// Agents of a store; as many of every other dictionary.
  package static let names = 1_000_000
  /// Contacts of one conversation: as many as fit the block that must hold them all.
  package static let contactsOfConversation = 65_535
  /// Longest handling time unless the import says otherwise: 366 days in seconds.
  package static let durationSeconds: Int64 = 366 * 86_400
  /// A handling time above this is flagged: 30 days in seconds.
  package static let longSeconds: UInt32 = 30 * 86_400
  /// A wrap-up time above this is flagged, seconds.
  package static let wrapUpSeconds: UInt32 = 900
  /// Readable instants: the years 1900 to 2200, unix seconds.
  package static let instants: ClosedRange<Int64> = -2_208_988_800...7_289_654_399
}
