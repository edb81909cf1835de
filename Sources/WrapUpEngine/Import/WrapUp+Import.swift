internal import CivilTime
internal import ConversationFiles
internal import Conversations
internal import HandlingAnalytics
internal import MappedFiles
internal import SQLiteStore

extension WrapUp {
  /// Imports a contacts file: all rows that can be taken, or none. On disk when this returns.
  ///
  /// Into a store that has conversations it goes by short transactions, so that others write meanwhile; nobody sees
  /// anything of it before it is done.
  ///
  /// Importing a file twice changes nothing; a later file's values replace a contact's earlier ones.
  ///
  /// - Parameters:
  ///   - file: a CSV with a header, or JSON Lines; "-" is standard input.
  ///   - rejected: given every refused row with what stands in the file, and the file's header, in the order of the file;
  ///     an import that fails takes them back. Reading is slower for it.
  /// - Throws: what is wrong with the file as a whole; then nothing of it is kept.
  /// - Complexity: O(rows); memory grows with conversations and names, not with the file.
  public func importContacts(
    from file: String, _ settings: ImportSettings = ImportSettings(),
    rejected: ((RowRejection, _ header: [String]) -> Void)? = nil
  ) throws(WrapUpError) -> ImportLedger {
    var options = try settings.options()
    options.keepsSources = rejected != nil
    let contacts = try Self.reading(file) { source throws(ContactFileFault) in
      try ContactFile(source, options: options)
    }
    let (fields, unusedHeaders) = (contacts.fields, contacts.unusedHeaders)
    do {
      let header = contacts.header
      return try importRows(
        contacts, file, fields: fields, unusedHeaders: unusedHeaders, settings,
        rejected: rejected.map { rejected in { rejected($0, header) } })
    } catch let fault as ContactFileFault {
      throw .input(path: file, InputProblem(fault))
    } catch {
      throw WrapUpError(error, path: path)
    }
  }

  /// What an import of a contacts file would make of its columns, by the first rows. Needs no store.
  ///
  /// - Throws: what is wrong with the file as a whole, but for columns that it lacks.
  public static func preview(_ file: String, headers: [String: String] = [:]) throws(WrapUpError)
    -> FilePreview
  {
    var settings = ImportSettings()
    settings.headers = headers
    let options = try settings.options()
    return try reading(file) { source throws(ContactFileFault) in try FilePreview(source, options: options) }
  }

  /// Reads a contacts file's header alone, and makes nothing of it.
  ///
  /// - Throws: what keeps every import of it with these settings from beginning.
  public static func checkHeader(of file: String, _ settings: ImportSettings) throws(WrapUpError) {
    let options = try settings.options()
    _ = try reading(file) { source throws(ContactFileFault) in try ContactFile(source, options: options) }
  }

  /// Reads a mapping's header alone.
  ///
  /// - Throws: what keeps every import of it from beginning.
  public static func checkHeader(ofMapping file: String) throws(WrapUpError) {
    _ = try reading(file) { source throws(ContactFileFault) in try MappingFile(source) }
  }

