internal import ConversationFiles
internal import SQLiteStore

/// From the texts of one file to the ids of one dictionary; new names are kept until ``write()``.
struct NameResolver {
  private let kind: NameRepository.Kind
  private let repository: NameRepository
  /// Ids by folded name.
  private var idOfFold: [String: Int32] = [:]
  /// How many names were there before the file.
  private let knownCount: Int
  /// How the names that this file brought are spelt, by id after those known; empty while only the fold is known.
  private var spellings: [String] = []
  /// The folds that the current row brought.
  private var newest: [String] = []
  /// What the current row spelt otherwise, with the spelling before.
  private var respelt: [(place: Int, before: String)] = []
  /// The texts and numbers of folds that the current row was the first to have looked up.
  private var lookedUp: [Int] = []
  private var lookedUpCodes: [Int] = []
  /// Ids by the file's text number; 0 when not looked up yet.
  private var idOfText: [Int32] = []
  /// The folds that the file's columns name, by number.
  private var folds: [String] = []
  /// Ids by the codes of the columns, which are numbers of folds plus one: 0 when not looked up yet.
  private(set) var idOfCode: [UInt32] = [0]
  /// In how many refused rows each text stands.
  private var refusedUses: [String: UInt32] = [:]

  init(_ kind: NameRepository.Kind, of store: Store) throws {
    self.kind = kind
    repository = NameRepository(kind, of: store)
    let names = try repository.names()
    // Under a name that was given up, a file still means what had it then.
    idOfFold = try repository.formerFolds()
    for (place, name) in names.enumerated() { idOfFold[kind.fold(name)] = Int32(place + 1) }
    knownCount = names.count
  }

  /// A row begins: the names of those before it stay.
  mutating func beginRow() {
    newest.removeAll(keepingCapacity: true)
    respelt.removeAll(keepingCapacity: true)
    lookedUp.removeAll(keepingCapacity: true)
    lookedUpCodes.removeAll(keepingCapacity: true)
  }

  /// The row was refused: the names and spellings that only it has are taken away again.
  mutating func refuseRow() {
    for name in respelt.reversed() { spellings[name.place] = name.before }
    for fold in newest.reversed() {
      idOfFold[fold] = nil
      spellings.removeLast()
    }
    for text in lookedUp { idOfText[text] = 0 }
    for code in lookedUpCodes { idOfCode[code] = 0 }
    beginRow()
  }

  /// The id of a text; `nil` when the dictionary is full. O(1) after the first time.
  mutating func id(ofText number: Int, in texts: [String]) -> Int32? {
    if number < idOfText.count, idOfText[number] != 0 { return idOfText[number] }
    guard let id = id(ofFold: kind.fold(texts[number])) else { return nil }
    let place = Int(id) - 1 - knownCount
    if place >= 0 {
      // Of several spellings in one file the least by bytes is kept, so that the order of rows does not matter.
      let name = kind.spelling(texts[number])
      if spellings[place].isEmpty || name.utf8.lexicographicallyPrecedes(spellings[place].utf8) {
        respelt.append((place, spellings[place]))
        spellings[place] = name
      }
    }
    if number >= idOfText.count {
      idOfText.append(contentsOf: repeatElement(0, count: number + 1 - idOfText.count))
    }
    idOfText[number] = id
    lookedUp.append(number)
    return id
  }

  /// Takes in further names that the file's columns have.
  mutating func add(folds: some Collection<String>) {
    self.folds += folds
    idOfCode.append(contentsOf: repeatElement(0, count: folds.count))
  }

  /// The id of a column's code, above 0; `nil` when the dictionary is full. For those that ``idOfCode`` lacks.
  mutating func id(ofCode code: Int) -> UInt32? {
    guard let id = id(ofFold: folds[code - 1]) else { return nil }
    idOfCode[code] = UInt32(id)
    lookedUpCodes.append(code)
    return UInt32(id)
  }

  private mutating func id(ofFold fold: String) -> Int32? {
    if let known = idOfFold[fold] { return known }
    let next = knownCount + spellings.count + 1
    guard next <= kind.limit else { return nil }
    idOfFold[fold] = Int32(next)
    spellings.append("")
    newest.append(fold)
    return Int32(next)
  }

  /// A row that has this text was refused: its spelling does not count.
  mutating func refuse(_ text: String) { refusedUses[text, default: 0] += 1 }

  /// Spells the names as the rows taken do.
  ///
  /// - Parameter found: the names of the columns, with the rows that have them, refused ones among them.
  mutating func spell(_ found: ChunkParser.Names) {
    for (number, text) in found.texts.enumerated() where found.uses[number] > refusedUses[text, default: 0] {
      guard let id = idOfFold[found.folds[Int(found.foldOfText[number])]] else { continue }
      let place = Int(id) - 1 - knownCount
      guard place >= 0 else { continue }
      let name = kind.spelling(text)
      if spellings[place].isEmpty || name.utf8.lexicographicallyPrecedes(spellings[place].utf8) {
        spellings[place] = name
      }
    }
  }

  /// Writes the new names.
  func write() throws {
    try repository.add(spellings, from: Int32(knownCount + 1))
  }
}
