/// Where a conversation stands. `open` → `closed` → `ended`; `ended` is final.
public enum ConversationState: Int, Sendable {
  /// Somebody is, or may be, working on it.
  case open = 0
  /// Closed on a social channel: a message opens it again.
  case closed = 1
  /// Over; reports count it.
  case ended = 2

  /// The state's word in files and answers.
  public var name: String {
    switch self {
    case .open: "open"
    case .closed: "closed"
    case .ended: "ended"
    }
  }

  /// The state called `name`; `nil` when there is none.
  public init?(name: String) {
    guard let state = [Self.open, .closed, .ended].first(where: { $0.name == name }) else { return nil }
    self = state
  }

  /// The state after an agent's close, or `nil` when this state can't be closed that way.
  ///
  /// On direct channels closing ends. On social ones it ends only when asked to (`ending`), and a closed
  /// conversation can still be ended.
  package func closedByAgent(on kind: ChannelKind, ending: Bool) -> ConversationState? {
    switch (self, kind, ending) {
    case (.ended, _, _), (.closed, .social, false): nil
    case (.open, .social, false): .closed
    case (.open, _, _), (.closed, _, _): .ended
    }
  }
}

/// Who or what ended a conversation.
public enum Closing: Int, Sendable, CaseIterable {
  case agent = 0
  case visitor = 1
  /// Inactivity.
  case natural = 2
  case bot = 3

  /// The word in files and answers.
  public var name: String {
    switch self {
    case .agent: "agent"
    case .visitor: "visitor"
    case .natural: "natural"
    case .bot: "bot"
    }
  }
}

/// How one contact ended.
public enum EndReason: Int, Sendable, CaseIterable {
  case closed = 0
  case transferred = 1
  case snoozed = 2

  /// The word in files and answers.
  public var name: String {
    switch self {
    case .closed: "closed"
    case .transferred: "transferred"
    case .snoozed: "snoozed"
    }
  }
}
