internal import CivilTime
internal import ConversationFiles
public import HandlingAnalytics

/// Contacts in CSV files, asked without a store: the answers are those of a fresh store that has imported the
/// files in their order.
///
///     let files = ExportedFiles(["march.csv", "april.csv"])
///     let answer = try files.report(HandlingQuery(by: [.tag]))
///     for row in answer.value.rows { print(row.labels, row.figures) }
///
/// Every question reads the files anew; who asks often imports them. "-" is standard input, which can be read once.
public struct ExportedFiles: Sendable {
  /// The files, in the order in which they would be imported.
  public let paths: [String]
  let settings: ImportSettings
  let engine: WrapUp.Settings
  /// Bytes that a thread takes apart at once; answers do not depend on it.
  var chunkSize = 1 << 20

  /// An answer with what became of the rows that it rests on.
  public struct Answer<Value: Sendable>: Sendable {
    /// The answer itself.
    public let value: Value
    /// One a file, in their order.
    public let ledgers: [ImportLedger]
  }

  /// Nothing is read yet.
  ///
  /// - Parameters:
  ///   - settings: how rows are read, the same for all files.
  ///   - engine: how questions are answered.
  public init(
    _ paths: [String], _ settings: ImportSettings = ImportSettings(),
    engine: WrapUp.Settings = WrapUp.Settings()
  ) {
    self.paths = paths
    self.settings = settings
    self.engine = engine
  }

  /// Answers a question about handling times, as ``WrapUp/report(_:)`` does.
  ///
  /// - Throws: what is wrong with a file as a whole, with the question, or with a zone.
  public func report(_ query: HandlingQuery) throws(WrapUpError) -> Answer<HandlingReport> {
    try ask(query) { table, setting, runner throws(QueryFault) in
      try table.report(query, setting, on: runner)
    } imported: { wrapup throws(WrapUpError) in
      try wrapup.report(query)
    }
  }

  /// Answers a question for its period and for another, as ``WrapUp/compare(_:with:)`` does.
  public func compare(_ query: HandlingQuery, with other: HandlingComparison.Other) throws(WrapUpError)
    -> Answer<HandlingComparison>
  {
    try ask(query) { table, setting, runner throws(QueryFault) in
      try table.compare(query, with: other, setting, on: runner)
    } imported: { wrapup throws(WrapUpError) in
      try wrapup.compare(query, with: other)
    }
  }

  /// Asks the files' contacts in memory; for what these can't answer, the files in a passing store.
  private func ask<Value>(
    _ query: HandlingQuery,
    _ table: (ContactTable, QuerySetting, SliceRunner) throws(QueryFault) -> Value,
    imported: (WrapUp) throws(WrapUpError) -> Value
  ) throws(WrapUpError) -> Answer<Value> {
    // Visitors are not in columns: they are asked of conversations.
    guard (query.filter?.visitorLists ?? []).isEmpty else {
      let store = try self.imported()
      return Answer(value: try imported(store.wrapup), ledgers: store.ledgers)
    }
    let setting = QuerySetting(zone: try WrapUp.zoneRules(query.zone ?? "UTC"), now: Instant(engine.now()))
    let options = try settings.options()
    var inputs: [InputFile] = []
    for path in paths { inputs.append(try InputFile(path)) }
    let runner = WorkerThreads.runner(sliceCount: engine.sliceCount)
    do {
      for input in inputs where try !input.canBeCut { throw FileContacts.NeedsStore() }
      let contacts = try FileContacts(
        inputs,
        ParsedFile.Manner(
          options: options, wanted: query.columns, chunkSize: chunkSize, progress: settings.progress),
        on: runner)
      return Answer(value: try table(contacts.table, setting, runner), ledgers: contacts.ledgers)
    } catch is FileContacts.NeedsStore {
      let store = try TemporaryStore(of: self, at: inputs.map(\.importPath))
      return Answer(value: try imported(store.wrapup), ledgers: store.ledgers)
    } catch let fault as QueryFault {
      switch fault {
      case .mistake(let mistake): throw .question(mistake)
      case .tooManyRows: throw .tooManyRows
      case .columns: throw .storeFailed(path: paths.first ?? "", reason: "a column is missing")
      }
    } catch {
      throw WrapUpError(error, path: paths.first ?? "")
    }
  }

  /// The files in a store for as long as the value lasts: for what columns alone can't answer.
  public func imported() throws(WrapUpError) -> TemporaryStore {
    try TemporaryStore(of: self)
  }
}
