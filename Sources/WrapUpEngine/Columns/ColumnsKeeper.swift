internal import HandlingAnalytics
internal import MappedFiles
internal import SQLiteStore

/// Keeps the columns in step with the store: opens what is on disk, catches up by the change log, rebuilds what can't
/// be used, and has delta and base written when that saves others work.
///
/// Any number of processes do this to one store. Each answers from the table it holds, which nobody changes; when it
/// has something to catch up with it looks first whether another has put newer files in place, and goes on from
/// those. Who writes holds the lock and writes only over what it has looked at; who doesn't get it goes on without.
struct ColumnsKeeper {
  let store: Store
  let notify: @Sendable (Notice) -> Void
  var table: ContactTable?
  /// What was on disk at the last look.
  var disk: ColumnsOnDisk?
  /// What is being written.
  var writing: BackgroundWrite?
  /// Whether there may be files of this process that it does not use yet.
  var hasWritten = false
  /// Conversations read again since files were last written; below 0 after a failure, so that not every change
  /// meets a full disk.
  var unsaved = 0

  /// Contacts of a delta above which the base is written anew, unless 1% of the base are more.
  var compactionBound = 4_096

  init(_ store: Store, notify: @escaping @Sendable (Notice) -> Void) {
    self.store = store
    self.notify = notify
  }

  var path: String { "\(store.path).columns" }
  var schema: UInt32 { UInt32(StoreSchema.version) }

  /// The table at the last change. O(1) when nothing has changed, else by the number of changes.
  mutating func current() throws -> ContactTable {
    let log = ChangeLog(store)
    noteWriting()
    if !hasWritten, let table, table.position == TablePosition(try log.position()) { return table }
    // Files before the snapshot: what they hold is then never newer than it.
    let stored = storedTable()
    hasWritten = false
    let next = try store.read {
      let position = TablePosition(try log.position())
      for known in [stored, table].compactMap({ $0 }) {
        if let next = try caughtUp(known, log, position) { return next }
      }
      if table == nil, stored != nil { notify(.rebuilt(path: path, cause: .stale)) }
      return try rebuild(at: position)
    }
    table = next
    try save(next)
    return next
  }

  /// Opens what is on disk, without a word if it can't be used: before an import, which will then be followed
  /// instead of rebuilt for.
  mutating func preload() throws {
    guard table == nil, let stored = try? ContactTable(path: path, storeUUID: store.uuid, schema: schema),
      try ChangeLog(store).contains(ChangeLog.Position(stored.position))
    else { return }
    table = stored
  }

  /// Forgets the table and builds and writes it anew: when it turned out damaged.
  mutating func rebuild(because cause: Notice.Cause?) throws {
    table = nil
    if let cause { notify(.rebuilt(path: path, cause: cause)) }
    look()
    table = try store.read { try rebuild(at: TablePosition(try ChangeLog(store).position())) }
  }

  /// Takes over the columns that an import into an empty store has drafted, as of its own last change; where it could
  /// not, builds and writes them from what it still has at hand.
  mutating func adopt(_ derivation: FreshDerivation, of fresh: FreshContacts, at position: TablePosition)
    throws
  {
    let ending = ColumnsDraft.Ending(
      names: try names(extending: NameDictionaries()), identity: identity(ofBaseAt: position))
    finishWriting()
    let isInPlace = derivation.finishColumns(ending)
    look()
    if isInPlace {
      unsaved = 0
      table = try ContactTable(path: path, storeUUID: store.uuid, schema: schema)
    } else {
      let (ended, open) = fresh.split()
      table = try build(ended: ended, open: open, at: position)
    }
  }

  /// Takes in what an import has just added and writes it, whatever its size.
  mutating func followImport() throws {
    guard table != nil else { return try rebuild(because: nil) }
    let next = try current()
    finishWriting()
    look()
    try save(next, always: true)
    finishWriting()
  }

