/// The fields an imported row can have, by their canonical headers.
package enum ImportField: Int, CaseIterable, Sendable {
  case id, contactId, visitor, channel, category, tags, agent, group, bot, startedAt, firstMessageAt
  case firstReplyAt, endedAt, endReason, closing, state, handlingSeconds, talkSeconds, holdSeconds
  case wrapUpSeconds, satisfaction, networkQuality, productQuality, note, text
  /// What an export says of its own rows, which their values alone don't tell.
  case handlingBasis, importFlags

  /// The canonical header.
  package var header: String { "\(self)" }

  /// What other systems call it, folded as ``init(header:)`` folds.
  private var synonyms: [String] {
    switch self {
    case .id:
      [
        "conversation", "conversationid", "interaction", "interactionid", "ticket", "ticketid", "discussion",
        "discussionid", "room", "roomid",
      ]
    case .contactId:
      ["contact", "segment", "segmentid", "session", "sessionid", "assignment", "assignmentid"]
    case .visitor: ["visitorid", "customer", "customerid", "endcustomer", "requester"]
    case .category: ["topic", "intent", "queue", "department"]
    case .tags:
      [
        "tag", "type", "types", "conversationtype", "wrapupcode", "disposition", "label", "labels",
        "qualification",
      ]
    case .agent: ["respondent", "assignee"]
    case .group: ["team"]
    case .startedAt: ["start", "started", "createdat", "openedat"]
    case .firstMessageAt: ["firstmessage"]
    case .firstReplyAt: ["firstreply", "firstresponseat"]
    case .endedAt: ["end", "ended", "closedat"]
    case .closing: ["closereason", "closedby"]
    case .handlingSeconds: ["handletime", "handlingtime", "servicetime", "handleseconds"]
    case .talkSeconds: ["talktime", "talk"]
    case .holdSeconds: ["holdtime", "hold"]
    case .wrapUpSeconds: ["wraptime", "wrapuptime", "acw", "aftercontactwork", "aftercallwork"]
    case .satisfaction: ["rating", "csat"]
    case .note: ["endnote", "closingcomment", "dispositionnote"]
    case .text: ["message", "body"]
    case .channel, .bot, .endReason, .state, .networkQuality, .productQuality, .handlingBasis, .importFlags:
      []
    }
  }

  /// The field among some that a header is most likely to mean, by its own name or another system's: one with which it
  /// begins, as `Ticket Number` does with `ticket`, else one that is near; `nil` when there is none.
  package static func nearest(to header: String, among fields: [ImportField]) -> ImportField? {
    let names = fields.flatMap { field in ([fold(field.header)] + field.synonyms).map { ($0, field) } }
    let stems = names.map { name, field in
      (["at", "id"].first(where: name.hasSuffix).map { String(name.dropLast($0.count)) } ?? name, field)
    }.filter { $0.0.count >= 4 && fold(header).hasPrefix($0.0) }
    if let longest = stems.max(by: { $0.0.count < $1.0.count }) { return longest.1 }
    guard let name = NearestNames.of(fold(header), among: names.map(\.0), limit: 1).first else { return nil }
    return names.first { $0.0 == name }?.1
  }

  private static let byFoldedHeader: [String: ImportField] = {
    var fields: [String: ImportField] = [:]
    for field in allCases {
      for name in [fold(field.header)] + field.synonyms { fields[name] = field }
    }
    return fields
  }()

  /// The field that a header names, in any case, with or without spaces, hyphens and underscores.
  package init?(header: String) {
    guard let field = Self.byFoldedHeader[Self.fold(header)] else { return nil }
    self = field
  }

  private static func fold(_ header: String) -> String {
    String(NameFold.fold(header).filter { !" -_".contains($0) })
  }
}
