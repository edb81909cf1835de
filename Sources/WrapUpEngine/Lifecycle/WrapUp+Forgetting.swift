internal import CivilTime
internal import HandlingAnalytics
internal import MappedFiles
internal import SQLiteStore

extension WrapUp {
  /// What ``forget(_:rewriting:progress:)`` would forget; nothing is changed.
  ///
  /// - Throws: ``WrapUpError/unknownConversation(id:)``.
  public func forgettable(_ scope: ForgettingScope) throws(WrapUpError) -> ForgettingReceipt {
    try withState { state in
      try state.store.read {
        let erasure = try WordErasure(state.store)
        var receipt = ForgettingReceipt()
        for key in try state.conversations(in: scope, erasure) {
          receipt.add(try erasure.found(in: key), inScope: 1)
        }
        return receipt
      }
    }
  }

  /// Forgets what visitors and agents have written in conversations, and who the visitors were: texts, endnotes and
  /// visitors. Ids, tags, times and with them all figures stay. It can't be undone.
  ///
  /// The rows go by short transactions, so that others write meanwhile. Then the store's file is written anew, without
  /// what was deleted in it, for which writers wait; and the history is learnt anew: the model is that of this history
  /// without the words. Should it be stopped on its way, once more does the rest.
  ///
  /// - Parameters:
  ///   - isRewriting: whether the store's file is written anew.
  ///   - progress: told now and then how far it is.
  /// - Throws: ``WrapUpError/unknownConversation(id:)``, before anything is forgotten.
  /// - Complexity: O(scope + file + closes × learning).
  public func forget(
    _ scope: ForgettingScope, rewriting isRewriting: Bool = true,
    progress: (ForgettingReceipt.Stage) -> Void = { _ in }
  ) throws(WrapUpError) -> ForgettingReceipt {
    try forget(scope, rewriting: isRewriting, patience: .seconds(60), progress: progress)
  }

  /// - Parameter patience: how long to wait for who else reads or writes before the file is left as it is.
  func forget(
    _ scope: ForgettingScope, rewriting isRewriting: Bool, patience: Duration,
    progress: (ForgettingReceipt.Stage) -> Void = { _ in }
  ) throws(WrapUpError) -> ForgettingReceipt {
    do {
      // A connection of its own: reports and closes of this process go on meanwhile.
      let state = try openState()
      var receipt = try state.importingAlone(isCancelled: { false }) {
        // What an import that was stopped has staged is words too.
        try state.settleUnfinishedImport()
        let receipt = try state.forget(scope, progress)
        FaultPoint.afterCommit.reach()
        return state.clean(receipt, isRewriting: isRewriting, patience, progress)
      }
      try withState { state in
        try state.columns.preload()
        try state.columns.followImport()
      }
      let count = try CloseFeed.count(in: state.store)
      try ranking.withKeeper(openKeeper) { keeper, views in
        let isSaved = try keeper.saveCheckpoint(views) { progress(.learning(done: $0, of: count)) }
        if !isSaved { receipt.leftovers.append(.model(path: "\(path).model")) }
      }
      return receipt
    } catch {
      throw WrapUpError(error, path: path)
    }
  }

  /// The instant at which a date begins in the store's zone, or which a text names, in unix seconds; `nil` for what is
  /// neither.
  package func start(of date: String) -> Int64? {
    guard let zone = try? Self.zoneRules(zone) else { return nil }
    return try? Period.between(from: date, to: nil).resolved(in: zone, now: Instant(settings.now())).from
  }
}

extension EngineState {
  /// Conversations that are forgotten before the clock is looked at.
  private static let conversationsByClock = 64

  fileprivate func conversations(in scope: ForgettingScope, _ erasure: WordErasure) throws -> [Int64] {
    switch scope {
    case .conversations(let ids):
      Set(try ids.map { try key(of: try WrapUp.checked($0, field: "id")) }).sorted()
    case .visitor(let visitor):
      try erasure.conversations(ofVisitor: try WrapUp.checked(visitor, field: "visitor"))
    case .endedBefore(let instant): try erasure.conversations(endedBefore: instant)
    }
  }

  private func key(of id: String) throws -> Int64 {
    guard let key = try conversations.key(of: id) else { throw try lack(of: id) }
    return key
  }

  /// Takes words and visitors out of the rows.
  fileprivate func forget(_ scope: ForgettingScope, _ progress: (ForgettingReceipt.Stage) -> Void) throws
    -> ForgettingReceipt
  {
    try store.overwriteWhatIsDeleted()
    let erasure = try WordErasure(store)
    let keys = try store.read { try conversations(in: scope, erasure) }
    var receipt = ForgettingReceipt()
    try inSteps(importing: true) {
      let next = receipt.inScope..<min(receipt.inScope + Self.conversationsByClock, keys.count)
      receipt.add(try erasure.erase(keys[next]), inScope: next.count)
      progress(.forgetting(done: receipt.inScope, of: keys.count))
      return receipt.inScope == keys.count
    }
    return receipt
  }

  /// Takes what was forgotten out of the files, as far as it goes.
  fileprivate func clean(
    _ receipt: ForgettingReceipt, isRewriting: Bool, _ patience: Duration,
    _ progress: (ForgettingReceipt.Stage) -> Void
  ) -> ForgettingReceipt {
    var receipt = receipt
    // Whoever writes after the file was written anew copies all of the log first.
    store.connection.waitForOthers(Int32(patience / .milliseconds(1)))
    defer { store.connection.waitForOthers(SQLiteConnection.busyMilliseconds) }
    if isRewriting {
      progress(.rewriting)
      do {
        try store.rewrite()
      } catch {
        receipt.leftovers.append(.freedSpace(reason: WrapUpError(error, path: store.path)))
      }
    }
    do {
      if try !store.emptyLog() { receipt.leftovers.append(.log(path: store.path, reason: nil)) }
    } catch {
      receipt.leftovers.append(.log(path: store.path, reason: WrapUpError(error, path: store.path)))
    }
    receipt.leftovers += copies.map { .copy(path: $0) }
    return receipt
  }

  /// Copies of the store from before migrations, those included that one has left which was killed.
  private var copies: [String] {
    let folder = store.path.lastIndex(of: "/").map { String(store.path[...$0]) } ?? ""
    let prefix = store.path.dropFirst(folder.count) + ".bak-v"
    return FolderListing.names(in: folder.isEmpty ? "." : folder).filter { $0.hasPrefix(prefix) }.sorted()
      .map { folder + $0 }
  }
}

extension ForgettingReceipt {
  fileprivate mutating func add(_ found: WordErasure.Found, inScope count: Int) {
    inScope += count
    conversations += found.conversations
    texts += found.texts
    notes += found.notes
    visitors += found.visitors
  }
}
