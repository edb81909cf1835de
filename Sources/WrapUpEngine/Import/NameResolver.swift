internal import SQLiteStore

/// From the texts of one file to the ids of one dictionary; new names are added.
struct NameResolver {
  private let kind: NameRepository.Kind
  private let repository: NameRepository
  /// Ids by folded name.
  private var idOfFold: [String: Int32] = [:]
  /// How the names that this file brought are spelt.
  private var spellings: [Int32: String] = [:]
  /// What the current row brought.
  private var newest: [(id: Int32, fold: String)] = []
  /// What the current row spelt otherwise, with the spelling before.
  private var respelt: [(id: Int32, before: String)] = []
  /// The texts that the current row was the first to have looked up.
  private var lookedUp: [Int] = []
  /// Ids by the file's text number; 0 when not looked up yet.
  private var idOfText: [Int32] = []

  init(_ kind: NameRepository.Kind, of store: Store) throws {
    self.kind = kind
    repository = NameRepository(kind, of: store)
    for (place, name) in try repository.names().enumerated() { idOfFold[kind.fold(name)] = Int32(place + 1) }
  }

  /// A row begins: the names of those before it stay.
  mutating func beginRow() {
    newest.removeAll(keepingCapacity: true)
    respelt.removeAll(keepingCapacity: true)
    lookedUp.removeAll(keepingCapacity: true)
  }

  /// The row was refused: the names and spellings that only it has are taken away again.
  mutating func refuseRow() throws {
    for name in respelt.reversed() {
      try repository.rename(name.id, to: name.before)
      spellings[name.id] = name.before
    }
    for name in newest.reversed() {
      try repository.remove(name.id)
      idOfFold[name.fold] = nil
      spellings[name.id] = nil
    }
    for text in lookedUp { idOfText[text] = 0 }
    beginRow()
  }

  /// The id of a text; `nil` when the dictionary is full. O(1) after the first time.
  mutating func id(ofText number: Int, in texts: [String]) throws -> Int32? {
    if number < idOfText.count, idOfText[number] != 0 { return idOfText[number] }
    let fold = kind.fold(texts[number])
    let name = kind.spelling(texts[number])
    guard let id = try idOfFold[fold] ?? repository.add(name) else { return nil }
    if idOfFold[fold] == nil {
      idOfFold[fold] = id
      spellings[id] = name
      newest.append((id, fold))
    } else if let spelling = spellings[id], name.utf8.lexicographicallyPrecedes(spelling.utf8) {
      // Of several spellings in one file the least by bytes is kept, so that the order of rows does not matter.
      try repository.rename(id, to: name)
      respelt.append((id, spelling))
      spellings[id] = name
    }
    if number >= idOfText.count {
      idOfText.append(contentsOf: repeatElement(0, count: number + 1 - idOfText.count))
    }
    idOfText[number] = id
    lookedUp.append(number)
    return id
  }
}
