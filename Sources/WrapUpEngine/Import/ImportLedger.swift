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

  /// How many rows were refused.
  public var rejected: Int { refused.count }
  /// The first refused rows of each kind, in the order of the file.
  public var rejections: [RowRejection] { refused.examples }

  /// Whether what the file calls handling time is the time from start to end: true of every row that has one.
  public var handlingIsElapsed: Bool { givenRows >= 20 && elapsedRows == givenRows }

  mutating func reject(_ rejection: RowRejection) { refused.add(rejection) }

  mutating func count(_ flags: ContactFlags) {
    guard !flags.isEmpty else { return }
    for (place, entry) in ContactFlags.names.enumerated() where flags.contains(entry.flag) {
      flagged[place] += 1
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

/// How a contacts file is imported.
public struct ImportSettings: Sendable {
  /// IANA zone of local times; without one, an instant without an offset is refused.
  public var zone: String?
  /// Longest handling time taken, seconds.
  public var maxDuration: Int64
  /// Take end minus start where there is no handling time; such figures are elapsed times.
  public var derivesHandling = false
  /// Fields with the headers that mean them in this file, whatever else in it might.
  public var headers: [String: String] = [:]
  /// Refuse the whole file when one row of it has to be refused.
  public var isStrict = false
  /// Asked now and then whether to stop: the import then throws ``WrapUpError/cancelled``, and nothing of it is kept.
  public var isCancelled: @Sendable () -> Bool = { false }
  /// Called when all is read and written and only the commit is missing: from then on nothing can be cancelled.
  public var willCommit: @Sendable () -> Void = {}
  /// Told now and then how many rows and bytes have been read.
  public var progress: @Sendable (_ rows: Int, _ bytes: Int) -> Void = { _, _ in }

  /// Offsets required, 366 days at most, nothing derived.
  public init() {
    maxDuration = Bounds.durationSeconds
  }
}
