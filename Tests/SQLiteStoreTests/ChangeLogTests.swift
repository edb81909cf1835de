import SQLiteStore
import Testing

struct ChangeLogTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let log: ChangeLog

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"))
    log = ChangeLog(store)
  }

  @Test func changesComeBackInTheOrderWritten() throws {
    #expect(try log.position() == .start)
    let written: [(ChangeLog.Kind, Range<Int64>)] = [
      (.imported, 1..<1_000_001), (.updated, 5..<6), (.opened, 7..<8), (.closed, 7..<8), (.taxonomy, 0..<0),
    ]
    try store.write { for (kind, keys) in written { try log.append(kind, conversations: keys) } }
    for after in 0...6 {
      for limit in [0, 1, 2, Int.max] {
        let changes = try log.changes(after: Int64(after), limit: limit)
        let expected = written.enumerated().dropFirst(after).prefix(limit)
        #expect(changes.map(\.seq) == expected.map { Int64($0.offset + 1) })
        #expect(changes.map(\.kind) == expected.map(\.element.0))
        #expect(changes.map(\.conversations) == expected.map(\.element.1))
      }
    }
    #expect(try log.position().seq == 5)
  }

  @Test func aPositionBelongsToOneHistory() throws {
    #expect(try log.contains(.start))
    var nonces: Set<Int64> = []
    for seq in 1...20 as ClosedRange<Int64> {
      _ = try store.write { try log.append(.taxonomy) }
      let position = try log.position()
      #expect(position.seq == seq)
      #expect(try log.contains(position))
      #expect(try !log.contains(.init(seq: seq, nonce: position.nonce &+ 1)))
      #expect(try !log.contains(.init(seq: seq + 1, nonce: position.nonce)))
      nonces.insert(position.nonce)
    }
    #expect(nonces.count == 20)
    // A number that was rolled back never stood for anything.
    let before = try log.position()
    try? store.write {
      try log.append(.closed, conversations: 1..<2)
      throw StoreFault.busy
    }
    #expect(try log.position() == before)
  }
}
