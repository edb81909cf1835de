internal import Conversations
internal import HandlingAnalytics
internal import MappedFiles
internal import SQLiteStore

/// Keeps the columns in step with the store: loads them, catches up by the change log, rebuilds what can't be
/// used, and writes them back when that saves later starts work.
struct ColumnsKeeper {
  /// Changed conversations after which the delta is written: below, reading them again is cheaper.
  private static let saveAfter = 8
  /// Changed conversations after which a rebuild is cheaper than a catch-up.
  private static let rebuildAfter = 4_096

  private let store: Store
  private let notify: @Sendable (Notice) -> Void
  private var table: ContactTable?
  private var savedSeq: Int64 = 0

  init(_ store: Store, notify: @escaping @Sendable (Notice) -> Void) {
    self.store = store
    self.notify = notify
  }

  private var path: String { "\(store.path).columns" }

  /// The table at the last change. O(1) when nothing has changed, else by the number of changes.
  mutating func current() throws -> ContactTable {
    let log = ChangeLog(store)
    if let table, table.position == TablePosition(try log.position()) { return table }
    // Files before the snapshot: what they hold is then never newer than it.
    let stored = try table ?? storedTable()
    return try store.read {
      let position = TablePosition(try log.position())
      guard let known = table ?? stored else { return try rebuild(at: position) }
      let pending = try pendingChanges(after: known, log)
      if table == nil {
        // On disk since before an import, or of another history: this is worth a word.
        guard let pending, !pending.contains(where: { $0.kind == .imported }) else {
          notify(.rebuilt(path: path, cause: .stale))
          return try rebuild(at: position)
        }
        savedSeq = known.position.seq
      }
      let next = try pending.flatMap { try caughtUp(known, $0, position) } ?? rebuild(at: position)
      table = next
      return next
    }
  }

  /// Loads what is on disk if it can be caught up with, and says nothing if not: before an import, which will then
  /// be followed instead of rebuilt for.
  mutating func preload() throws {
    guard table == nil,
      let stored = try? ContactTable(path: path, storeUUID: store.uuid, schema: UInt32(StoreSchema.version)),
      let pending = try pendingChanges(after: stored, ChangeLog(store)),
      !pending.contains(where: { $0.kind == .imported })
    else { return }
    table = stored
    savedSeq = stored.position.seq
  }

  /// Forgets the table and builds and writes it anew: after an import, or when it turned out damaged.
  mutating func rebuild(because cause: Notice.Cause?) throws {
    table = nil
    if let cause { notify(.rebuilt(path: path, cause: cause)) }
    _ = try store.read { try rebuild(at: TablePosition(try ChangeLog(store).position())) }
  }

  /// The table on disk, if it is sound.
  private func storedTable() throws -> ContactTable? {
    do {
      return try ContactTable(path: path, storeUUID: store.uuid, schema: UInt32(StoreSchema.version))
    } catch let fault {
      if let cause = Notice.Cause(fault) { notify(.rebuilt(path: path, cause: cause)) }
      return nil
    }
  }

  /// The changes since a table; `nil` when it is of another history or they are too many to follow.
  private func pendingChanges(after known: ContactTable, _ log: ChangeLog) throws -> [ChangeLog.Change]? {
    let changes = try log.changes(after: known.position.seq, limit: Self.rebuildAfter + 1)
    guard changes.count <= Self.rebuildAfter, try log.contains(ChangeLog.Position(known.position)) else {
      return nil
    }
    return changes
  }

  /// The table after the pending changes; `nil` when it had better be rebuilt.
  private mutating func caughtUp(
    _ known: ContactTable, _ changes: [ChangeLog.Change], _ position: TablePosition
  ) throws -> ContactTable? {
    if known.position == position { return known }
    var changed = Set<Int64>()
    for change in changes {
      guard changed.count + change.conversations.count <= Self.rebuildAfter else { return nil }
      changed.formUnion(change.conversations)
    }
    var rows = ContactRows()
    let feed = try ContactFeed(byConversation: store)
    for conversation in changed.sorted() {
      feed.start(conversation: conversation)
      while let row = try feed.next() { rows.append(ContactRows.Row(row)) }
    }
    do {
      let next = try known.replacing(
        changed, with: rows, names: try names(extending: known.names), position: position)
      if try next.needsCompaction() { return nil }
      if position.seq - savedSeq > Self.saveAfter { save(next) }
      return next
    } catch is ColumnsFault {
      notify(.rebuilt(path: path, cause: .damaged))
      return nil
    }
  }

