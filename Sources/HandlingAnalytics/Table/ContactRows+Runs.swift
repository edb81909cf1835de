internal import Columnar

/// Contacts that come column by column, each the only one of its conversation.
extension ContactRows {
  /// Makes room for as many contacts in all, where their columns turn out to take any.
  package mutating func reserve(_ contacts: Int) {
    startedAt.reserveCapacity(contacts)
    endedAt.reserveCapacity(contacts)
    reportedAt.reserveCapacity(contacts)
    marks.reserveCapacity(contacts)
    for place in words.indices { words[place].reserve(contacts) }
    tags.reserveCapacity(contacts)
    tagEnds.reserveCapacity(contacts)
  }

  /// Adds instants, unix seconds; `Int64.min` where there is none.
  package mutating func append(
    startedAt: Span<Int64>, endedAt: Span<Int64>, reportedAt: Span<Int64>, marks: Span<UInt8>
  ) {
    Self.append(startedAt, to: &self.startedAt)
    Self.append(endedAt, to: &self.endedAt)
    Self.append(reportedAt, to: &self.reportedAt)
    Self.append(marks, to: &self.marks)
  }

  /// Adds numbers to one of ``ColumnID/words``: durations with their mark for none, or codes.
  package mutating func append(_ numbers: Span<UInt32>, to column: ColumnID) {
    guard let place = ColumnID.words.firstIndex(of: column) else { return }
    words[place].append(numbers)
  }

  /// Adds the same number `count` times to one of ``ColumnID/words``.
  package mutating func append(repeating number: UInt32, count: Int, to column: ColumnID) {
    guard let place = ColumnID.words.firstIndex(of: column) else { return }
    words[place].append(repeating: number, count: count)
  }

  /// The tags of several contacts, list by list.
  package struct TagLists: Sendable {
    fileprivate var tags: [UInt32] = []
    fileprivate var ends: [Int] = []

    /// No lists.
    package init() {}

    /// Adds the tags of the next contact.
    package mutating func append(_ next: Span<UInt32>) {
      for place in next.indices { tags.append(next[place]) }
      ends.append(tags.count)
    }
  }

  /// Adds the tags of as many contacts as there are lists.
  package mutating func append(_ lists: TagLists) {
    let before = tags.count
    tags += lists.tags
    for end in lists.ends { tagEnds.append(before + end) }
  }

  /// Completes contacts whose columns have all been added: keys ascend one by one.
  package mutating func finishRun(firstConversation: Int64, firstContact: Int64, count: Int) {
    conversations.append(from: firstConversation, count: count)
    contacts.append(from: firstContact, count: count)
    precondition(tagEnds.count == contacts.count && words.allSatisfy { $0.count == contacts.count })
  }

  private static func append<Value: BitwiseCopyable>(_ values: Span<Value>, to column: inout [Value]) {
    // Safe: the elements are copied before the call returns.
    unsafe values.withUnsafeBufferPointer { unsafe column.append(contentsOf: $0) }
  }
}
