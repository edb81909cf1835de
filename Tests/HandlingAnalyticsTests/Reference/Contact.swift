import Conversations

@testable import HandlingAnalytics

/// A contact as a test thinks of it: plain optionals, names as numbers from 1.
struct Contact: Equatable {
  var conversation: Int64
  var key: Int64
  var startedAt: Int64
  var endedAt: Int64?
  var seconds: UInt32?
  var talk: UInt32?
  var hold: UInt32?
  var wrapUp: UInt32?
  /// How long the conversation's first human reply took, when this contact gave it.
  var firstReply: UInt32?
  var basis = HandlingBasis.none
  var flags: ContactFlags = []
  var isBot = false
  var isHandled = true
  var agent: Int?
  var group: Int?

  // What all contacts of a conversation share.

  /// Set exactly when the conversation has ended.
  var reportedAt: Int64?
  var channel: Int?
  var category: Int?
  var tags: [Int] = []
  var isRequalified = false
  var closing: Closing?
  var rating: Rating?
  var networkQuality: Int?
  var productQuality: Int?
  var reopens = 0
  /// Not in the columns: the store finds the conversations of a visitor.
  var visitor: String?

  enum Rating: Equatable {
    case of(Int)
    case bad, good
  }

  init(conversation: Int64, key: Int64, startedAt: Int64) {
    self.conversation = conversation
    self.key = key
    self.startedAt = startedAt
  }

  /// An ended human contact with a value, sole in its conversation.
  static func simple(_ conversation: Int64, seconds: UInt32?, at instant: Int64 = 0) -> Contact {
    var contact = Contact(conversation: conversation, key: conversation, startedAt: instant)
    contact.endedAt = instant
    contact.reportedAt = instant
    contact.seconds = seconds
    contact.basis = seconds == nil ? .none : .given
    return contact
  }

  /// Whether its conversation has not ended.
  var isOpen: Bool { reportedAt == nil }

  /// The instant that files it.
  func instant(_ attribution: HandlingQuery.Attribution) -> Int64? {
    switch attribution {
    case .reported: reportedAt
    case .ended: endedAt
    case .started: startedAt
    }
  }

  func duration(_ duration: Filter.Duration) -> UInt32? {
    switch duration {
    case .handling: seconds
    case .talk: talk
    case .hold: hold
    case .wrapup: wrapUp
    }
  }
}