  /// Builds and writes the columns from what an import into an empty store still has at hand, as of its own
  /// last change.
  mutating func build(from fresh: FreshContacts, at position: TablePosition) throws {
    let (ended, open) = fresh.split()
    _ = try build(ended: ended, open: open, at: position)
  }

  /// Takes in what an import has just added and writes it back, whatever its size.
  mutating func followImport() throws {
    guard table != nil else { return try rebuild(because: nil) }
    let next = try current()
    if savedSeq != next.position.seq { save(next) }
  }

  private mutating func rebuild(at position: TablePosition) throws -> ContactTable {
    var ended = ContactRows()
    var open = ContactRows()
    let feed = try ContactFeed(all: store)
    while let row = try feed.next() {
      if row.state == .ended {
        ended.append(ContactRows.Row(row))
      } else {
        open.append(ContactRows.Row(row))
      }
    }
    return try build(ended: ended, open: open, at: position)
  }

  private mutating func build(ended: ContactRows, open: ContactRows, at position: TablePosition) throws
    -> ContactTable
  {
    let names = try names(extending: NameDictionaries())
    let built: ContactTable
    do {
      built = try write(ended, open, names, at: position)
    } catch let fault as FileFault {
      notify(.notSaved(path: path, reason: fault.reason))
      built = ContactTable(ended: ended, open: open, names: names, position: position)
    }
    table = built
    return built
  }

  /// Writes base and delta and maps them; without the lock or the permission, stays in memory.
  private mutating func write(
    _ ended: ContactRows, _ open: ContactRows, _ names: NameDictionaries, at position: TablePosition
  ) throws -> ContactTable {
    let written: Void? = try FileLock.whileHolding("\(path)-lock") { () throws(FileFault) in
      try ContactTable.write(
        ended: ended, open: open, names: names,
        identity: ColumnsFile.Identity(
          storeUUID: store.uuid, schema: UInt32(StoreSchema.version), position: position,
          basePosition: position, openContacts: open.count),
        to: path)
    }
    guard written != nil else {
      return ContactTable(ended: ended, open: open, names: names, position: position)
    }
    savedSeq = position.seq
    return try ContactTable(path: path, storeUUID: store.uuid, schema: UInt32(StoreSchema.version))
  }

  private mutating func save(_ table: ContactTable) {
    guard store.isWritable else { return }
    do throws(FileFault) {
      let saved: Void? = try FileLock.whileHolding("\(path)-lock") { () throws(FileFault) in
        try table.saveDelta(path: path, storeUUID: store.uuid, schema: UInt32(StoreSchema.version))
      }
      if saved != nil { savedSeq = table.position.seq }
    } catch {
      notify(.notSaved(path: "\(path)-delta", reason: error.reason))
    }
  }

  private func names(extending known: NameDictionaries) throws -> NameDictionaries {
    var names = known
    for (kind, repository) in [
      (NameDictionaries.Kind.tag, NameRepository.Kind.tag), (.category, .category), (.channel, .channel),
      (.agent, .agent), (.group, .group),
    ] {
      names[kind] += try NameRepository(repository, of: store).names(after: names[kind].count)
    }
    return names
  }
}

extension TablePosition {
  init(_ position: ChangeLog.Position) {
    self.init(seq: position.seq, nonce: position.nonce)
  }
}

extension ChangeLog.Position {
  init(_ position: TablePosition) {
    self.init(seq: position.seq, nonce: position.nonce)
  }
}

extension Notice.Cause {
  /// What to say of a fault; a file that was never written needs no words.
  init?(_ fault: ColumnsFault) {
    switch fault {
    case .missing: return nil
    case .empty: self = .empty
    case .foreign: self = .foreign
    case .truncated: self = .truncated
    case .damaged: self = .damaged
    case .newer: self = .newer
    case .stale: self = .stale
    }
  }
}
