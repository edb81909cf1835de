internal import ConversationFiles
internal import Conversations
internal import MappedFiles
internal import SQLiteStore

/// The way of a file into a store that has conversations: by transactions that are short, so that others write meanwhile.
extension ContactImport {
  /// Takes in every row of a file; what is left to do is the last transaction, see ``finish(beforeCommit:)``.
  mutating func runInChunks(_ batches: RowBatches, progress: (Int, Int) -> Void) throws {
    var texts: [String] = []
    while let batch = batches.next() {
      texts += batch.newTexts
      try inChunks(of: batch.rows) { importing, row in try importing.take(row, texts) }
      try end(batch)
      progress(ledger.rows, batch.bytesConsumed)
    }
    try inChunks(of: changed.sorted()) { try $0.sumUp($1) }
  }

  /// Does `body` with each element, in transactions of some.
  private mutating func inChunks<Element>(
    of elements: [Element], _ body: (inout ContactImport, Element) throws -> Void
  ) throws {
    let store = state.store
    var next = 0
    while next < elements.count {
      try checkCancelled()
      try store.write {
        let transaction = ShortTransaction()
        try followOthers()
        repeat {
          try body(&self, elements[next])
          next += 1
        } while next < elements.count && !texts.areMany && !transaction.isDue
        try flush()
        try writeNames()
      }
      FaultPoint.betweenChunks.reach()
      ShortTransaction.letOthersIn()
    }
  }

  /// Takes in what others have written since the last chunk.
  ///
  /// - Throws: that the store is busy when somebody has taken the import for one that was stopped.
  private mutating func followOthers() throws {
    guard try UnfinishedImport(state.store).border() == border else { throw StoreFault.busy }
    let position = try state.changes.position()
    guard position != followed else { return }
    try followNames(after: followed.seq)
    followed = position
  }

  /// Decides the import, writes what it says of earlier conversations, and has everybody see it: in one transaction where
  /// a short one is enough, else by chunks, the last of which everybody sees. All of it is written when this returns.
  ///
  /// - Parameter beforeCommit: called before the commit that decides.
  /// - Throws: what keeps the import from being decided; ``WrapUpError/importGoesOn(path:reason:)`` when the rest could not
  ///   be written, which whoever opens the store then goes on with.
  mutating func finish(beforeCommit: () -> Void) throws {
    let (store, staged) = (state.store, try StagedApplication(state))
    let unfinished = UnfinishedImport(store)
    var isDone = false
    try store.write(beforeCommit: beforeCommit) {
      try checkCancelled()
      try followOthers()
      try decideNames()
      try unfinished.decide()
      isDone = try staged.writeSome { enter($0) }
      try notePosition()
      try checkCancelled()
    }
    do {
      while !isDone {
        FaultPoint.whileApplying.reach()
        ShortTransaction.letOthersIn()
        try store.write {
          isDone = try staged.writeSome { enter($0) }
          try notePosition()
        }
      }
    } catch {
      throw WrapUpError.importGoesOn(path: store.path, reason: WrapUpError(error, path: store.path))
    }
    // What could not be cleared away is by who comes next.
    try? state.clearStagedContacts()
  }

  /// Enters what has become of contacts otherwise than when they were staged.
  private mutating func enter(_ result: StagedApplication.Result) {
    ledger.count(.overlap, times: result.overlaps)
    for row in result.keptLive {
      ledger.updated -= 1
      ledger.keptLive += 1
      ledger.count(row.record.flags, times: -1)
    }
  }
}
