import Conversations
import Testing

struct ImportFieldTests {
  static let words: [(ImportField, [String])] = [
    (
      .id,
      [
        "conversation", "conversation id", "interaction", "interaction_id", "ticket", "ticket-id",
        "discussion",
        "DiscussionID", "room", "roomId",
      ]
    ),
    (
      .contactId, ["contact", "segment", "Segment ID", "session", "session_id", "assignment", "assignmentId"]
    ),
    (.visitor, ["Visitor ID", "customer", "customer_id", "End Customer", "requester"]),
    (.category, ["topic", "intent", "queue", "department", "Catégory"]),
    (
      .tags,
      [
        "tag", "type", "types", "Conversation Type", "wrap-up code", "disposition", "Label", "labels",
        "QUALIFICATION",
      ]
    ),
    (.agent, ["respondent", "assignee"]), (.group, ["team"]),
    (.startedAt, ["start", "started", "created_at", "openedAt", "STARTED AT"]),
    (.firstMessageAt, ["First Message"]), (.firstReplyAt, ["first reply", "first_response_at"]),
    (.endedAt, ["end", "ended", "closed at"]),
    (.endReason, ["end_reason"]), (.closing, ["close reason", "closed_by"]),
    (.handlingSeconds, ["handle time", "Handling-Time", "service time", "handle_seconds"]),
    (.talkSeconds, ["talk time", "talk"]), (.holdSeconds, ["hold time", "hold"]),
    (
      .wrapUpSeconds,
      ["wrap time", "wrap-up time", "ACW", "after-contact work", "After Call Work", "wrap_up_seconds"]
    ),
    (.satisfaction, ["rating", "CSAT"]), (.note, ["endnote", "closing comment", "disposition note"]),
  ]

  @Test(arguments: words)
  func otherWordsForAField(field: ImportField, headers: [String]) {
    for header in headers { #expect(ImportField(header: header) == field, "\(header)") }
  }

  static let canonical: [(ImportField, String)] = [
    (.id, "id"), (.contactId, "contactId"), (.visitor, "visitor"), (.channel, "channel"),
    (.category, "category"), (.tags, "tags"),
    (.agent, "agent"), (.group, "group"), (.bot, "bot"), (.startedAt, "startedAt"),
    (.firstMessageAt, "firstMessageAt"), (.firstReplyAt, "firstReplyAt"), (.endedAt, "endedAt"),
    (.endReason, "endReason"), (.closing, "closing"),
    (.state, "state"), (.handlingSeconds, "handlingSeconds"), (.talkSeconds, "talkSeconds"),
    (.holdSeconds, "holdSeconds"), (.wrapUpSeconds, "wrapUpSeconds"), (.satisfaction, "satisfaction"),
    (.networkQuality, "networkQuality"), (.productQuality, "productQuality"), (.note, "note"),
    (.text, "text"), (.handlingBasis, "handlingBasis"), (.importFlags, "importFlags"),
  ]

  @Test(arguments: canonical)
  func canonicalHeadersInAnyCase(field: ImportField, header: String) {
    let spaced = header.map { $0.isUppercase ? " \($0)" : "\($0)" }.joined()
    for header in [header, header.uppercased(), header.lowercased(), spaced] {
      #expect(ImportField(header: header) == field, "\(header)")
    }
  }

  @Test func everyFieldHasItsCanonicalHeader() {
    #expect(ImportField.allCases.map(\.header) == Self.canonical.map(\.1))
  }

  @Test(arguments: ["", " ", "_", "ids", "conversations", "handling", "time", "start,", "agent.name", "类型"])
  func otherHeadersNameNoField(header: String) {
    #expect(ImportField(header: header) == nil)
  }

  @Test(
    "headers of people's own are suggested for what they hint at, and never for a contact's id",
    arguments: [
      ("Ticket Nr", .id), ("Case Number", .id), ("Opened", .startedAt), ("Created Date", .startedAt),
      ("Date/Time Opened", .startedAt), ("Resolved", .endedAt), ("Solved at", .endedAt),
      ("Closed Date", .endedAt),
      ("First response", .firstReplyAt), ("Assigned to", .agent), ("Case Owner", .agent),
      ("Assignment team", .group), ("Subject area", .category), ("Resolution code", .tags),
      ("Contact type", .channel), ("Via", .channel), ("Customer name", .visitor), ("Priority", nil),
      ("Contact", nil), ("", nil),
    ] as [(String, ImportField?)])
  func hints(header: String, field: ImportField?) {
    #expect(ImportField.nearest(to: header, among: ImportField.allCases) == field)
  }
}
