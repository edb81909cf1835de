internal import SQLiteStore

/// Texts of contacts that are not written yet: each waits for its contact.
struct ContactTexts {
  private static let limit = 8 << 20

  let stored: ConversationTexts
  private var waiting: [(contact: Int64, text: String)] = []
  private var byteCount = 0

  init(_ store: Store) throws {
    stored = try ConversationTexts(store)
  }

  /// Whether they take more memory than they should.
  var areMany: Bool { byteCount > Self.limit }

  mutating func keep(_ text: String, of contact: Int64) {
    waiting.append((contact, text))
    byteCount += text.utf8.count
  }

  /// Writes them, when the contacts are written.
  mutating func flush() throws {
    for (contact, text) in waiting { try stored.replace(text, ofContact: contact) }
    waiting.removeAll(keepingCapacity: true)
    byteCount = 0
  }
}
