/// The ids of the conversations that an import into an empty store has added.
struct ConversationIDs: Sendable {
  private var ids = IDNumbers()
  /// The number of each conversation's id, by key - first.
  private var numbers: [UInt32] = []
  private var first: Int64 = 0

  /// None.
  init() {}

  /// - Parameters:
  ///   - keys: of the conversations by the numbers of their ids; 0 where the id's rows were refused.
  ///   - first: the least key.
  init(_ ids: IDNumbers, keys: [Int64], first: Int64) {
    self.ids = ids
    self.first = first
    numbers = [UInt32](repeating: 0, count: keys.count { $0 != 0 })
    for (number, key) in keys.enumerated() where key != 0 {
      numbers[Int(key - first)] = UInt32(truncatingIfNeeded: number)
    }
  }

  /// Whether the id of one conversation comes before that of another, by bytes.
  func precedes(_ one: Int64, _ other: Int64) -> Bool {
    ids.precedes(Int(numbers[Int(one - first)]), Int(numbers[Int(other - first)]))
  }
}
