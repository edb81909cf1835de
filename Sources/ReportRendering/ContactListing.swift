internal import Conversations
public import HandlingAnalytics

/// Contacts behind a figure as rows of a file, under the headers of an import.
public struct ContactListing: Sendable {
  /// The forms of a listing.
  public enum Format: String, CaseIterable, Sendable {
    /// RFC 4180 with a header.
    case csv
    /// One JSON object a line.
    case jsonl
  }

  private let format: Format
  /// Instants as texts: ISO 8601 in UTC.
  private let instantText: @Sendable (Int64) -> String

  /// - Parameter instantText: how an instant in unix seconds is written.
  public init(as format: Format, instantText: @escaping @Sendable (Int64) -> String) {
    self.format = format
    self.instantText = instantText
  }

  /// What comes before the first contact.
  public var header: String {
    let contact = CountedContact(id: "", startedAt: 0, state: .open)
    return format == .csv ? CSVText.record(fields(of: contact).map(\.name)) : ""
  }

  /// One contact, with its line feed.
  public func line(_ contact: CountedContact) -> String {
    let fields = fields(of: contact)
    switch format {
    case .csv: return CSVText.record(fields.map(\.value.csv))
    case .jsonl: return JSONText.object(fields.map { ($0.name, $0.value.json) }) + "\n"
    }
  }

  private enum Value {
    case text(String?)
    case number(Int?)
    case flag(Bool)
    case list([String])

    var csv: String {
      switch self {
      case .text(let text): text ?? ""
      case .number(let number): number.map(String.init) ?? ""
      case .flag(let flag): "\(flag)"
      // Read back as an import reads tags.
      case .list(let list): list.map(Self.escaped).joined(separator: ";")
      }
    }

    var json: String {
      switch self {
      case .text(let text): text.map(JSONText.string) ?? "null"
      case .number(let number): number.map(String.init) ?? "null"
      case .flag(let flag): "\(flag)"
      case .list(let list): JSONText.array(list.map(JSONText.string))
      }
    }

    private static func escaped(_ name: String) -> String {
      var escaped = ""
      for character in name.unicodeScalars {
        if character == ";" || character == "\\" { escaped += "\\" }
        escaped.unicodeScalars.append(character)
      }
      return escaped
    }
  }

  private func fields(of contact: CountedContact) -> [(name: String, value: Value)] {
    func instant(_ seconds: Int64?) -> Value { .text(seconds.map(instantText)) }
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
