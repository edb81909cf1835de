internal import Conversations
public import HandlingAnalytics

/// Contacts behind a figure as rows of a file, under the headers of an import.
public struct ContactListing: Sendable {
  private let writer: FieldWriter
  /// Instants as texts: ISO 8601 in UTC.
  private let instantText: @Sendable (Int64) -> String

  /// - Parameter instantText: how an instant in unix seconds is written.
  public init(as format: FieldWriter.Format, instantText: @escaping @Sendable (Int64) -> String) {
    writer = FieldWriter(as: format)
    self.instantText = instantText
  }

  /// What comes before the first contact.
  public var header: String {
    writer.header(fields(of: CountedContact(id: "", startedAt: 0, state: .open)).map(\.name))
  }

  /// One contact, with its line feed.
  public func line(_ contact: CountedContact) -> String { writer.line(fields(of: contact)) }

  private func fields(of contact: CountedContact) -> [(name: String, value: FieldValue)] {
    func instant(_ seconds: Int64?) -> FieldValue { .text(seconds.map(instantText)) }
    return [
      ("id", .text(contact.id)), ("contactId", .text(contact.contactID)), ("visitor", .text(contact.visitor)),
      ("channel", .text(contact.channel)), ("category", .text(contact.category)),
      ("tags", .list(contact.tags)),
      ("agent", .text(contact.agent)), ("group", .text(contact.group)), ("bot", .flag(contact.isBot)),
      ("startedAt", instant(contact.startedAt)), ("firstMessageAt", instant(contact.firstMessageAt)),
      ("firstReplyAt", instant(contact.firstReplyAt)), ("endedAt", instant(contact.endedAt)),
      ("endReason", .text(contact.endReason?.name)), ("closing", .text(contact.closing?.name)),
      ("state", .text(contact.state.name)), ("handlingSeconds", .number(contact.handlingSeconds)),
      ("talkSeconds", .number(contact.talkSeconds)), ("holdSeconds", .number(contact.holdSeconds)),
      ("wrapUpSeconds", .number(contact.wrapUpSeconds)), ("satisfaction", .text(contact.rating?.name)),
      ("networkQuality", .number(contact.networkQuality)),
      ("productQuality", .number(contact.productQuality)),
      ("reportedAt", instant(contact.reportedAt)), ("handled", .flag(contact.isHandled)),
      ("basis", .text("\(contact.basis)")),
      ("flags", .list(ContactFlags.names.filter { contact.flags.contains($0.flag) }.map(\.name))),
    ]
  }
}
