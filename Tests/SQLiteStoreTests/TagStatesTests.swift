import SQLiteStore
import Testing

struct TagStatesTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let states: TagStateRepository

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.path(), whenMissing: .create(zone: "UTC"))
    states = TagStateRepository(store)
    for name in ["a", "b", "c", "d", "e"] { _ = try NameRepository(.tag, of: store).add(name) }
  }

  @Test("a merge is followed to the end of its chain, and parting gives back what was before")
  func chains() throws {
    #expect(try TagStates(store) == TagStates())
    try states.setTarget(2, of: 1)
    try states.setTarget(3, of: 2)
    try states.setTarget(3, of: 5)
    try states.setOn(false, 4)
    let all = try TagStates(store)
    #expect(all.merged == [1: 3, 2: 3, 5: 3])
    #expect(all.switchedOff == [4] && all.inactive == [1, 2, 4, 5])
    #expect(all.resolved([4, 2, 1, 3, 5]) == [4, 3])
    #expect(all.all(resolvingTo: 3) == [3, 1, 2, 5])
    try states.setTarget(nil, of: 2)
    #expect(try TagStates(store).merged == [1: 2, 5: 3])
    try states.setOn(true, 4)
    #expect(try TagStates(store).switchedOff.isEmpty)
  }

  @Test("switching leaves a merge as it is, and the other way round")
  func independent() throws {
    try states.setTarget(3, of: 1)
    try states.setOn(false, 1)
    #expect(try states.state(of: 1) == (false, 3))
    try states.setTarget(nil, of: 1)
    #expect(try states.state(of: 1) == (false, nil))
    #expect(try states.state(of: 2) == (true, nil))
  }

  @Test("a name that was given up finds what had it, unless another has it now or the renaming was undone")
  func formerNames() throws {
    for kind in [NameRepository.Kind.tag, .category] {
      let names = NameRepository(kind, of: store)
      let (id, log) = (try #require(try names.add("Refund")), NameEventLog(store))
      func rename(_ old: String, _ new: String, undoes: Int64? = nil) throws -> Int64 {
        try names.rename(id, to: new)
        let change = try ChangeLog(store).append(.taxonomy)
        try log.append(
          .init(
            change: change, happenedAt: 1, kind, id, .renamed, oldName: old, newName: new, undoes: undoes))
        return try #require(try log.events(of: kind).last).key
      }
      _ = try rename("Refund", "Money back")
      #expect(try names.id(of: "REFUND") == id && names.id(of: "money back") == id)
      #expect(try names.formerFolds() == ["refund": id])
      let event = try rename("Money back", "Reimbursement")
      #expect(try names.formerFolds() == ["refund": id, "money back": id])
      _ = try rename("Reimbursement", "Money back", undoes: event)
      #expect(try names.formerFolds() == ["refund": id])
      #expect(try names.id(of: "Reimbursement") == nil)
      let other = try names.add("refund")
      #expect(try names.id(of: "Refund") == other && names.formerFolds().isEmpty)
      #expect(try NameRepository(kind == .tag ? .category : .tag, of: store).id(of: "Refund") != other)
    }
  }
}
