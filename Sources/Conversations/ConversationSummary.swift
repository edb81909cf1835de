/// What holds for a conversation, worked out from its contacts.
package struct ConversationSummary: Equatable, Sendable {
  package var channel: Int32?
  package var category: Int32?
  /// The union over the contacts, each tag once, in the order first met.
  package var tags: [Int32] = []
  package var state = ConversationState.open
  package var closing: Closing?
  /// Set exactly when `state` is `ended`.
  package var endedAt: Int64?
  package var rating: Rating?
  package var note: String?
  /// Who is asking, as the source calls them.
  package var visitor: String?
  /// The agent's survey, 1 to 5 each.
  package var networkQuality: UInt8?
  package var productQuality: UInt8?
  /// How often it went on after an agent had closed it.
  package var reopens = 0
  /// Whether its tags were changed after it had ended. It has to do with what was known before, not with the
  /// contacts: whoever sums up anew carries it over.
  package var isRequalified = false
  /// The visitor's first message, the earliest that a contact knows of. Not kept with the conversation.
  package var firstMessageAt: Int64?
  /// Who replied first. Not kept with the conversation but with that contact.
  package var firstReply: FirstReply?

  /// Sums up `contacts`, which stand in the order of (start, key). O(contacts × tags).
  ///
  /// The category is that of the first human contact that has one, else of the first that has one. Other
  /// fields come from the latest contact that has them. Without a stated state, the conversation has ended when
  /// its latest contact ended by neither transfer nor snooze.
  package init(of contacts: [ContactRecord]) {
    category =
      contacts.first { !$0.isBot && $0.category != nil }?.category
      ?? contacts.first { $0.category != nil }?.category
    for contact in contacts {
      for tag in contact.tags where !tags.contains(tag) { tags.append(tag) }
      channel = contact.channel ?? channel
      rating = contact.rating ?? rating
      note = contact.note ?? note
      visitor = contact.visitor ?? visitor
      networkQuality = contact.networkQuality ?? networkQuality
      productQuality = contact.productQuality ?? productQuality
      if let message = contact.firstMessageAt { firstMessageAt = min(message, firstMessageAt ?? message) }
    }
    firstReply = FirstReply(in: contacts, firstMessageAt: firstMessageAt)
    reopens = Self.reopens(in: contacts)
    guard let latest = contacts.last else { return }
    let latestEnd = latest.endedAt ?? contacts.last { $0.endedAt != nil }?.endedAt
    if let stated = contacts.last(where: { $0.state != nil })?.state {
      // An ended conversation has an end; a statement without one is refused at the door.
      state = stated == .ended && latestEnd == nil ? .open : stated
    } else if latest.endedAt != nil, latest.endReason == .closed {
      state = .ended
    }
    if state == .ended {
      // A close made here ends it when it is made, even if the last contact was over before.
      endedAt = [latestEnd, contacts.last { $0.closedAt != nil }?.closedAt].compactMap(\.self).max()
      closing = contacts.last { $0.closing != nil }?.closing ?? .agent
    }
  }

  /// How many of the contacts follow directly on a human one that was closed by the time they started.
  private static func reopens(in contacts: [ContactRecord]) -> Int {
    zip(contacts, contacts.dropFirst()).count { previous, next in
      guard !previous.isBot, previous.endReason == .closed, let end = previous.endedAt else { return false }
      return end <= next.startedAt
    }
  }

  /// The contacts that start before an earlier one of the same conversation has ended, by position.
  package static func overlaps(in contacts: [ContactRecord]) -> [Bool] {
    var latestEnd = Int64.min
    return contacts.map { contact in
      defer { latestEnd = max(latestEnd, contact.endedAt ?? contact.startedAt) }
      return contact.startedAt < latestEnd
    }
  }
}
