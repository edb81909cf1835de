internal import ConversationFiles
internal import Conversations
internal import SQLiteStore

/// From the names in a row to their ids.
extension ContactImport {
  mutating func beginNames() {
    tags.beginRow()
    categories.beginRow()
    channels.beginRow()
    agents.beginRow()
    groups.beginRow()
  }

  /// A refused row leaves nothing behind, not even the names that only it had.
  mutating func refuseNames() {
    tags.refuseRow()
    categories.refuseRow()
    channels.refuseRow()
    agents.refuseRow()
    groups.refuseRow()
  }

  mutating func resolved(_ row: ImportRow, _ texts: [String]) throws -> ContactRecord {
    func id(_ number: Int?, _ resolver: inout NameResolver, _ column: String) throws -> Int32? {
      guard let number else { return nil }
      guard let id = resolver.id(ofText: number, in: texts) else {
        throw RowRejection(line: row.line, column: column, reason: .tooManyNames(limit: Bounds.names))
      }
      return id
    }
    beginNames()
    var record = row.record
    record.channel = try id(row.channel, &channels, "channel")
    record.category = try id(row.category, &categories, "category")
    record.agent = try id(row.agent, &agents, "agent")
    record.group = try id(row.group, &groups, "group")
    record.tags.reserveCapacity(row.tags.count)
    for number in row.tags {
      guard let tag = tags.id(ofText: number, in: texts) else {
        throw RowRejection(line: row.line, column: "tags", reason: .tooManyNames(limit: Bounds.tags))
      }
      if !record.tags.contains(tag) { record.tags.append(tag) }
    }
    return record
  }

  /// Takes in further names that the file's columns have.
  mutating func addFolds(_ folds: [NameRepository.Kind: ArraySlice<String>]) {
    for (kind, new) in folds where !new.isEmpty {
      switch kind {
      case .tag: tags.add(folds: new)
      case .category: categories.add(folds: new)
      case .channel: channels.add(folds: new)
      case .agent: agents.add(folds: new)
      case .group: groups.add(folds: new)
      }
    }
  }

  /// Finds the ids of a row's names, into the run's; the column to blame when a dictionary is full.
  mutating func resolveNames(ofRow row: Int, of columns: RowColumns, _ parsed: inout ParsedRows) -> String? {
    func id(_ code: UInt32, _ names: inout NameResolver) -> UInt32? {
      let known = names.idOfCode[Int(code)]
      if known != 0 || code == 0 { return known }
      parsed.hasNewNames = true
      return names.id(ofCode: Int(code))
    }
    if parsed.hasNewNames {
      beginNames()
      parsed.hasNewNames = false
    }
    guard let channel = unsafe id(columns[.channel][row], &channels) else { return "channel" }
    guard let category = unsafe id(columns[.category][row], &categories) else { return "category" }
    guard let agent = unsafe id(columns[.agent][row], &agents) else { return "agent" }
    guard let group = unsafe id(columns[.group][row], &groups) else { return "group" }
    parsed.tags.removeAll(keepingCapacity: true)
    let tag = unsafe columns[.firstTag][row]
    if tag > 0 {
      guard let tag = id(tag, &tags) else { return "tags" }
      parsed.tags.append(tag)
    }
    while parsed.further < columns.furtherCount, unsafe columns.furtherRows[parsed.further] <= row {
      // Rows before this one were taken on their own.
      if unsafe columns.furtherRows[parsed.further] == row {
        guard let tag = unsafe id(columns.furtherTags[parsed.further], &tags) else { return "tags" }
        // Two names of one tag, of which it has given up one.
        if !parsed.tags.contains(tag) { parsed.tags.append(tag) }
      }
      parsed.further += 1
    }
    parsed.writeTagText()
    parsed.channels.append(channel)
    parsed.categories.append(category)
    parsed.agents.append(agent)
    parsed.groups.append(group)
    return nil
  }

  /// A row was refused: its spellings do not count.
  mutating func refuseTexts(of row: ImportRow, _ texts: [String]) {
    if let text = row.channel { channels.refuse(texts[text]) }
    if let text = row.category { categories.refuse(texts[text]) }
    if let text = row.agent { agents.refuse(texts[text]) }
    if let text = row.group { groups.refuse(texts[text]) }
    for text in row.tags { tags.refuse(texts[text]) }
  }

  /// Settles how the new names are spelt, from the names that the file's columns have.
  mutating func spellNames(_ names: [NameRepository.Kind: ChunkParser.Names]) throws {
    for (kind, found) in names {
      switch kind {
      case .tag: tags.spell(found)
      case .category: categories.spell(found)
      case .channel: channels.spell(found)
      case .agent: agents.spell(found)
      case .group: groups.spell(found)
      }
    }
  }

  /// Writes the new names.
  mutating func writeNames() throws {
    let areUnused = staged != nil
    try forEachDictionary { try $0.write(unused: areUnused) }
  }

  /// Takes in what others have done to names after a change of the log.
  mutating func followNames(after seq: Int64) throws {
    if try state.changes.has(.taxonomy, after: seq) {
      try forEachDictionary { try $0.reload() }
    } else {
      try forEachDictionary { try $0.takeInNew() }
    }
  }

  /// Has the names that the file has brought be seen with its rows.
  mutating func decideNames() throws {
    try forEachDictionary { try $0.decide() }
  }

  private mutating func forEachDictionary(_ body: (inout NameResolver) throws -> Void) throws {
    try body(&tags)
    try body(&categories)
    try body(&channels)
    try body(&agents)
    try body(&groups)
  }
}
