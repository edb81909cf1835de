internal import SQLiteStore

/// What an import remembers of a conversation that it met more than once, or that was there before.
struct KnownConversation {
  /// Its contacts' keys.
  var contacts: [ContactIdentity: Int64] = [:]
  /// How many of its contacts carry each tag.
  var tagUses: [Int32: Int] = [:]

  /// Notes a contact that it has.
  mutating func add(_ contact: ContactRepository.Row) {
    contacts[ContactIdentity(contact.record)] = contact.key
    replaceTags([], with: contact.record.tags)
  }

  /// The tags if a contact's were replaced.
  mutating func replaceTags(_ old: [Int32], with new: [Int32]) {
    for tag in old {
      tagUses[tag, default: 1] -= 1
      if tagUses[tag] == 0 { tagUses[tag] = nil }
    }
    for tag in new { tagUses[tag, default: 0] += 1 }
  }
}