  private func importRows(
    _ contacts: consuming ContactFile, _ path: String, fields: Set<ImportField>, unusedHeaders: [String],
    _ settings: ImportSettings, rejected: ((RowRejection) -> Void)?
  ) throws -> ImportLedger {
    // The first import has the store to itself where it can: reports of this process go on from a copy.
    let isFirst = try freezePristine()
    defer { endFreeze() }
    // A connection of its own: reports and closes of this process go on meanwhile.
    let importing = try openState()
    if try importing.changes.position() != .start {
      try importing.store.verify()
      try withState { try $0.columns.preload() }
    }
    let goesByColumns = contacts.isCSV && rejected == nil
    var file = Optional(contacts)
    var isTaken = false
    let beforeCommit = {
      // A transaction that found somebody else's conversations decides nothing.
      guard isTaken else { return }
      settings.willCommit()
      FaultPoint.beforeCommit.reach()
    }
    func begin(_ border: UnfinishedImport.Border?) throws -> ContactImport {
      var run = try ContactImport(
        importing, fields: fields, unusedHeaders: unusedHeaders, goesByColumns: goesByColumns, border: border)
      run.rejected = rejected
      if settings.isStrict { run.strictPath = path }
      run.isCancelled = settings.isCancelled
      return run
    }
    let store = importing.store
    let done = try importing.importingAlone(isCancelled: settings.isCancelled) {
      if try importing.conversations.lastKey() > 0 { try importing.settleUnfinishedImport() }
      let first = try store.writeInBulk(isFirst: isFirst, beforeCommit: beforeCommit) {
        // Only now is it certain that nobody fills an empty store meanwhile.
        guard try importing.conversations.lastKey() == 0 else { return ContactImport.Outcome?.none }
        var run = try begin(nil)
        defer { run.endWriting() }
        // A file with texts goes row by row.
        if run.storeWasEmpty {
          try ParsedBatches.reading(file.take()!) { try run.run($0, $1, progress: settings.progress) }
        } else {
          try RowBatches.reading(file.take()!) { try run.run($0, progress: settings.progress) }
        }
        isTaken = true
        return run.outcome
      }
      if let first { return first }
      return try importing.takingBackOnFailure {
        try store.setGoesByChunks(true)
        var run = try begin(try store.write { try UnfinishedImport(store).begin() })
        try RowBatches.reading(file.take()!) { try run.runInChunks($0, progress: settings.progress) }
        try store.setGoesByChunks(false)
        isTaken = true
        try run.finish(beforeCommit: beforeCommit)
        return run.outcome
      }
    }
    FaultPoint.afterCommit.reach()
    endFreeze()
    guard let position = done.position else { return done.ledger }
    try withState { state in
      if let derivation = done.derivation {
        try state.columns.adopt(derivation, of: done.fresh, at: TablePosition(position))
      } else {
        try state.columns.followImport()
      }
    }
    try ranking.withKeeper(openKeeper) { keeper, views in
      try keeper.saveCheckpoint(of: done.derivation?.model, at: position, views)
    }
    return done.ledger
  }

  /// If nothing was ever written to the store, lets go of it and leaves a copy for reports.
  private func freezePristine() throws -> Bool {
    let isFrozen = try withState { state in
      guard state.store.isWritable, try state.isPristine else { return false }
      state = try EngineState(try Store(frozenCopyOf: state.store), notify: settings.notify)
      return true
    }
    // Whoever ranks from now on finds nothing to learn, and opens nothing.
    if isFrozen { ranking.close() }
    return isFrozen
  }

  /// What is asked from now on is asked of the store itself.
  private func endFreeze() {
    state.withLock { if $0.store.isFrozen { $0.isOutdated = true } }
  }

  /// Imports a mapping: a CSV with the columns `category` and `tag`. New names are added. On disk when this
  /// returns.
  public func importMapping(from file: String) throws(WrapUpError) -> MappingLedger {
    var pairs = try Self.reading(file) { source throws(ContactFileFault) in try MappingFile(source) }
    return try withState { state in
      try state.store.write(beforeCommit: FaultPoint.beforeCommit.reach) {
        var ledger = MappingLedger()
        let mapping = MappingRepository(state.store)
        var events: [MappingRepository.Event] = []
        do {
          while let read = try pairs.next() {
            ledger.rows += 1
            switch read {
            case .success(let pair):
              let category = try state.intern(pair.category, .category)
              let tag = try state.intern(pair.tag, .tag)
              if try mapping.add(category: category, tag: tag) {
                events.append(.init(category: category, tag: tag, isMapped: true))
              } else {
                ledger.unchanged += 1
              }
            case .failure(let rejection): ledger.reject(rejection)
            }
          }
        } catch let fault as ContactFileFault {
          throw WrapUpError.input(path: file, InputProblem(fault))
        }
        ledger.added = events.count
        if !events.isEmpty { try mapping.append(events, change: try state.changes.append(.taxonomy)) }
        return ledger
      }
    }
  }

  private typealias InputProblem = WrapUpError.InputProblem

  /// Opens a file and reads its header.
  private static func reading<File: ~Copyable>(
    _ path: String, _ open: (consuming ByteSource) throws(ContactFileFault) -> File
  ) throws(WrapUpError) -> File {
    let source: ByteSource
    do {
      source = try ByteSource(path: path)
    } catch {
      throw .input(path: path, InputProblem(error))
    }
    do {
      return try open(source)
    } catch {
      throw .input(path: path, InputProblem(error))
    }
  }
}
