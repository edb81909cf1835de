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
  private var learner: TagLearner?
  private var learnt = ChangeLog.Position.start
  private var savedSeq: Int64 = 0
  /// What was published last of what this has learnt; `nil` when something of it has changed.
  private var published: ChangeLog.Position?
  /// Whether readers have the learner's model.
  private var isModelRead = false
  private var ranker: TagRanker?
  /// Which tags are in use; `nil` when that may have changed.
  private var states: TagStates?
  /// The names of all tags, by id - 1, as of `ranker`.
  private var tagNames: [String] = []

  init(_ store: Store, notify: @escaping @Sendable (Notice) -> Void) {
    self.store = store
    self.notify = notify
  }

  private var path: String { "\(store.path).model" }

  /// Learns what is new and lets readers have it. O(1) when nothing has changed.
  ///
  /// - Parameter progress: told now and then how many closes have been learnt.
  mutating func refresh(_ views: LeftRight<RankingView>, progress: (Int) -> Void = { _ in }) throws {
    let log = ChangeLog(store)
    if let published, published == (try log.position()) { return }
    // The file before the snapshot: what it has learnt is then never newer than it.
    let stored = learner == nil ? storedFile() : nil
    try store.read {
      let position = try log.position()
      if let stored { try adopt(stored, log) }
      if learnt != position { try catchUp(log, position, views, progress: progress) }
      let learner = try learner ?? self.learner(at: 0)
      self.learner = learner
      if ranker == nil {
        let states = try currentStates()
        tagNames = try NameRepository(.tag, of: store).names()
        ranker = TagRanker(
          names: tagNames, mapping: try MappingRepository(store).pairs(states), inactive: states.inactive)
      }
      views.publish(
        RankingView(model: learner.model, ranker: ranker!, tagNames: tagNames, learntSeq: learnt.seq))
      (published, isModelRead) = (position, true)
    }
  }

  /// Learns what is new and writes a checkpoint: after an import; whether the one on disk is up to date then.
  ///
  /// - Parameters:
  ///   - fresh: what an import into an empty store has learnt on its way, but for texts.
  ///   - position: that import's last change.
  @discardableResult
  mutating func saveCheckpoint(
    of fresh: UsageModel? = nil, at position: ChangeLog.Position? = nil, _ views: LeftRight<RankingView>,
    progress: (Int) -> Void = { _ in }
  ) throws -> Bool {
    if let fresh, let position, try !ConversationTexts.areKept(in: store) {
      begin(try learner(of: fresh, at: position.seq), at: position)
    }
    try refresh(views, progress: progress)
    if savedSeq != learnt.seq { save() }
    return savedSeq == learnt.seq
  }

  /// Learns everything anew, whatever the checkpoint says, and writes one; what was learnt, and whether it could be
  /// written.
  ///
  /// - Parameter progress: told now and then how many closes have been learnt.
  mutating func retrain(progress: (Int) -> Void) throws -> (model: TagModel, isSaved: Bool) {
    let log = ChangeLog(store)
    begin(nil, at: .start)
    savedSeq = .max
    try store.read { try catchUp(log, try log.position(), LeftRight(), progress: progress) }
    savedSeq = -1
    save()
    return (learner?.model ?? TagLearner().model, savedSeq == learnt.seq)
  }

  /// Goes on with a learner of its own.
  private mutating func begin(_ learner: TagLearner?, at position: ChangeLog.Position) {
    (self.learner, learnt, isModelRead) = (learner, position, false)
    (published, ranker) = (nil, nil)
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
    begin(try learner(of: file.model, file.texts, file.calibration, at: file.seq), at: position)
    savedSeq = file.seq
  }

  /// What was learnt up to a change, with the mapping as it was then.
  private mutating func learner(
    of usage: UsageModel = UsageModel(), _ texts: TextLearner? = nil,
    _ calibration: ScoreCalibration = ScoreCalibration(), at seq: Int64
  ) throws -> TagLearner {
    let (links, states) = (try MappingRepository(store).links(at: seq), try currentStates())
    return TagLearner(
      usage: usage, texts: texts, calibration: calibration, mapping: CurrentLinks(links, states).pairs,
      everMapped: Set(links.map { states.resolved($0.tag) }))
  }

  private mutating func currentStates() throws -> TagStates {
    let current = try states ?? TagStates(store)
    states = current
    return current
  }

  private mutating func catchUp(
    _ log: ChangeLog, _ position: ChangeLog.Position, _ views: LeftRight<RankingView>,
    progress: (Int) -> Void = { _ in }
  ) throws {
    var changes = try log.changes(after: learnt.seq)
    let isKnownHistory = try log.contains(learnt)
    if changes.contains(where: { $0.kind != .opened && $0.kind != .closed }) { states = nil }
    // What was learnt can't be unlearnt: conversations that an import changed mean learning anew, and so do words that
    // are to be forgotten and tags that count as others now.
    let isSound = learner?.texts?.isSound() ?? true
    if !isSound {
      notify(.rebuilt(path: path, cause: .damaged))
    }
    let isPastOther =
      try changes.contains { $0.kind == .updated || $0.kind == .forgotten } || hasMerges(in: changes)
    if !isSound || !isKnownHistory || (learnt.seq > 0 && isPastOther) {
      begin(nil, at: .start)
      // Worth a checkpoint, however little the last one was behind.
      savedSeq = -Self.saveAfter - 1
      changes = try log.changes(after: 0)
    }
    let learner = try learner ?? self.learner(at: 0)
    let events = try MappingRepository(store).events(after: learnt.seq)
    // Should this fail half-way, the checkpoint is where to begin: what was learnt by then can't be told apart.
    let (isModelRead, ranker) = (isModelRead, ranker)
    begin(nil, at: .start)
    self.ranker = ranker
    if isModelRead {
      views.waitForReaders()
      learner.turn()
    }
    try learn(changes, events, learner, progress: progress)
    (self.learner, learnt) = (learner, position)
    if learnt.seq - savedSeq > Self.saveAfter { save() }
  }

  private func hasMerges(in changes: [ChangeLog.Change]) throws -> Bool {
    guard let first = changes.first(where: { $0.kind == .taxonomy }) else { return false }
    return try NameEventLog(store).hasMerges(after: first.seq - 1)
  }

  private mutating func learn(
    _ changes: [ChangeLog.Change], _ events: [Int64: [MappingRepository.Event]], _ learner: TagLearner,
    progress: (Int) -> Void
  ) throws {
    var latestChange: [Int64: Int64] = [:]
    for change in changes where change.kind != .imported && change.kind != .forgotten {
      for conversation in change.conversations { latestChange[conversation] = change.seq }
    }
    let feed = try CloseFeed(store)
    let texts = try ConversationTexts(store)
    let states = try currentStates()
    var links = CurrentLinks([], states)
    if let first = changes.first, !events.isEmpty {
      links = CurrentLinks(try MappingRepository(store).links(at: first.seq - 1), states)
    }
    for change in changes {
      for event in (events[change.seq] ?? []).compactMap({ links.take($0) }) {
        learner.map(event.tag, to: event.category, isMapped: event.isMapped)
      }
      // What was forgotten is learnt where it was learnt before, without words.
      if change.kind == .forgotten { continue }
      let closes = try feed.closes(change.conversations).filter {
        latestChange[$0.conversation] ?? change.seq == change.seq
      }
      try CloseTexts.forEach(of: closes, in: texts) { close, text in
        learner.learn(UsageModel.Close(close, states), tally: text)
        if learner.model.closeCount % 256 == 0 { progress(learner.model.closeCount) }
      }
      switch change.kind {
      case .taxonomy, .imported, .updated: ranker = nil
      case .opened, .closed, .forgotten: break
      }
    }
  }

  /// Writes a checkpoint, unless another process is at it or has forgotten something since this one has learnt.
  mutating func save() {
    guard let learner, store.isWritable else { return }
    let file = ModelFile(
      model: learner.model.usage, texts: learner.texts, calibration: learner.model.calibration,
      seq: learnt.seq, nonce: learnt.nonce)
    do throws(FileFault) {
      let isSaved = try FileLock.whileHolding("\(path)-lock") { () throws(FileFault) in
        // Words that were forgotten meanwhile must not come back over the model that lacks them.
        if (try? ChangeLog(store).has(.forgotten, after: learnt.seq)) != false { return false }
        try file.write(to: path, storeUUID: store.uuid)
        return true
      }
      if isSaved == true { savedSeq = learnt.seq }
    } catch {
      notify(.notSaved(path: path, reason: error.reason))
    }
  }
}

extension UsageModel.Close {
  /// A close with its tags as merges leave them.
  init(_ close: CloseFeed.Close, _ states: TagStates = TagStates()) {
    self.init(
      tags: states.resolved(close.tags), category: close.category, channel: close.channel, agent: close.agent,
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
