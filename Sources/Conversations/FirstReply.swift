/// Which contact of a conversation gave its first reply, and how long the visitor had waited for it.
package struct FirstReply: Equatable, Sendable {
  /// The contact's place among those of the conversation.
  package let contact: Int
  /// From the visitor's first message, else from the conversation's start, to the reply; whole seconds.
  package let seconds: UInt32

  /// Finds the first reply in `contacts`, which stand in the order of (start, key). O(contacts).
  ///
  /// It is the earliest of the human contacts' first replies, of equal ones that of the earlier contact. There is
  /// no value when nobody has replied, when the reply lies before what it should answer, and when the wait has no
  /// room in a column, which ends one second below 2³² - 1.
  package init?(in contacts: [ContactRecord], firstMessageAt: Int64?) {
    var earliest: (contact: Int, at: Int64)?
    for (place, contact) in contacts.enumerated() where !contact.isBot {
      guard let reply = contact.firstReplyAt, reply < earliest?.at ?? .max else { continue }
      earliest = (place, reply)
    }
    // Safe: instants lie within the years 1900 to 2200, so their difference is far below 2⁶³.
    guard let earliest, let since = firstMessageAt ?? contacts.first?.startedAt,
      let seconds = UInt32(exactly: earliest.at - since), seconds < .max
    else { return nil }
    contact = earliest.contact
    self.seconds = seconds
  }
}
