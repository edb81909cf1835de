/// Numbers the different ids of a file in the order of their first rows.
///
/// Open addressing, seeded per process: nobody can prepare a file whose ids collide. Memory: the ids in whole words,
/// 4 bytes each for where they begin, and 11 to 22 of slots.
struct IDNumbers: Sendable {
  /// The ids, each filled up with zeros to whole words; none has a zero of its own.
  private var words: [UInt64] = []
  /// Where each id begins in `words`, and behind the last one where the next will.
  private var starts: [UInt32] = [0]
  /// The upper half of an id's hash, and its number plus one; 0 when free.
  private var slots = [UInt64](repeating: 0, count: 1024)
  private let seeds = (UInt64.random(in: 0 ... .max) | 1, UInt64.random(in: 0 ... .max) | 1)

  /// How many different ids there are.
  var count: Int { starts.count - 1 }

  /// The number of an id, given now if it is new. Expected O(words).
  ///
  /// - Precondition: fewer than 2^32 words in all.
  mutating func number(of id: Span<UInt64>) -> Int {
    let hash = hash(of: id)
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot] & 0xFFFF_FFFF) &- 1
      if slots[slot] &>> 32 == hash &>> 32, equals(number, id) { return number }
      slot = (slot &+ 1) & mask
    }
    for word in id.indices { words.append(id[word]) }
    precondition(words.count <= Int(UInt32.max))
    starts.append(UInt32(truncatingIfNeeded: words.count))
    slots[slot] = hash & ~0xFFFF_FFFF | UInt64(count)
    if count &* 4 > slots.count &* 3 { grow() }
    return count - 1
  }

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

  private func hash(of id: Span<UInt64>) -> UInt64 {
    var hash = seeds.0
    for word in id.indices {
      let product = (hash ^ id[word]).multipliedFullWidth(by: seeds.1)
      hash = product.high ^ product.low
    }
    return hash
  }

  private mutating func grow() {
    slots = [UInt64](repeating: 0, count: slots.count * 2)
    let mask = slots.count &- 1
    for number in 0..<count {
      let hash = hash(of: words.span.extracting(range(number)))
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number + 1)
    }
  }
}
