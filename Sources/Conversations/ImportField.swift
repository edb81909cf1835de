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