  /// The table on disk, if it is ahead of the one at hand, be it in changes or because its base has taken the delta in.
  private mutating func storedTable() -> ContactTable? {
    if disk?.isCurrent(at: path) != true { look() }
    if let table {
      guard let (base, position) = disk?.places,
        base.seq > table.basePosition.seq || position.seq > table.position.seq
      else { return nil }
    } else if disk?.isRejected == true {
      return nil
    }
    do {
      let stored = try ContactTable(path: path, storeUUID: store.uuid, schema: schema)
      if let fault = stored.deltaFault, let cause = Notice.Cause(fault) {
        notify(.rebuilt(path: "\(path)-delta", cause: cause))
      }
      return stored
    } catch let fault {
      disk?.reject()
      if let cause = Notice.Cause(fault) { notify(.rebuilt(path: path, cause: cause)) }
      return nil
    }
  }

  /// The table after all changes; `nil` when it had better be rebuilt, because it is of another history or damaged,
  /// or so much has changed that reading everything is cheaper.
  private mutating func caughtUp(_ known: ContactTable, _ log: ChangeLog, _ position: TablePosition) throws
    -> ContactTable?
  {
    if known.position == position { return known }
    // Reading a conversation by key costs several times what it costs in passing.
    let limit = max(4_096, known.contactCount / 4)
    let changes = try log.changes(after: known.position.seq, limit: limit + 1)
    guard changes.count <= limit, try log.contains(ChangeLog.Position(known.position)) else { return nil }
    var changed = Set<Int64>()
    for change in changes {
      guard changed.count + change.conversations.count <= limit else { return nil }
      changed.formUnion(change.conversations)
    }
    var names = known.names
    // What has names may have been renamed, and what had none yet may have got one.
    if changes.contains(where: { $0.kind == .taxonomy }) { (names[.tag], names[.category]) = ([], []) }
    if changes.contains(where: { $0.kind != .opened && $0.kind != .closed }) {
      for kind in NameDictionaries.Kind.allCases where names[kind].contains("") { names[kind] = [] }
    }
    names = try self.names(extending: names)
    let feed = try ContactFeed(byConversation: store)
    let keys = changed.sorted()
    var next = known
    do {
      // At least once: names and position move on without a conversation too.
      for start in stride(from: 0, through: max(keys.count - 1, 0), by: 65_536) {
        let batch = keys[start..<min(start + 65_536, keys.count)]
        var rows = ContactRows()
        for conversations in batch.runs {
          feed.start(conversations: conversations)
          while let row = try feed.next() { rows.append(ContactRows.Row(row)) }
        }
        next = try next.replacing(Set(batch), with: rows, names: names, position: position)
      }
    } catch is ColumnsFault {
      notify(.rebuilt(path: path, cause: .damaged))
      disk?.reject()
      return nil
    }
    unsaved += changed.count
    return next
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

  private func identity(ofBaseAt position: TablePosition) -> ColumnsFile.Identity {
    ColumnsFile.Identity(storeUUID: store.uuid, schema: schema, position: position, basePosition: position)
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

  /// Writes a base and maps it; without the lock or the permission, stays in memory.
  private mutating func build(ended: ContactRows, open: ContactRows, at position: TablePosition) throws
    -> ContactTable
  {
    let names = try names(extending: NameDictionaries())
    let identity = identity(ofBaseAt: position)
    finishWriting()
    do {
      let path = path
      let disk = disk
      let written: Bool? = try FileLock.whileHolding("\(path)-lock") { () throws(FileFault) in
        guard disk?.isCurrent(at: path) == true else { return false }
        try ContactTable.write(ended: ended, open: open, names: names, identity: identity, to: path)
        return true
      }
      if written == true {
        look()
        unsaved = 0
        return try ContactTable(path: path, storeUUID: store.uuid, schema: schema)
      }
    } catch let fault as FileFault {
      notify(.notSaved(path: path, reason: fault.reason))
      unsaved = -Self.patience
    }
    return ContactTable(ended: ended, open: open, names: names, position: position)
  }
}

extension ArraySlice<Int64> {
  /// Ascending numbers as ranges of neighbours.
  fileprivate var runs: [ClosedRange<Int64>] {
    var runs: [ClosedRange<Int64>] = []
    for number in self {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs
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
