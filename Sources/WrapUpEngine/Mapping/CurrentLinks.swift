internal import SQLiteStore

/// A mapping as merges leave it: a tag is mapped to a category while itself or one that was merged into it is.
struct CurrentLinks {
  private struct Link: Hashable {
    let category: Int32
    let tag: Int32
  }

  private let states: TagStates
  /// Of each link, the tags that were mapped and have come to its tag.
  private var given: [Link: Set<Int32>] = [:]

  /// - Parameter links: as they were made; those that were cut may be among them.
  init(_ links: [MappingRepository.Event], _ states: TagStates) {
    self.states = states
    for link in links where link.isMapped { _ = take(link) }
  }

  /// Category and tag of every link, in no order.
  var pairs: [(category: Int32, tag: Int32)] { given.keys.map { ($0.category, $0.tag) } }

  /// Makes or cuts a link; what that changes, if anything.
  mutating func take(_ event: MappingRepository.Event) -> MappingRepository.Event? {
    let link = Link(category: event.category, tag: states.resolved(event.tag))
    let wasMapped = given[link] != nil
    if event.isMapped {
      given[link, default: []].insert(event.tag)
    } else {
      given[link]?.remove(event.tag)
      if given[link]?.isEmpty == true { given[link] = nil }
    }
    guard wasMapped != (given[link] != nil) else { return nil }
    return MappingRepository.Event(category: link.category, tag: link.tag, isMapped: !wasMapped)
  }
}

extension MappingRepository {
  /// Category and tag of every link there is, as merges leave them, by category and tag.
  func pairs(_ states: TagStates) throws(SQLiteFault) -> [(category: Int32, tag: Int32)] {
    let pairs = try pairs()
    if states.merged.isEmpty { return pairs }
    let links = pairs.map { Event(category: $0.category, tag: $0.tag, isMapped: true) }
    return CurrentLinks(links, states).pairs.sorted { ($0.category, $0.tag) < ($1.category, $1.tag) }
  }
}
