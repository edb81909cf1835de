internal import SQLiteStore

/// What was mapped to which category when a conversation was last changed.
///
/// A category's first mapping is taken to have been there all along: who imports a history and then says what belongs
/// where, in one command or in many, wants to see how that would have done. What was changed later, after further
/// conversations, holds from then on.
struct MappingHistory {
  private typealias Step = (seq: Int64, tags: [Int32])

  /// By category: what was mapped from each change on, oldest first.
  private var steps: [Int32: [Step]] = [:]
  /// Changes that added conversations, with the first of them, ascending.
  private var imports: [(conversations: Range<Int64>, seq: Int64)] = []
  /// The last change of a conversation that was changed on its own.
  private var changes: [Int64: Int64] = [:]

  /// Reads the mapping's changes and, where it matters, those of conversations. O(changes × tags of a category).
  init(_ store: Store, _ states: TagStates) throws {
    let log = try ChangeLog(store).changes(after: 0).filter {
      !$0.conversations.isEmpty && $0.kind != .forgotten
    }
    for (seq, events) in try MappingRepository(store).events(after: 0).sorted(by: { $0.key < $1.key }) {
      for (category, events) in Dictionary(grouping: events, by: \.category) {
        var tags = Set(steps[category]?.last?.tags ?? [])
        for event in events {
          if event.isMapped { tags.insert(event.tag) } else { tags.remove(event.tag) }
        }
        // Where no conversation changed since the last step, this one is part of it.
        if let last = steps[category]?.last?.seq, !Self.hasChange(between: last, seq, in: log) {
          steps[category]![steps[category]!.count - 1].tags = tags.sorted()
        } else {
          steps[category, default: []].append((seq, tags.sorted()))
        }
      }
    }
    if !states.merged.isEmpty {
      steps = steps.mapValues { $0.map { ($0.seq, states.resolved($0.tags).sorted()) } }
    }
    guard isChanging else { return }
    for change in log {
      if change.kind == .imported {
        imports.append((change.conversations, change.seq))
      } else {
        for conversation in change.conversations { changes[conversation] = change.seq }
      }
    }
    imports.sort { $0.conversations.lowerBound < $1.conversations.lowerBound }
  }

  /// Whether a log, ascending, has a change between two others. O(log changes).
  private static func hasChange(between first: Int64, _ end: Int64, in log: [ChangeLog.Change]) -> Bool {
    var (low, high) = (0, log.count)
    while low < high {
      let middle = (low + high) / 2
      if log[middle].seq <= first { low = middle + 1 } else { high = middle }
    }
    return low < log.count && log[low].seq < end
  }

  /// Whether any category had more than one mapping.
  var isChanging: Bool { steps.values.contains { $0.count > 1 } }

  /// Every category's first mapping.
  var first: [(category: Int32, tag: Int32)] {
    steps.flatMap { category, steps in steps[0].tags.map { (category, $0) } }
  }

  /// What was mapped to a category, ascending, when a conversation was last changed; `nil` where it never had a mapping.
  /// O(log changes + mappings of the category).
  func tags(of category: Int32, for conversation: Int64) -> [Int32]? {
    guard let steps = steps[category] else { return nil }
    if steps.count == 1 { return steps[0].tags }
    let seq = seq(of: conversation)
    return (steps.last { $0.seq <= seq } ?? steps[0]).tags
  }

  private func seq(of conversation: Int64) -> Int64 {
    if let seq = changes[conversation] { return seq }
    var (low, high) = (0, imports.count)
    while low < high {
      let middle = (low + high) / 2
      if imports[middle].conversations.lowerBound <= conversation { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? imports[low - 1].seq : 0
  }
}
