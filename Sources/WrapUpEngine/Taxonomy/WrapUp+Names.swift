internal import Conversations
internal import SQLiteStore

extension WrapUp {
  /// What adding names has done.
  public struct AddedNames: Equatable, Sendable {
    /// Names that are new, each with near ones that were there before; without where there are more than 20.
    public internal(set) var added: [(name: String, nearest: [String])] = []
    /// Of these, names that something else has given up, and what it is called now: until now they found it.
    public internal(set) var taken: [(name: String, from: String)] = []
    /// Names that were there already.
    public internal(set) var known: [String] = []

    /// Equal when all names are.
    public static func == (one: AddedNames, other: AddedNames) -> Bool {
      one.added.map(\.name) == other.added.map(\.name) && one.known == other.known
        && one.taken.map(\.name) == other.taken.map(\.name)
    }
  }

  /// Names added at once for which near ones are looked for.
  private static let nearestLimit = 20

  /// Adds tags or categories, each once. On disk when this returns.
  ///
  /// - Throws: ``WrapUpError/emptyValue(field:)``, ``WrapUpError/valueTooLong(field:limit:)``,
  ///   ``WrapUpError/tooManyNames(field:limit:)``; nothing is added then.
  public func add(_ names: [String], to taxonomy: Taxonomy) throws(WrapUpError) -> AddedNames {
    let names = try Self.checked(names, taxonomy)
    return try changeTaxonomy { state in
      let repository = state.names(taxonomy.dictionary)
      let (before, former) = (try repository.names(), try repository.formerFolds())
      var folds = Set(before.map(taxonomy.dictionary.fold))
      var result = AddedNames()
      var new: [Int32] = []
      for name in names {
        let fold = taxonomy.dictionary.fold(name)
        guard folds.insert(fold).inserted else {
          result.known.append(name)
          continue
        }
        guard let id = try repository.add(name) else {
          throw WrapUpError.tooManyNames(field: taxonomy.rawValue, limit: taxonomy.dictionary.limit)
        }
        new.append(id)
        // Who adds many means them; and each is looked for among all.
        let nearest = names.count <= Self.nearestLimit ? NearestNames.of(name, among: before) : []
        result.added.append((name, nearest))
        if let owner = former[fold], let current = try repository.name(of: owner) {
          result.taken.append((name, current))
        }
      }
      return (result, new.map { NameEvent(taxonomy, $0, .added) })
    }.result
  }

  /// Gives a tag or category another name. What was filed under the old one is under the new one now; files that still
  /// say the old name mean the same tag, until something else takes that name.
  ///
  /// - Throws: ``WrapUpError/unknownName(field:name:nearest:)``, ``WrapUpError/nameTaken(field:name:)``.
  /// - Returns: the names before and after, without blanks around them, and what else the new one found until now, as it
  ///   is called since.
  @discardableResult
  public func rename(_ name: String, to newName: String, in taxonomy: Taxonomy) throws(WrapUpError) -> (
    from: String, to: String, takenFrom: String?
  ) {
    let newName = try Self.checked(newName, field: taxonomy.rawValue)
    return try changeTaxonomy { state in
      let (id, oldName) = try state.known(name, taxonomy)
      if oldName == newName { return ((oldName, newName, nil), []) }
      let repository = state.names(taxonomy.dictionary)
      let owner = try repository.id(of: newName).flatMap { $0 == id ? nil : try repository.name(of: $0) }
      try state.rename(id, from: oldName, to: newName, taxonomy)
      return (
        (oldName, newName, owner), [NameEvent(taxonomy, id, .renamed, oldName: oldName, newName: newName)]
      )
    }.result
  }

