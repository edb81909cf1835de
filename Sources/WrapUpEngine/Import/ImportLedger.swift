public import ConversationFiles
internal import Conversations

/// What an import did with every row: nothing is dropped without a word.
public struct ImportLedger: Equatable, Sendable {
  /// Rows read, taken or not.
  public internal(set) var rows = 0
  /// Contacts that are new.
  public internal(set) var added = 0
  /// Contacts that were there with other values.
  public internal(set) var updated = 0
  /// Contacts that were there with the same values.
  public internal(set) var unchanged = 0
  /// Contacts that were opened or closed here and that the file has with other values: what happened here stands.
  public internal(set) var keptLive = 0
  /// Conversations that are new.
  public internal(set) var conversations = 0
  /// Rows refused, by what is wrong with them.
  public internal(set) var refused = RefusedRows()
  /// How many of the added and updated contacts carry each flag, in the order of ``ContactFlags/names``.
  public internal(set) var flagged: [Int] = Array(repeating: 0, count: ContactFlags.names.count)
  /// Rows whose given handling time is exactly end minus start, and rows that give one.
  public internal(set) var elapsedRows = 0
  /// Rows with a given handling time.
  public internal(set) var givenRows = 0
  /// In which units the file has instants as whole numbers.
  public internal(set) var unixTimes: UnixTimes = []
  /// Headers that name no field and were not used.
  public internal(set) var unusedHeaders: [String] = []

  /// Whether the file has a column for the end of contacts, without which conversations stay open.
  public internal(set) var hasEnd = true
  /// Whether it has one for handling times, or for a part of them.
  public internal(set) var hasHandling = true

  /// How many rows were refused.
  public var rejected: Int { refused.count }
  /// The first refused rows of each kind, in the order of the file.
  public var rejections: [RowRejection] { refused.examples }

  /// Whether what the file calls handling time is the time from start to end: true of every row that has one.
  public var handlingIsElapsed: Bool { givenRows >= 20 && elapsedRows == givenRows }

  mutating func reject(_ rejection: RowRejection) { refused.add(rejection) }

  mutating func count(_ flags: ContactFlags, times: Int = 1) {
    guard !flags.isEmpty else { return }
    for (place, entry) in ContactFlags.names.enumerated() where flags.contains(entry.flag) {
      flagged[place] += times
    }
  }
}

/// What an import of a mapping did.
public struct MappingLedger: Equatable, Sendable {
  /// Rows read.
  public internal(set) var rows = 0
  /// Pairs that are new.
  public internal(set) var added = 0
  /// Pairs that were there.
  public internal(set) var unchanged = 0
  /// Rows refused, by what is wrong with them.
  public internal(set) var refused = RefusedRows()

  /// How many rows were refused.
  public var rejected: Int { refused.count }

  mutating func reject(_ rejection: RowRejection) { refused.add(rejection) }
}
