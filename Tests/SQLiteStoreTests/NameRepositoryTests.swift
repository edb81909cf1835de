import SQLiteStore
import Testing

struct NameRepositoryTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"))
  }

  private static let texts = [
    "O'Brien", "say \"hi\"", "x'); DROP TABLE tag;--", "Réclamation 🙂", "你好", "a\u{0}b", " spaces ", "",
    "%_?1",
    "line\nbreak", String(repeating: "ü", count: 128),
  ]

  @Test(arguments: NameRepository.Kind.allCases)
  func namesAreKeptVerbatimUnderDenseIDs(kind: NameRepository.Kind) throws {
    let names = NameRepository(kind, of: store)
    for (place, text) in Self.texts.enumerated() {
      #expect(try names.id(of: text) == nil)
      #expect(try names.add(text) == Int32(place + 1))
    }
    for (place, text) in Self.texts.enumerated() {
      let kept = kind == .channel ? kind.fold(text) : text
      #expect(try names.id(of: text) == Int32(place + 1))
      #expect(try names.name(of: Int32(place + 1)).map { Array($0.utf8) } == Array(kept.utf8))
    }
    let kept = Self.texts.map { kind == .channel ? kind.fold($0) : $0 }
    #expect(try names.names() == kept)
    #expect(try names.names(after: 9) == Array(kept[9...]))
    #expect(try names.name(of: 99) == nil)
  }

  @Test func wordsOfPeopleAreOneWithoutCaseAndAccentsButAgentsAreNot() throws {
    for kind in [NameRepository.Kind.tag, .category, .channel] {
      let names = NameRepository(kind, of: store)
      #expect(try names.add("Réclamation") == 1)
      for same in ["reclamation", "RECLAMATION", "re\u{301}clamation"] {
        #expect(try names.id(of: same) == 1)
      }
      #expect(throws: SQLiteFault.self) { try names.add("RÉCLAMATION") }
    }
    for kind in [NameRepository.Kind.agent, .group] {
      let names = NameRepository(kind, of: store)
      #expect(try names.add("Ann") == 1)
      #expect(try names.id(of: "ann") == nil)
      #expect(try names.add("ann") == 2)
    }
    #expect(try NameRepository(.channel, of: store).names() == ["reclamation"])
    #expect(try NameRepository(.tag, of: store).names() == ["Réclamation"])
  }

  @Test func aFullDictionaryTakesNoMore() throws {
    try store.connection.execute("INSERT INTO tag VALUES (65533, 'a', 'a')")
    let tags = NameRepository(.tag, of: store)
    #expect(try tags.add("b") == 65_534)
    #expect(try tags.add("c") == nil)
    #expect(try tags.id(of: "c") == nil)
  }

  @Test func aPairIsMappedOnce() throws {
    try store.connection.execute(
      "INSERT INTO tag VALUES (1, 'a', 'a'), (2, 'b', 'b'); INSERT INTO category VALUES (1, 'c', 'c'), (2, 'd', 'd')"
    )
    let mapping = MappingRepository(store)
    #expect(try mapping.add(category: 2, tag: 1))
    #expect(try mapping.add(category: 1, tag: 2))
    #expect(try mapping.add(category: 1, tag: 1))
    #expect(try !mapping.add(category: 2, tag: 1))
    #expect(try mapping.pairs().map { [$0.category, $0.tag] } == [[1, 1], [1, 2], [2, 1]])
    #expect(throws: SQLiteFault.self) { try mapping.add(category: 1, tag: 3) }
  }
}
