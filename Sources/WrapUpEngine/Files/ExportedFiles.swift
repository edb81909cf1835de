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
    let store = try imported()
    return Answer(value: try store.wrapup.report(query), ledgers: store.ledgers)
  }

  /// Answers a question for its period and for another, as ``WrapUp/compare(_:with:)`` does.
  public func compare(_ query: HandlingQuery, with other: HandlingComparison.Other) throws(WrapUpError)
    -> Answer<HandlingComparison>
  {
    let store = try imported()
    return Answer(value: try store.wrapup.compare(query, with: other), ledgers: store.ledgers)
  }

  /// The files in a store for as long as the value lasts: for what columns alone can't answer.
  public func imported() throws(WrapUpError) -> TemporaryStore {
    try TemporaryStore(of: self)
  }
}
