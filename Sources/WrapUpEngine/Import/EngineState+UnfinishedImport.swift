internal import Glibc
internal import MappedFiles
internal import SQLiteStore

/// What goes with imports by chunks: one at a time, and what one that was stopped has left is taken back.
extension EngineState {
  /// How long a transaction that takes rows back lasts, its commit apart, and how long others are let in after it.
  private static let stepDuration = Duration.milliseconds(50)
  private static let pauseMicroseconds: UInt32 = 2_500
  private static let rowsByClock = 512

  private var importLock: String { "\(store.path).import-lock" }

  /// Runs `body` while no other process imports, after waiting for one as long as writers wait for each other.
  ///
  /// - Throws: ``WrapUpError/importRunning(path:)``.
  func importingAlone<Result>(_ body: () throws -> Result) throws -> Result {
    guard store.isWritable else { throw store.isFrozen ? StoreFault.busy : StoreFault.readOnly }
    let pause: UInt32 = 10
    for _ in 0..<(UInt32(SQLiteConnection.busyMilliseconds) / pause) {
      if let result = try FileLock.whileHolding(importLock, body) { return result }
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
        try? removeUnfinishedImport()
        throw error
      }
    }
  }

  /// Deals with what an import that was stopped has left: takes it back, or goes on with it where it was decided already.
  /// The caller holds the importers' lock.
  func settleUnfinishedImport() throws {
    try applyStagedContacts()
    try removeUnfinishedImport()
  }

  /// Writes what a decided import says of earlier conversations, in short transactions.
  private func applyStagedContacts() throws {
    guard try UnfinishedImport(store).written() != nil else { return }
    let staged = try StagedApplication(self)
    try store.inBulk {
      while try !store.write({ try staged.writeSome() }) { usleep(Self.pauseMicroseconds) }
    }
  }

  /// Takes back what an import has written that is not decided, in short transactions. The caller holds the importers'
  /// lock.
  ///
  /// - Parameter duration: after which the rest is left for later.
  private func removeUnfinishedImport(within duration: Duration? = nil) throws {
    let unfinished = UnfinishedImport(store)
    guard try unfinished.border() != nil else { return }
    let start = ContinuousClock.now
    try store.inBulk {
      var isDone = false
      while !isDone {
        try store.write {
          let start = ContinuousClock.now
          repeat {
            isDone = try !unfinished.removeLast(Self.rowsByClock)
          } while !isDone && start.duration(to: .now) < Self.stepDuration
        }
        if let duration, start.duration(to: .now) >= duration { return }
        if !isDone { usleep(Self.pauseMicroseconds) }
      }
    }
  }

  /// Deals with what an import that was stopped has left, unless one is going on: goes on with it where it was decided
  /// already, and takes back a part of the rest, which nobody sees.
  func settleSomeOfUnfinishedImport() throws {
    guard store.isWritable, try UnfinishedImport(store).isThere() else { return }
    _ = try FileLock.whileHolding(importLock) {
      try applyStagedContacts()
      try removeUnfinishedImport(within: Self.stepDuration)
    }
  }

  /// Makes way for a new conversation, whose id an import that was stopped may have left. Part of the caller's
  /// transaction.
  ///
  /// - Throws: ``WrapUpError/beingImported(id:)``.
  func makeWay(for id: String) throws {
    let unfinished = UnfinishedImport(store)
    guard let key = try unfinished.key(of: id) else { return }
    let removed: Void? = try FileLock.whileHolding(importLock) { try unfinished.remove(key) }
    if removed == nil { throw WrapUpError.beingImported(id: id) }
  }

  /// Why there is no conversation with this id.
  func lack(of id: String) throws -> WrapUpError {
    guard try UnfinishedImport(store).key(of: id) != nil, FileLock.whileHolding(importLock, {}) == nil else {
      return .unknownConversation(id: id)
    }
    return .beingImported(id: id)
  }
}
