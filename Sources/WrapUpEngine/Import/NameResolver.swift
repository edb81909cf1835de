internal import ConversationFiles
internal import SQLiteStore

/// From the texts of one file to the ids of one dictionary; new names are kept until ``write(unused:)``.
struct NameResolver {
  private let kind: NameRepository.Kind
  private let repository: NameRepository
  /// Ids by folded name.
  private var idOfFold: [String: Int32] = [:]
  /// How many names there are, with those that are not written yet.
  private var count = 0
  private var writtenCount = 0
  /// Names that nobody sees: of an import that was stopped, or of this one.
  private var unused: Set<Int32> = []
  /// Of these, ids that new names of this file take over, and the folds that they have until then.
  private var free: [Int32] = []
  private var freeFolds: [Int32: String] = [:]
  /// Ids that were taken over and are not written yet.
  private var takenOver: [Int32] = []
  /// How the names are spelt that this file has brought, or taken up again; empty while only the fold is known.
  private var spellings: [Int32: String] = [:]
  /// The folds that the current row brought, and the names that it took up again.
  private var newest: [(fold: String, id: Int32)] = []
  private var newlyTaken: [Int32] = []
  /// What the current row spelt otherwise, with the spelling before.
  private var respelt: [(id: Int32, before: String)] = []
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
    try reload()
  }

  /// Looks again what the dictionary has, which others may have changed; all new names must have been written.
  mutating func reload() throws {
    // Under a name that was given up, a file still means what had it then.
    idOfFold = try repository.formerFolds()
    unused = try repository.unusedIDs()
    (count, writtenCount) = (0, 0)
    idOfText = []
    try takeInNew()
    free = unused.filter { spellings[$0] == nil }.sorted(by: >)
    freeFolds = [:]
    if free.isEmpty { return }
    for (fold, id) in idOfFold where unused.contains(id) { freeFolds[id] = fold }
  }

  /// Takes in the names that others have added meanwhile; all new names must have been written.
  mutating func takeInNew() throws {
    for fold in try repository.allFolds(after: count) {
      count += 1
      idOfFold[fold] = Int32(count)
    }
    writtenCount = count
  }

  /// A row begins: the names of those before it stay.
  mutating func beginRow() {
    newest.removeAll(keepingCapacity: true)
    newlyTaken.removeAll(keepingCapacity: true)
    respelt.removeAll(keepingCapacity: true)
    lookedUp.removeAll(keepingCapacity: true)
    lookedUpCodes.removeAll(keepingCapacity: true)
  }

  /// The row was refused: the names and spellings that only it has are taken away again.
  mutating func refuseRow() {
    for name in respelt.reversed() { spellings[name.id] = name.before }
    for (fold, id) in newest.reversed() {
      idOfFold[fold] = nil
      spellings[id] = nil
      if takenOver.last == id {
        takenOver.removeLast()
        setFree(id)
      } else {
        count -= 1
      }
    }
    for id in newlyTaken {
      spellings[id] = nil
      setFree(id)
    }
    for text in lookedUp { idOfText[text] = 0 }
    for code in lookedUpCodes { idOfCode[code] = 0 }
    beginRow()
  }

  /// The id of a text; `nil` when the dictionary is full. O(1) after the first time.
  mutating func id(ofText number: Int, in texts: [String]) -> Int32? {
    if number < idOfText.count, idOfText[number] != 0 { return idOfText[number] }
    guard let id = id(ofFold: kind.fold(texts[number])) else { return nil }
    if let before = spellings[id], spell(id, texts[number]) { respelt.append((id, before)) }
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
    if let known = idOfFold[fold] {
      if unused.contains(known), spellings[known] == nil {
        spellings[known] = ""
        newlyTaken.append(known)
      }
      return known
    }
    let id: Int32
    // Those that were taken up under their own names are still among them.
    while let last = free.last, spellings[last] != nil { free.removeLast() }
    if let taken = free.popLast() {
      id = taken
      if let before = freeFolds[id] { idOfFold[before] = nil }
      takenOver.append(id)
    } else {
      guard count < kind.limit else { return nil }
      count += 1
      id = Int32(count)
    }
    idOfFold[fold] = id
    spellings[id] = ""
    newest.append((fold, id))
    return id
  }

  private mutating func setFree(_ id: Int32) {
    free.append(id)
    if let fold = freeFolds[id] { idOfFold[fold] = id }
  }

  /// Of several spellings in one file the least by bytes is kept, so that the order of rows does not matter; whether this
  /// one is.
  private mutating func spell(_ id: Int32, _ text: String) -> Bool {
    guard let before = spellings[id] else { return false }
    let name = kind.spelling(text)
    guard before.isEmpty || name.utf8.lexicographicallyPrecedes(before.utf8) else { return false }
    spellings[id] = name
    return true
  }

  /// A row that has this text was refused: its spelling does not count.
  mutating func refuse(_ text: String) { refusedUses[text, default: 0] += 1 }

  /// Spells the names as the rows taken do.
  ///
  /// - Parameter found: the names of the columns, with the rows that have them, refused ones among them.
  mutating func spell(_ found: ChunkParser.Names) {
    for (number, text) in found.texts.enumerated() where found.uses[number] > refusedUses[text, default: 0] {
      guard let id = idOfFold[found.folds[Int(found.foldOfText[number])]] else { continue }
      _ = spell(id, text)
    }
  }

  /// Writes the new names.
  ///
  /// - Parameter areUnused: whether nobody is to see them before they are decided.
  mutating func write(unused areUnused: Bool) throws {
    // First those whose folds may be wanted by the others.
    for id in takenOver { try repository.replaceUnused(id, with: spellings[id] ?? "") }
    takenOver = []
    guard count > writtenCount else { return }
    let ids = Int32(writtenCount + 1)..<Int32(count + 1)
    try repository.add(ids.map { spellings[$0] ?? "" }, from: ids.lowerBound)
    if areUnused {
      try repository.setUnused(ids)
      unused.formUnion(ids)
    }
    writtenCount = count
  }

  /// Has the names that this file has brought or taken up again be seen with its rows.
  func decide() throws {
    for (id, spelling) in spellings.sorted(by: { $0.key < $1.key }) where unused.contains(id) {
      try repository.decide(id, spelt: spelling)
    }
  }
}
