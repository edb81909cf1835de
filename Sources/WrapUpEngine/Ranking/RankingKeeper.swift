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
  private var model: TagModel?
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
  mutating func current() throws -> (TagModel, TagRanker) {
    let log = ChangeLog(store)
    if let model, let ranker, learnt == (try log.position()) { return (model, ranker) }
    // The file before the snapshot: what it has learnt is then never newer than it.
    let stored = model == nil ? storedFile() : nil
    return try store.read {
      let position = try log.position()
      if let stored { try adopt(stored, log) }
      if learnt != position { try catchUp(log, position) }
      if let ranker { return (model ?? TagModel(), ranker) }
      tagNames = try NameRepository(.tag, of: store).names()
      let loaded = TagRanker(names: tagNames, mapping: try MappingRepository(store).pairs())
      ranker = loaded
      return (model ?? TagModel(), loaded)
    }
  }

  /// Learns what is new and writes a checkpoint: after an import.
  ///
  /// - Parameters:
  ///   - fresh: what an import into an empty store has learnt on its way, but for texts.
  ///   - position: that import's last change.
  mutating func saveCheckpoint(of fresh: UsageModel? = nil, at position: ChangeLog.Position? = nil) throws {
    if let fresh, let position, try !ConversationTexts.areKept(in: store) {
      model = try model(of: fresh, at: position.seq)
      learnt = position
      ranker = nil
    }
    _ = try current()
    if savedSeq != learnt.seq { save() }
  }

  /// Learns everything anew, whatever the checkpoint says, and writes one; what was learnt, and whether it could be
  /// written.
  ///
  /// - Parameter progress: told now and then how many closes have been learnt.
  mutating func retrain(progress: (Int) -> Void) throws -> (model: TagModel, isSaved: Bool) {
    let log = ChangeLog(store)
    (model, learnt, savedSeq, ranker) = (nil, .start, .max, nil)
    try store.read { try catchUp(log, try log.position(), progress: progress) }
    savedSeq = -1
    save()
    return (model ?? TagModel(), savedSeq == learnt.seq)
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
    model = try model(of: file.model, file.scorer, file.calibration, at: file.seq)
    learnt = position
    savedSeq = file.seq
  }

  /// What was learnt up to a change, with the mapping as it was then.
  private func model(
    of usage: UsageModel = UsageModel(), _ scorer: TextScorer? = nil,
    _ calibration: ScoreCalibration = ScoreCalibration(), at seq: Int64
  ) throws -> TagModel {
    let links = try MappingRepository(store).links(at: seq)
    return TagModel(
      usage: usage, scorer: scorer, calibration: calibration,
      mapping: links.filter(\.isMapped).map { ($0.category, $0.tag) },
      everMapped: Set(links.map(\.tag)))
  }

  private mutating func catchUp(
    _ log: ChangeLog, _ position: ChangeLog.Position, progress: (Int) -> Void = { _ in }
  ) throws {
    var changes = try log.changes(after: learnt.seq)
    let isKnownHistory = try log.contains(learnt)
    // What was learnt can't be unlearnt: conversations that an import changed mean learning anew.
    if !isKnownHistory || (learnt.seq > 0 && changes.contains { $0.kind == .updated }) {
      (model, learnt) = (nil, .start)
      changes = try log.changes(after: 0)
    }
    var model = try model ?? model(at: 0)
    let events = try MappingRepository(store).events(after: learnt.seq)
    // Copies of a model share what it learns of texts: should this fail half-way, the checkpoint is where to begin.
    (self.model, learnt) = (nil, .start)
    try learn(changes, events, &model, progress: progress)
    (self.model, learnt) = (model, position)
    if learnt.seq - savedSeq > Self.saveAfter { save() }
  }

  private mutating func learn(
    _ changes: [ChangeLog.Change], _ events: [Int64: [MappingRepository.Event]], _ model: inout TagModel,
    progress: (Int) -> Void
  ) throws {
    var latestChange: [Int64: Int64] = [:]
    for change in changes where change.kind != .imported {
      for conversation in change.conversations { latestChange[conversation] = change.seq }
    }
    let feed = try CloseFeed(store)
    let texts = try ConversationTexts(store)
    for change in changes {
      for event in events[change.seq] ?? [] {
        model.map(event.tag, to: event.category, isMapped: event.isMapped)
      }
      for close in try feed.closes(change.conversations)
      where latestChange[close.conversation] ?? change.seq == change.seq {
        model.learn(UsageModel.Close(close), text: try texts.text(of: close.conversation))
        if model.closeCount % 256 == 0 { progress(model.closeCount) }
      }
      switch change.kind {
      case .taxonomy, .imported, .updated: ranker = nil
      case .opened, .closed: break
      }
    }
  }

  private mutating func save() {
    guard let model, store.isWritable else { return }
    let file = ModelFile(
      model: model.usage, scorer: model.scorer, calibration: model.calibration, seq: learnt.seq,
      nonce: learnt.nonce)
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