  /// Takes back what was done last to a tag or category and has not been taken back: a renaming, a switch or a merge.
  /// Called again, it takes back what was done before that.
  ///
  /// - Returns: the event that undoes it.
  /// - Throws: ``WrapUpError/nothingToUndo(field:name:)``; ``WrapUpError/nameTaken(field:name:)`` when something else
  ///   has the old name now.
  public func undo(_ name: String, in taxonomy: Taxonomy) throws(WrapUpError) -> TaxonomyEvent {
    let (done, seq, now) = try changeTaxonomy { state in
      let (id, current) = try state.known(name, taxonomy)
      let log = NameEventLog(state.store)
      let events = try log.events(of: taxonomy.dictionary, id: id)
      let undone = Set(events.compactMap(\.undoes))
      guard
        let last = events.last(where: { $0.kind != .added && $0.undoes == nil && !undone.contains($0.key) })
      else { throw WrapUpError.nothingToUndo(field: taxonomy.rawValue, name: current) }
      let undoing = try state.undo(last, of: id, named: current, taxonomy)
      return ((undoing, try state.names(taxonomy.dictionary).names()), [undoing])
    }
    return TaxonomyEvent(done.0.event(change: seq, happenedAt: now), names: done.1)
  }

  /// What was done to tags or categories, oldest first.
  ///
  /// - Parameter name: of this one alone; a name it has given up will do.
  /// - Throws: ``WrapUpError/unknownName(field:name:nearest:)``.
  public func events(of taxonomy: Taxonomy, named name: String? = nil) throws(WrapUpError) -> [TaxonomyEvent]
  {
    try withState { state in
      try state.store.read {
        let id = try name.map { try state.known($0, taxonomy).id }
        let names = try state.names(taxonomy.dictionary).names()
        return try NameEventLog(state.store).events(of: taxonomy.dictionary, id: id).map {
          TaxonomyEvent($0, names: names)
        }
      }
    }
  }

  static func checked(_ names: [String], _ taxonomy: Taxonomy) throws(WrapUpError) -> [String] {
    var checked: [String] = []
    for name in names { checked.append(try Self.checked(name, field: taxonomy.rawValue)) }
    return checked
  }
}

extension EngineState {
  /// The id behind a name, or one it has given up, and the name now.
  func known(_ name: String, _ taxonomy: Taxonomy) throws -> (id: Int32, name: String) {
    let repository = names(taxonomy.dictionary)
    guard let id = try repository.id(of: name.trimmed), let current = try repository.name(of: id) else {
      throw WrapUpError.unknownName(
        field: taxonomy.rawValue, name: name, nearest: NearestNames.of(name, among: try repository.names()))
    }
    return (id, current)
  }

  fileprivate func rename(_ id: Int32, from oldName: String, to newName: String, _ taxonomy: Taxonomy) throws
  {
    let (repository, fold) = (names(taxonomy.dictionary), taxonomy.dictionary.fold)
    if fold(newName) != fold(oldName), let owner = try repository.id(of: newName), owner != id,
      let current = try repository.name(of: owner), fold(current) == fold(newName)
    {
      throw WrapUpError.nameTaken(field: taxonomy.rawValue, name: current)
    }
    try repository.rename(id, to: newName)
  }

  /// Does the contrary of an event.
  fileprivate func undo(
    _ event: NameEventLog.Event, of id: Int32, named current: String, _ taxonomy: Taxonomy
  ) throws -> NameEvent {
    let states = TagStateRepository(store)
    func undoing(
      _ kind: NameEventLog.Kind, oldName: String? = nil, newName: String? = nil, target: Int32? = nil
    ) -> NameEvent {
      NameEvent(
        taxonomy, id, kind, oldName: oldName, newName: newName, target: target, undoes: event.key)
    }
    switch event.kind {
    case .renamed:
      let oldName = event.oldName ?? current
      try rename(id, from: current, to: oldName, taxonomy)
      return undoing(.renamed, oldName: current, newName: oldName)
    case .switchedOff:
      try states.setOn(true, id)
      return undoing(.switchedOn)
    case .switchedOn:
      try states.setOn(false, id)
      return undoing(.switchedOff)
    case .merged:
      try states.setTarget(nil, of: id)
      return undoing(.parted, target: event.target)
    case .added, .parted: throw WrapUpError.nothingToUndo(field: taxonomy.rawValue, name: current)
    }
  }
}
