internal import Glibc
internal import MappedFiles
internal import SQLiteStore

/// What goes with imports by chunks: one at a time, and what one that was stopped has left is dealt with.
extension EngineState {
  /// Rows that are taken back before the clock is looked at.
  private static let rowsByClock = 512

  /// Held by who imports.
  private var importLock: String { "\(store.path).import-lock" }
  /// Held by who deals with what is left, be it an importer or who opens the store.
  private var settlingLock: String { "\(store.path).settling-lock" }

  /// Runs `body` while no other process imports, after waiting for one as long as writers wait for each other.
  ///
  /// - Throws: ``WrapUpError/importRunning(path:)``, ``WrapUpError/cancelled``.
  func importingAlone<Result>(isCancelled: () -> Bool, _ body: () throws -> Result) throws -> Result {
    guard store.isWritable else { throw store.isFrozen ? StoreFault.busy : StoreFault.readOnly }
    guard FileLock.canBeHeld(importLock), FileLock.canBeHeld(settlingLock) else { throw StoreFault.readOnly }
    let pause: UInt32 = 10
    for _ in 0..<(UInt32(SQLiteConnection.busyMilliseconds) / pause) {
      if let result = try FileLock.whileHolding(importLock, body) { return result }
      if isCancelled() { throw WrapUpError.cancelled }
      usleep(pause * 1_000)
    }
    throw WrapUpError.importRunning(path: store.path)
  }

  /// Runs `body`, which imports by chunks, and takes back what it has written when it throws.
  func takingBackOnFailure<Result>(_ body: () throws -> Result) throws -> Result {
    try store.inBulk {
      do {
        return try body()
      } catch {
        // What can't be taken back now stays unseen, and is by whoever comes next.
        try? settleUnfinishedImport()
        throw error
      }
    }
  }

  /// Deals with what an import that was stopped has left: takes it back, or goes on with it where it was decided already.
  /// The caller imports alone.
  func settleUnfinishedImport() throws {
    let (pause, patience): (UInt32, UInt32) = (10, 60_000)
    for _ in 0..<(patience / pause) {
      // Also where nothing is left: whoever is at it does not know yet that the caller imports.
      let done: Void? = try FileLock.whileHolding(settlingLock) { try settle(importing: true) }
      if done != nil { return }
      usleep(pause * 1_000)
    }
    throw StoreFault.busy
  }

  /// Deals with what an import that was stopped has left, unless one is going on: goes on with it where it was decided
  /// already, and takes back a part of the rest, which nobody sees.
  func settleSomeOfUnfinishedImport() throws {
    guard store.isWritable, try UnfinishedImport(store).isThere() else { return }
    _ = try FileLock.whileHolding(settlingLock) {
      try settle(importing: false)
    }
  }

  /// - Parameter importing: whether the caller imports alone; else it stops when somebody does, and leaves the rest of
  ///   what is taken back for later after a short time.
  private func settle(importing: Bool) throws {
    let unfinished = UnfinishedImport(store)
    guard try unfinished.isThere() else { return }
    if try unfinished.written() != nil {
      let staged = try StagedApplication(self)
      try inSteps(importing: importing) { try staged.writeSome() }
    }
    let duration = importing ? nil : ShortTransaction.duration
    try inSteps(importing: importing, within: duration) { try !unfinished.removeLast(Self.rowsByClock) }
    try inSteps(importing: importing, within: duration) { try !unfinished.removeStaged(Self.rowsByClock) }
  }

  /// Forgets what was staged of the caller's import, which is done.
  func clearStagedContacts() throws {
    let unfinished = UnfinishedImport(store)
    try inSteps(importing: true) { try !unfinished.removeStaged(Self.rowsByClock) }
  }

  /// Runs `body` in short transactions until it is done.
  func inSteps(importing: Bool, within duration: Duration? = nil, _ body: () throws -> Bool) throws {
    let start = ContinuousClock.now
    try store.inBulk {
      var isDone = false
      while true {
        try store.write {
          // Whoever imports begins with a transaction too: none has begun before this one is over.
          isDone = !importing && FileLock.isHeld(importLock)
          let transaction = ShortTransaction()
          while !isDone, !transaction.isDue { isDone = try body() }
        }
        if isDone { return }
        if let duration, start.duration(to: .now) >= duration { return }
        ShortTransaction.letOthersIn()
      }
    }
  }

  /// Makes way for a new conversation, whose id an import that was stopped may have left. Part of the caller's
  /// transaction.
  ///
  /// - Throws: ``WrapUpError/beingImported(id:)``.
  func makeWay(for id: String) throws {
    let unfinished = UnfinishedImport(store)
    guard let key = try unfinished.key(of: id) else { return }
    guard !FileLock.isHeld(importLock), try unfinished.written() == nil else {
      throw WrapUpError.beingImported(id: id)
    }
    try unfinished.remove(key)
  }

  /// Why there is no conversation with this id.
  func lack(of id: String) throws -> WrapUpError {
    let unfinished = UnfinishedImport(store)
    guard try unfinished.key(of: id) != nil else { return .unknownConversation(id: id) }
    return try FileLock.isHeld(importLock) || unfinished.written() != nil
      ? .beingImported(id: id) : .unknownConversation(id: id)
  }
}

extension WrapUp {
  /// Runs `body`; once more where it found a conversation of an import that was decided and then stopped, which is gone
  /// on with before.
  func settlingFirst<Result>(_ body: () throws(WrapUpError) -> Result) throws(WrapUpError) -> Result {
    do {
      return try body()
    } catch {
      guard case .beingImported = error else { throw error }
      try? withState { try $0.settleSomeOfUnfinishedImport() }
      return try body()
    }
  }
}
