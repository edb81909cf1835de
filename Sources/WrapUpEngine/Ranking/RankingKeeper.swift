internal import MappedFiles
internal import SQLiteStore
internal import TagRanking

/// Keeps the ranker in step with the store: loads its checkpoint, learns every close in the order of the change
/// log, and writes a checkpoint when that saves later starts work.
///
/// A conversation is learnt at its latest change: an import's conversations by ended instant and id, a live
/// close when it happens. So learning step by step and learning anew give the same model to the bit.
struct RankingKeeper {
  /// Changes after which a checkpoint is written.
  private static let saveAfter: Int64 = 256

  private let store: Store
  private let notify: @Sendable (Notice) -> Void
  private var model: UsageModel?
  private var learnt = ChangeLog.Position.start
  private var savedSeq: Int64 = 0
  private var ranker: TagRanker?
  /// The names of all tags, by id - 1, as of ``current()``.
  private(set) var tagNames: [String] = []

  init(_ store: Store, notify: @escaping @Sendable (Notice) -> Void) {
    self.store = store
    self.notify = notify
  }

  /// The change up to which ``current()`` has learnt.
  var learntSeq: Int64 { learnt.seq }

  private var path: String { "\(store.path).model" }

  /// The model and the ranker at the last change. O(1) when nothing has changed.
  mutating func current() throws -> (UsageModel, TagRanker) {
    let log = ChangeLog(store)
    if let model, let ranker, learnt == (try log.position()) { return (model, ranker) }
    // The file before the snapshot: what it has learnt is then never newer than it.
    let stored = model == nil ? storedFile() : nil
    return try store.read {
      let position = try log.position()
      if let stored { try adopt(stored, log) }
      if learnt != position { try catchUp(log, position) }
      if let ranker { return (model ?? UsageModel(), ranker) }
      tagNames = try NameRepository(.tag, of: store).names()
      let loaded = TagRanker(names: tagNames, mapping: try MappingRepository(store).pairs())
      ranker = loaded
      return (model ?? UsageModel(), loaded)
    }
  }

  /// Learns what is new and writes a checkpoint: after an import.
  ///
  /// - Parameters:
  ///   - fresh: what an import into an empty store has learnt on its way.
  ///   - position: that import's last change.
  mutating func saveCheckpoint(of fresh: UsageModel? = nil, at position: ChangeLog.Position? = nil) throws {
    if let fresh, let position {
      model = fresh
      learnt = position
      ranker = nil
    }
    _ = try current()
    if savedSeq != learnt.seq { save() }
  }

  /// The checkpoint on disk, if it is sound.
  private func storedFile() -> ModelFile? {
    do throws(ModelFile.Fault) {
      return try ModelFile(path: path, storeUUID: store.uuid)
    } catch {
      if let cause = Notice.Cause(error) { notify(.rebuilt(path: path, cause: cause)) }
      return nil
    }
  }

  /// Goes on from a checkpoint if it is of this history.
  private mutating func adopt(_ file: ModelFile, _ log: ChangeLog) throws {
    let position = ChangeLog.Position(seq: file.seq, nonce: file.nonce)
    guard try log.contains(position) else { return notify(.rebuilt(path: path, cause: .stale)) }
    model = file.model
    learnt = position
    savedSeq = file.seq
  }

  private mutating func catchUp(_ log: ChangeLog, _ position: ChangeLog.Position) throws {
    var changes = try log.changes(after: learnt.seq)
    let isKnownHistory = try log.contains(learnt)
    // What was learnt can't be unlearnt: conversations that an import changed mean learning anew.
    if !isKnownHistory || (learnt.seq > 0 && changes.contains { $0.kind == .updated }) {
      model = nil
      changes = try log.changes(after: 0)
    }
    var model = model ?? UsageModel()
    var latestChange: [Int64: Int64] = [:]
    for change in changes where change.kind != .imported {
      for conversation in change.conversations { latestChange[conversation] = change.seq }
    }
    let feed = try CloseFeed(store)
    for change in changes {
      for close in try feed.closes(change.conversations)
      where latestChange[close.conversation] ?? change.seq == change.seq {
        model.learn(UsageModel.Close(close))
      }
      switch change.kind {
      case .taxonomy, .imported, .updated: ranker = nil
      case .opened, .closed: break
      }
    }
    self.model = model
    learnt = position
    if learnt.seq - savedSeq > Self.saveAfter { save() }
  }

  private mutating func save() {
    guard let model, store.isWritable else { return }
    let file = ModelFile(model: model, seq: learnt.seq, nonce: learnt.nonce)
    do throws(FileFault) {
      let saved: Void? = try FileLock.whileHolding("\(path)-lock") { () throws(FileFault) in
        try file.write(to: path, storeUUID: store.uuid)
      }
      if saved != nil { savedSeq = learnt.seq }
    } catch {
      notify(.notSaved(path: path, reason: error.reason))
    }
  }
}

extension UsageModel.Close {
  init(_ close: CloseFeed.Close) {
    self.init(
      tags: close.tags, category: close.category, channel: close.channel, agent: close.agent,
      endedAt: close.endedAt)
  }
}

extension Notice.Cause {
  /// What to say of a fault; a checkpoint that was never written needs no words.
  init?(_ fault: ModelFile.Fault) {
    switch fault {
    case .missing: return nil
    case .empty: self = .empty
    case .foreign: self = .foreign
    case .damaged: self = .damaged
    case .newer: self = .newer
    case .stale: self = .stale
    }
  }
}
