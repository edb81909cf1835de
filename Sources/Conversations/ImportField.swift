/// The fields an imported row can have, by their canonical headers.
package enum ImportField: Int, CaseIterable, Sendable {
  case id, contactId, visitor, channel, category, tags, agent, group, bot, startedAt, firstMessageAt
  case firstReplyAt, endedAt, endReason, closing, state, handlingSeconds, talkSeconds, holdSeconds
  case wrapUpSeconds, satisfaction, networkQuality, productQuality, note, text
  /// What an export says of its own rows, which their values alone don't tell.
  case handlingBasis, importFlags

  /// The canonical header.
  package var header: String { Self.headers[rawValue] }
  private static let headers = allCases.map { "\($0)" }

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

  /// Words in headers of people's own that say what a column is likely to mean, where an import would not dare to.
  private var hints: [String] {
    switch self {
    case .id: ["number", "nr", "no", "reference", "ref", "case"]
    case .startedAt: ["opened", "created", "received", "started", "begin", "begun"]
    case .endedAt: ["resolved", "solved", "closed", "completed", "finished", "ended"]
    case .firstReplyAt: ["response", "reply", "answered"]
    case .agent: ["owner", "assigned", "handler", "operator", "rep"]
    case .group: ["team", "squad", "skill"]
    case .category: ["subject", "area", "topic", "category", "service"]
    case .tags: ["code", "resolution", "outcome", "disposition", "tags", "tag", "reason"]
    case .channel: ["channel", "via", "source", "origin", "medium"]
    case .visitor: ["customer", "client", "caller", "requester", "visitor"]
    case .satisfaction: ["rating", "satisfaction", "stars"]
    case .text: ["description"]
    case .note: ["comment", "remark"]
    case .handlingSeconds: ["handling", "handle"]
    default: []
    }
  }

  /// Names in which no single word says it.
  private static let phrases: [String: ImportField] = [
    "contacttype": .channel, "contactmethod": .channel, "casetype": .tags,
  ]

  /// The field among some that a header is most likely to mean, by its own name or another system's: one with which it
  /// begins, as `Ticket Number` does with `ticket`, one that a word of it hints at, the last one first, else one that is
  /// near; `nil` when there is none. Never a contact's id: taken for one, a team would make contacts of its own.
  package static func nearest(to header: String, among fields: [ImportField]) -> ImportField? {
    let fields = fields.filter { $0 != .contactId && $0 != .handlingBasis && $0 != .importFlags }
    if let field = phrases[fold(header)], fields.contains(field) { return field }
    let words = NameFold.fold(header).split { !$0.isLetter }.map(String.init)
    for word in words.reversed() {
      if let field = fields.first(where: { $0.hints.contains(word) }) { return field }
    }
    let names = fields.flatMap { field in ([fold(field.header)] + field.synonyms).map { ($0, field) } }
    let stems = names.map { name, field in
      (["at", "id"].first(where: name.hasSuffix).map { String(name.dropLast($0.count)) } ?? name, field)
    }.filter { $0.0.count >= 4 && fold(header).hasPrefix($0.0) }
    if let longest = stems.max(by: { $0.0.count < $1.0.count }) { return longest.1 }
    guard let name = NearestNames.of(fold(header), among: names.map(\.0), limit: 1).first else { return nil }
    return names.first { $0.0 == name }?.1
  }

  /// Whether its values are instants.
  package var isInstant: Bool {
    switch self {
    case .startedAt, .firstMessageAt, .firstReplyAt, .endedAt: true
    default: false
    }
  }

  /// Whether its values are durations that make a handling time.
  package var isHandling: Bool {
    switch self {
    case .handlingSeconds, .talkSeconds, .holdSeconds, .wrapUpSeconds: true
    default: false
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
