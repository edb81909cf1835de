/// Numbers the different ids of a file in the order of their first rows.
///
/// Open addressing. Memory: the ids in whole words, 4 bytes each for where they begin, and 11 to 22 of slots.
struct IDNumbers: Sendable {
  /// There are more ids, or longer ones, than numbers of 32 bits can count.
  struct Full: Error {}

  private let hash = IDHash()
  /// The most words of all ids, and so the most ids.
  private let wordLimit: Int
  /// The ids, each filled up with zeros to whole words; none has a zero of its own.
  private var words: [UInt64] = []
  /// Where each id begins in `words`, and behind the last one where the next will.
  private var starts: [UInt32] = [0]
  /// The upper half of an id's hash, whose low bits say where it begins to look for a place, and the id's number plus
  /// one; 0 when free.
  private var slots = [UInt64](repeating: 0, count: 1024)

  /// - Parameter wordLimit: at most 2^32 - 1, which are 32 GiB.
  init(wordLimit: Int = Int(UInt32.max)) {
    self.wordLimit = wordLimit
  }

  /// How many different ids there are.
  var count: Int { starts.count - 1 }

  /// The number of an id, given now if it is new. Expected O(words).
  mutating func number(of id: Span<UInt64>) throws(Full) -> Int {
    let hash = hash.hash(of: id)
    let mask = slots.count &- 1
    var slot = Self.place(of: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot] & 0xFFFF_FFFF) &- 1
      if slots[slot] &>> 32 == hash &>> 32, equals(number, id) { return number }
      slot = (slot &+ 1) & mask
    }
    guard words.count + id.count <= wordLimit else { throw Full() }
    for word in id.indices { words.append(id[word]) }
    starts.append(UInt32(truncatingIfNeeded: words.count))
    slots[slot] = hash & ~0xFFFF_FFFF | UInt64(count)
    if Self.isCrowded(slots.count, ids: count) { resize(to: slots.count * 2) }
    return count - 1
  }

  /// Makes room at once for so many ids of so many words in all.
  mutating func reserve(ids: Int, words wordCount: Int) {
    var size = slots.count
    while Self.isCrowded(size, ids: ids) { size *= 2 }
    if size > slots.count { resize(to: size) }
    starts.reserveCapacity(ids + 1)
    words.reserveCapacity(wordCount)
  }

  /// Gives the memory of the slots back: no further id will be numbered.
  mutating func endNumbering() { slots = [] }

  /// Whether one id comes before another, by bytes.
  func precedes(_ one: Int, _ other: Int) -> Bool {
    let (first, second) = (range(one), range(other))
    for place in 0..<min(first.count, second.count) {
      let (left, right) = (
        words[first.lowerBound + place].byteSwapped, words[second.lowerBound + place].byteSwapped
      )
      // The first byte is the lowest of a word; the zeros behind an end come before every byte.
      if left != right { return left < right }
    }
    return first.count < second.count
  }

  private func range(_ number: Int) -> Range<Int> { Int(starts[number])..<Int(starts[number + 1]) }

  private func equals(_ number: Int, _ id: Span<UInt64>) -> Bool {
    let range = range(number)
    guard range.count == id.count else { return false }
    for place in id.indices where words[range.lowerBound + place] != id[place] { return false }
    return true
  }

  private static func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash &>> 32) }

  private static func isCrowded(_ slotCount: Int, ids: Int) -> Bool { ids &* 4 > slotCount &* 3 }

  private mutating func resize(to size: Int) {
    let entries = slots
    slots = [UInt64](repeating: 0, count: size)
    let mask = size &- 1
    for entry in entries where entry != 0 {
      var slot = Self.place(of: entry) & mask
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = entry
    }
  }
}
