internal import SQLiteStore

/// An event on its way into the log, which gives it a change and a time.
struct NameEvent {
  private let dictionary: NameRepository.Kind
  private let id: Int32
  private let kind: NameEventLog.Kind
  private let oldName: String?
  private let newName: String?
  private let target: Int32?
  private let undoes: Int64?

  init(
    _ taxonomy: Taxonomy, _ id: Int32, _ kind: NameEventLog.Kind, oldName: String? = nil,
    newName: String? = nil, target: Int32? = nil, undoes: Int64? = nil
  ) {
    (dictionary, self.id, self.kind) = (taxonomy.dictionary, id, kind)
    (self.oldName, self.newName, self.target, self.undoes) = (oldName, newName, target, undoes)
  }

  func event(change: Int64, happenedAt: Int64) -> NameEventLog.Event {
    NameEventLog.Event(
      change: change, happenedAt: happenedAt, dictionary, id, kind, oldName: oldName, newName: newName,
      target: target, undoes: undoes)
  }
}

extension WrapUp {
  /// Runs `body` as one transaction and writes the events that it returns, as one change at one instant. On disk when
  /// this returns.
  ///
  /// - Returns: what `body` did, the change's seq (0 without events) and the instant.
  func changeTaxonomy<Result>(
    _ body: (EngineState) throws -> (Result, [NameEvent])
  ) throws(WrapUpError) -> (result: Result, seq: Int64, happenedAt: Int64) {
    let now = settings.now()
    return try withState { state in
      try state.store.write {
        let (result, events) = try body(state)
        if events.isEmpty { return (result, 0, now) }
        let seq = try state.changes.append(.taxonomy)
        let log = NameEventLog(state.store)
        for event in events { try log.append(event.event(change: seq, happenedAt: now)) }
        return (result, seq, now)
      }
    }
  }
}

extension TaxonomyEvent {
  /// - Parameter names: the names of all, by id - 1.
  init(_ event: NameEventLog.Event, names: [String]) {
    func name(_ id: Int32?) -> String {
      guard let id, names.indices.contains(Int(id) - 1) else { return "" }
      return names[Int(id) - 1]
    }
    let kind: Kind =
      switch event.kind {
      case .added: .added
      case .renamed: .renamed(from: event.oldName ?? "", to: event.newName ?? "")
      case .switchedOff: .switchedOff
      case .switchedOn: .switchedOn
      case .merged: .merged(into: name(event.target))
      case .parted: .parted(from: name(event.target))
      }
    self.init(
      seq: event.change, happenedAt: event.happenedAt, name: name(event.id), kind: kind,
      isUndo: event.undoes != nil)
  }
}
