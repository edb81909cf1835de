/// Numbers the different texts of a file, so that a name which stands in a million rows is looked up once.
///
/// Open addressing, seeded per process: nobody can prepare a file whose texts collide.
package final class TextTable {
  // One stored property: reaching it is checked once a call, not once a field.
  private var storage: Storage

  /// The texts by number; none when they are not kept.
  package var texts: [String] { storage.texts }

  /// Bytes of all texts.
  var byteCount: Int { storage.bytes.count }

  /// An empty table.
  ///
  /// - Parameter keepsTexts: whether ``texts`` will be asked for.
  package init(keepsTexts: Bool = true) {
    storage = Storage(keepsTexts: keepsTexts)
  }

  /// The number of a text, given now if it is new. Expected O(bytes).
  ///
  /// - Precondition: fewer than 2^32 different texts.
  package func number(of text: Span<UInt8>) -> Int {
    storage.number(of: text)
  }
}

private struct Storage {
  private let keepsTexts: Bool
  var texts: [String] = []
  private(set) var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  private var hashes: [UInt64] = []
  /// Slots holding number + 1, 0 when free; a power of two long, at most half full.
  private var slots = [UInt32](repeating: 0, count: 256)
  private let seed = UInt64.random(in: .min ... .max)

  init(keepsTexts: Bool) {
    self.keepsTexts = keepsTexts
  }

  mutating func number(of text: Span<UInt8>) -> Int {
    let hash = hash(text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, equals(number, text) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    for index in text.indices { bytes.append(text[index]) }
    if keepsTexts { texts.append(String(decoding: bytes[ends[ends.count - 1]...], as: UTF8.self)) }
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = UInt32(hashes.count)
    if hashes.count * 2 > slots.count { grow() }
    return hashes.count - 1
  }

  private func equals(_ number: Int, _ text: Span<UInt8>) -> Bool {
    let start = ends[number]
    guard ends[number + 1] - start == text.count else { return false }
    for index in text.indices where bytes[start + index] != text[index] { return false }
    return true
  }

  private func hash(_ text: Span<UInt8>) -> UInt64 {
    var hash = seed
    for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x9E37_79B9_7F4A_7C15 }
    hash ^= hash >> 32
    hash = hash &* (seed | 1)
    return hash ^ (hash >> 29)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }
}
