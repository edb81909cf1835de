internal import ConversationFiles
internal import SQLiteStore

/// One dictionary over all files: what an import of them one after the other would have come to.
struct FileNames: Sendable {
  private let kind: NameRepository.Kind
  /// Ids by fold, from 1, also of names that only refused rows have.
  private var idOfFold: [String: UInt32] = [:]
  /// A spelling of each, to order contacts by.
  private var anySpelling: [String] = []
  /// For each file and parser, the id of each fold.
  private var idsOfFolds: [[[UInt32]]] = []

  init(_ kind: NameRepository.Kind) {
    self.kind = kind
  }

  /// Takes in the names that the parsers of the next file have met.
  mutating func add(_ parsers: [ChunkParser.Names]) {
    var ids: [[UInt32]] = []
    for names in parsers {
      ids.append(
        names.folds.enumerated().map { number, fold in
          if let id = idOfFold[fold] { return id }
          let id = UInt32(anySpelling.count + 1)
          idOfFold[fold] = id
          anySpelling.append("")
          return id
        })
      for (text, fold) in zip(names.texts, names.foldOfText) {
        let id = Int(ids[ids.count - 1][Int(fold)]) - 1
        let name = kind.spelling(text)
        if anySpelling[id].isEmpty || name.utf8.lexicographicallyPrecedes(anySpelling[id].utf8) {
          anySpelling[id] = name
        }
      }
    }
    idsOfFolds.append(ids)
  }

  /// The id of a name that stands in a file.
  func id(of name: String) -> Int32 { Int32(idOfFold[kind.fold(name)] ?? 0) }

  /// A name's spelling.
  func name(_ id: Int32) -> String { anySpelling[Int(id) - 1] }

  /// The names that stay, and the code of each id.
  struct Final {
    let names: [String]
    /// By id; 0 for those that no row taken has.
    let codes: [UInt32]
  }

  /// Leaves out what only refused rows have. Of several spellings the least by bytes is kept, among the rows of the
  /// first file that has the name.
  ///
  /// - Parameter uses: for each file and parser, the names with the number of rows taken that have each text.
  /// - Returns: `nil` when there are more names than a store takes.
  func final(_ uses: [[ChunkParser.Names]]) -> Final? {
    var codes = [UInt32](repeating: 0, count: anySpelling.count + 1)
    var names: [String] = []
    for (file, parsers) in uses.enumerated() {
      let before = names.count
      for (parser, found) in parsers.enumerated() {
        for (text, name) in found.texts.enumerated() where found.uses[text] > 0 {
          let id = Int(idsOfFolds[file][parser][Int(found.foldOfText[text])])
          let spelling = kind.spelling(name)
          if codes[id] == 0 {
            names.append(spelling)
            codes[id] = UInt32(names.count)
          } else if codes[id] > before,
            spelling.utf8.lexicographicallyPrecedes(names[Int(codes[id]) - 1].utf8)
          {
            names[Int(codes[id]) - 1] = spelling
          }
        }
      }
    }
    return names.count > kind.limit ? nil : Final(names: names, codes: codes)
  }

  /// What a parser's numbers in columns (fold plus one, 0 for none) mean as codes.
  func codes(_ final: Final, file: Int, parser: Int) -> [UInt32] {
    [0] + idsOfFolds[file][parser].map { final.codes[Int($0)] }
  }
}
