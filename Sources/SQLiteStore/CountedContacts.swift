package import Conversations

/// Contacts with their conversations, fetched by key: the rows behind a figure.
package final class CountedContacts {
  /// A contact and what holds for its conversation.
  package struct Row: Sendable {
    package let contact: ContactRecord
    package let conversationID: String
    package let conversation: ConversationSummary
  }

  private let contacts: ContactRepository
  private let conversation: SQLiteStatement

  package init(_ store: Store, _ contacts: ContactRepository) throws(SQLiteFault) {
    self.contacts = contacts
    conversation = try store.connection.prepare(
      """
      SELECT id, channel, category, tags, state, closing, ended_at, rating, visitor, network_quality, \
      product_quality FROM conversation WHERE key = ?1
      """)
  }

  /// The contact with this key; `nil` when there is none.
  package func row(_ key: Int64) throws(SQLiteFault) -> Row? {
    guard let contact = try contacts.contact(key) else { return nil }
    conversation.reset()
    conversation.bind(1, contact.conversation)
    guard try conversation.step() else { return nil }
    defer { conversation.reset() }
    func number<Number: FixedWidthInteger>(_ column: Int32) -> Number? {
      conversation.integer(column).flatMap(Number.init(exactly:))
    }
    var summary = ConversationSummary(of: [])
    summary.channel = number(1)
    summary.category = number(2)
    summary.tags = conversation.text(3).map(TagList.tags) ?? []
    summary.state = number(4).flatMap(ConversationState.init) ?? .open
    summary.closing = number(5).flatMap(Closing.init)
    summary.endedAt = conversation.integer(6)
    summary.rating = number(7).flatMap(Rating.init(code:))
    summary.visitor = conversation.text(8)
    summary.networkQuality = number(9)
    summary.productQuality = number(10)
    return Row(contact: contact.record, conversationID: conversation.text(0) ?? "", conversation: summary)
  }
}
