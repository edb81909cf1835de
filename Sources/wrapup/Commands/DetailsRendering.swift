internal import ReportRendering
internal import WrapUpEngine

/// A conversation for people or machines; instants in UTC.
struct DetailsRendering {
  enum Form: String, CaseIterable { case table, json }

  let details: ConversationDetails

  func text(_ form: Form, on screen: Screen) -> String {
    form == .json ? json + "\n" : table(on: screen)
  }

  private func table(on screen: Screen) -> String {
    var facts: [AlignedTable.Row] = []
    func fact(_ name: String, _ value: String?) {
      if let value { facts.append(AlignedTable.Row([name, value])) }
    }
    fact("state", details.state.name + (details.closing.map { ", by \($0.name)" } ?? ""))
    fact("ended", details.endedAt.map(WrapUp.text(ofInstant:)))
    fact("channel", details.channel)
    fact("category", details.category)
    fact("tags", details.tags.isEmpty ? "(none)" : details.tags.joined(separator: "; "))
    fact("rating", details.rating?.name)
    fact("note", details.note)
    let contacts = AlignedTable([
      ("started", .left), ("ended", .left), ("how", .left), ("agent", .left), ("group", .left),
      ("handling", .right), ("flags", .left),
    ])
    let rows = details.contacts.map { contact in
      AlignedTable.Row([
        WrapUp.text(ofInstant: contact.startedAt), contact.endedAt.map(WrapUp.text(ofInstant:)) ?? "",
        contact.endedAt == nil ? "open" : contact.endReason?.name ?? "",
        (contact.agent ?? "(none)") + (contact.isBot ? " (bot)" : ""),
        contact.group ?? "(none)", contact.handlingSeconds.map { "\(Phrase.grouped($0)) s" } ?? "–",
        Self.names(of: contact.flags).joined(separator: ", "),
      ])
    }
    let head = AlignedTable([("conversation", .left), (details.id, .left)])
    return head.text(facts, on: screen) + "\n" + contacts.text(rows, on: screen)
  }

  private var json: String {
    func text(_ value: String?) -> String { value.map(JSONText.string) ?? "null" }
    func instant(_ value: Int64?) -> String { text(value.map(WrapUp.text(ofInstant:))) }
    func number(_ value: Int?) -> String { value.map(String.init) ?? "null" }
    // As a file gives them: scores are numbers, the two-valued ones are words.
    let rating = details.rating?.score.map(String.init) ?? text(details.rating?.name)
    let contacts = details.contacts.map { contact in
      JSONText.object([
        ("contactId", text(contact.contactID)), ("agent", text(contact.agent)),
        ("group", text(contact.group)),
        ("bot", "\(contact.isBot)"), ("startedAt", instant(contact.startedAt)),
        ("firstReplyAt", instant(contact.firstReplyAt)), ("endedAt", instant(contact.endedAt)),
        ("endReason", text(contact.endReason?.name)), ("handlingSeconds", number(contact.handlingSeconds)),
        ("basis", JSONText.string("\(contact.basis)")), ("handled", "\(contact.isHandled)"),
        ("flags", JSONText.array(Self.names(of: contact.flags).map(JSONText.string))),
      ])
    }
    return JSONText.object([
      ("id", JSONText.string(details.id)), ("state", JSONText.string(details.state.name)),
      ("closing", text(details.closing?.name)), ("endedAt", instant(details.endedAt)),
      ("channel", text(details.channel)), ("category", text(details.category)),
      ("tags", JSONText.array(details.tags.map(JSONText.string))), ("satisfaction", rating),
      ("note", text(details.note)), ("contacts", JSONText.array(contacts)),
    ])
  }

  private static func names(of flags: ContactFlags) -> [String] {
    ContactFlags.names.filter { flags.contains($0.flag) }.map(\.name)
  }
}
