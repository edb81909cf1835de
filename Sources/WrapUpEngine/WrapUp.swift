internal import CivilTime
internal import HandlingAnalytics
internal import SQLiteStore

/// A store, opened: import, close, rank and report through this.
///
///     let wrapup = try WrapUp(store: "wrapup.sqlite")
///     let ranked = try wrapup.recommend(DialogContext(category: "Delivery")).list
///     try wrapup.close("c-17", tags: [ranked[0].tag])
///
/// Safe from many threads. What a method has returned from is on disk; reports and recommendations see it, here
/// and in every other process. Reports scan an immutable snapshot; an import writes on a connection of its own. Who
/// asks for recommendations never waits for another thread's learning: what was known before it is ranked by then.
public final class WrapUp: Sendable {
  /// Where the store lies.
  public let path: String
  /// IANA name of the zone of calendar buckets, unless a question names another.
  public let zone: String

  let state: Guarded<EngineState>
  let ranking = Ranking()
  let settings: Settings

  /// How an engine behaves.
  public struct Settings: Sendable {
    /// Into how many slices a report is cut; one a processor unless said otherwise. Answers do not depend on it.
    public var sliceCount: Int
    /// The present, unix seconds.
    public var now: @Sendable () -> Int64
    /// Told what the engine does on its own.
    public var notify: @Sendable (Notice) -> Void

    /// One slice a processor, the system's clock, nobody told.
    public init() {
      sliceCount = WorkerThreads.processorCount
      now = { Instant.now().seconds }
      notify = { _ in }
    }
  }

  /// Opens a store.
  ///
  /// - Parameters:
  ///   - path: the SQLite file.
  ///   - createInZone: the IANA zone of a store that does not exist yet; `nil` refuses to create one.
  ///   - settings: how the engine behaves.
  /// - Throws: what is wrong with the store, which is left as it was.
  public init(store path: String, createInZone: String? = "UTC", settings: Settings = Settings())
    throws(WrapUpError)
  {
    self.path = path
    self.settings = settings
    if let createInZone { _ = try Self.zoneRules(createInZone) }
    do {
      let store = try Store(path: path, whenMissing: createInZone.map { .create(zone: $0) } ?? .fail)
      zone = store.zone
      let opened = try EngineState(store, notify: settings.notify)
      try? opened.settleSomeOfUnfinishedImport()
      state = Guarded(opened)
    } catch {
      throw WrapUpError(error, path: path)
    }
  }

  /// The rules of a zone.
  static func zoneRules(_ name: String) throws(WrapUpError) -> TimeZoneRules {
    do {
      return try TimeZoneRules(identifier: name)
    } catch {
      if case .unknownZone(let nearest) = error { throw .unknownZone(name: name, nearest: nearest) }
      throw .unknownZone(name: name, nearest: [])
    }
  }

  /// The IANA zones that this machine knows, in order.
  public static var zoneNames: [String] { TimeZoneRules.knownIdentifiers }

  /// Runs `body` with the store to itself, and gives errors this face.
  func withState<Result>(_ body: (inout EngineState) throws -> Result) throws(WrapUpError) -> Result {
    do {
      return try state.withLock { state in
        if state.isOutdated { state = try openState() }
        return try body(&state)
      }
    } catch {
      throw WrapUpError(error, path: path)
    }
  }

  /// The store as it is now, on a connection of its own.
  func openState() throws -> EngineState {
    try EngineState(try Store(path: path, whenMissing: .fail), notify: settings.notify)
  }
}

/// What an engine keeps under its lock.
struct EngineState {
  let store: Store
  let changes: ChangeLog
  let conversations: ConversationRepository
  let contacts: ContactRepository
  var columns: ColumnsKeeper
  /// Whether this is a copy of the store from before an import that is over: to be opened anew before it is used.
  var isOutdated = false

  init(_ store: Store, notify: @escaping @Sendable (Notice) -> Void) throws {
    self.store = store
    changes = ChangeLog(store)
    conversations = try ConversationRepository(store)
    contacts = try ContactRepository(store)
    columns = ColumnsKeeper(store, notify: notify)
  }

  /// Whether nothing was ever written but the store itself.
  var isPristine: Bool {
    get throws { try changes.position() == .start && conversations.lastKey() == 0 }
  }

  func names(_ kind: NameRepository.Kind) -> NameRepository { NameRepository(kind, of: store) }
}

extension WrapUp {
  /// An instant as ISO 8601 in UTC: 2016-02-29T14:05:00Z.
  ///
  /// - Parameter seconds: unix seconds.
  public static func text(ofInstant seconds: Int64) -> String {
    ISO8601.string(Instant(seconds))
  }
}
