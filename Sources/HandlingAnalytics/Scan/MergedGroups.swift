internal import Columnar

/// The groups of all slices, merged by key, in ascending order of key.
struct MergedGroups: Sendable {
  /// Composite keys of the groups that occur.
  let keys: [UInt64]
  let tallies: [Tally]
  let conversations: [ConversationTally]
  let total: Tally
  let conversationTotal: ConversationTally

  /// O(groups of all slices).
  init(_ scans: [SliceScan]) {
    var numbers: [UInt64: Int] = [:]
    var keys: [UInt64] = []
    var tallies: [Tally] = []
    var conversations: [ConversationTally] = []
    var total = Tally()
    var conversationTotal = ConversationTally()
    for scan in scans {
      total.merge(scan.total)
      conversationTotal.merge(scan.conversationTotal)
      for (group, tally) in scan.tallies.enumerated() where tally.contacts > 0 {
        let key = scan.index.key(of: group)
        let conversation =
          scan.conversationTallies.isEmpty ? ConversationTally() : scan.conversationTallies[group]
        if let number = numbers[key] {
          tallies[number].merge(tally)
          conversations[number].merge(conversation)
        } else {
          numbers[key] = keys.count
          keys.append(key)
          tallies.append(tally)
          conversations.append(conversation)
        }
      }
    }
    let order = keys.indices.sorted { keys[$0] < keys[$1] }
    self.keys = order.map { keys[$0] }
    self.tallies = order.map { tallies[$0] }
    self.conversations = order.map { conversations[$0] }
    self.total = total
    self.conversationTotal = conversationTotal
  }
}
