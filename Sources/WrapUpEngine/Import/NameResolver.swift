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
  private var newest: [(id: Int32, fold: String, text: Int)] = []
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
  }

  /// The row was refused: the names that only it has are taken away again.
  mutating func refuseRow() throws {
    for name in newest.reversed() {
      try repository.remove(name.id)
      idOfFold[name.fold] = nil
      idOfText[name.text] = 0
      spellings[name.id] = nil
    }
    newest.removeAll(keepingCapacity: true)
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
      newest.append((id, fold, number))
    } else if let spelling = spellings[id], name.utf8.lexicographicallyPrecedes(spelling.utf8) {
      // Of several spellings in one file the least by bytes is kept, so that the order of rows does not matter.
      try repository.rename(id, to: name)
      spellings[id] = name
    }
    if number >= idOfText.count {
      idOfText.append(contentsOf: repeatElement(0, count: number + 1 - idOfText.count))
    }
    idOfText[number] = id
    return id
  }
}
