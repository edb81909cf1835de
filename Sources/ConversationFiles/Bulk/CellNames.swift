internal import Glibc

/// The different names of one column as they stand in its cells, found again by a few words of their bytes.
///
/// Open addressing, seeded: nobody can prepare a file whose names collide. A cell that needs a second look (blanks
/// around it, quotes, no UTF-8) is remembered as such and never given a number here.
@safe
struct CellNames: ~Copyable {
  private struct Slot {
    /// The bytes, filled up with zeros; of more than sixteen the hash and the place in ``longBytes``.
    var first: UInt64 = 0
    var second: UInt64 = 0
    var length: UInt32 = 0
    var text = Text.free
  }

  /// Numbers of texts; negative ones are none.
  private enum Text {
    static let free: Int32 = -1
    static let other: Int32 = -2
  }

  /// The texts by number.
  private(set) var texts: [String] = []
  /// For each text the number of its fold: the same for texts that are one name.
  var foldOfText: [UInt32] { (0..<texts.count).map { unsafe foldsAndUses[2 * $0] } }
  /// The folds by number.
  private(set) var folds: [String] = []
  /// In how many of the rows taken each text stands.
  var uses: [UInt32] { (0..<texts.count).map { unsafe foldsAndUses[2 * $0 + 1] } }

  private let fold: (String) -> String
  private var numberOfText: [[UInt8]: Int32] = [:]
  private var numberOfFold: [String: UInt32] = [:]
  // Safe: `slots` addresses `slotCount` slots from init to deinit, `masks` 34 words.
  private var slots: UnsafeMutablePointer<Slot>
  private var slotCount = 1024
  /// A hash's bits above this are its slot.
  private var slotShift: UInt64 = 54
  private var used = 0
  // Safe: `foldsAndUses` addresses two numbers for each of `textRoom` texts: its fold and its uses.
  private var foldsAndUses: UnsafeMutablePointer<UInt32>
  private var textRoom = 256
  private let masks: UnsafeMutablePointer<UInt64>
  private var longBytes: [UInt8] = []
  private let seeds = (UInt64.random(in: 0 ... .max) | 1, UInt64.random(in: 0 ... .max) | 1)

  /// - Parameter fold: in what form two names are the same.
  init(fold: @escaping (String) -> String) {
    self.fold = fold
    unsafe slots = .allocate(capacity: slotCount)
    unsafe slots.initialize(repeating: Slot(), count: slotCount)
    unsafe foldsAndUses = .allocate(capacity: 2 * textRoom)
    unsafe masks = .allocate(capacity: 34)
    for length in 0...16 {
      unsafe masks[2 * length] = length >= 8 ? .max : (1 << UInt64(8 * length)) - 1
      let rest = max(length - 8, 0)
      unsafe masks[2 * length + 1] = rest == 8 ? .max : (1 << UInt64(8 * rest)) - 1
    }
  }

  deinit {
    unsafe slots.deallocate()
    unsafe masks.deallocate()
    unsafe foldsAndUses.deallocate()
  }

  /// The number of the fold of a text.
  @inline(__always)
  func fold(of text: Int32) -> UInt32 {
    // Safe: numbers of texts are given out by this table only.
    unsafe foldsAndUses[2 &* Int(text)]
  }

  /// Counts a row that has the text.
  @inline(__always)
  mutating func count(_ text: Int32) {
    // Safe: as above.
    unsafe foldsAndUses[2 &* Int(text) &+ 1] &+= 1
  }

  /// The number of the text in a cell; negative when the cell needs the exact reader.
  ///
  /// - Precondition: `length` is above 0, and 16 bytes can be read from the cell and as many behind its end.
  @unsafe @inline(never)  // five times in one loop it would keep that from being one function
  mutating func number(_ cell: UnsafeRawPointer, length: Int) -> Int32 {
    var first = unsafe PlainCell.word(cell)
    var second = unsafe PlainCell.word(cell + 8)
    if length <= 16 {
      unsafe first &= masks[2 &* length]
      unsafe second &= masks[2 &* length &+ 1]
    } else {
      return unsafe longNumber(cell, length: length)
    }
    var slot = place(first, second)
    while true {
      let found = unsafe slots[slot]
      if found.first == first, found.second == second, found.length == UInt32(truncatingIfNeeded: length),
        found.text != Text.free
      {
        return found.text
      }
      if found.text == Text.free { break }
      slot = (slot &+ 1) & (slotCount &- 1)
    }
    return unsafe add(cell, length: length, first, second)
  }

  @inline(__always)
  private func place(_ first: UInt64, _ second: UInt64) -> Int {
    // The high bits of a product by a random odd number; the two products do not wait for each other.
    Int(truncatingIfNeeded: ((first &* seeds.0) ^ (second &* seeds.1)) &>> slotShift)
  }

  @unsafe @inline(never)
  private mutating func longNumber(_ cell: UnsafeRawPointer, length: Int) -> Int32 {
    guard length <= 256 else { return Text.other }
    var hash = seeds.0
    var offset = 0
    while offset &+ 8 <= length {
      hash = unsafe (hash ^ PlainCell.word(cell + offset)) &* seeds.1
      hash ^= hash &>> 29
      offset &+= 8
    }
    if offset < length {
      // Safe: the last eight bytes of a cell of more than sixteen.
      hash = unsafe (hash ^ PlainCell.word(cell + (length - 8))) &* seeds.1
      hash ^= hash &>> 29
    }
    var slot = place(hash, UInt64(length))
    while true {
      let found = unsafe slots[slot]
      if found.text == Text.free { break }
      if found.first == hash, found.length == UInt32(length) {
        let isSame = unsafe longBytes.withUnsafeBytes { bytes in
          // Safe: the slot was made with `length` bytes from that place on.
          unsafe memcmp(bytes.baseAddress! + Int(found.second), cell, length) == 0
        }
        if isSame { return found.text }
      }
      slot = (slot &+ 1) & (slotCount &- 1)
    }
    let second = UInt64(longBytes.count)
    unsafe longBytes.append(contentsOf: UnsafeRawBufferPointer(start: cell, count: length))
    return unsafe add(cell, length: length, hash, second)
  }

  @unsafe @inline(never)
  private mutating func add(_ cell: UnsafeRawPointer, length: Int, _ first: UInt64, _ second: UInt64) -> Int32
  {
    let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: cell, count: length))
    let text = Self.isPlain(bytes) ? number(of: bytes) : Text.other
    if used * 4 >= slotCount { grow() }
    insert(Slot(first: first, second: second, length: UInt32(length), text: text))
    return text
  }

  private mutating func insert(_ new: Slot) {
    var slot = place(new.first, new.length > 16 ? UInt64(new.length) : new.second)
    while unsafe slots[slot].text != Text.free { slot = (slot + 1) & (slotCount - 1) }
    unsafe slots[slot] = new
    used += 1
  }

  private mutating func grow() {
    let (old, oldCount) = unsafe (slots, slotCount)
    slotCount *= 2
    slotShift -= 1
    unsafe slots = .allocate(capacity: slotCount)
    unsafe slots.initialize(repeating: Slot(), count: slotCount)
    used = 0
    for slot in 0..<oldCount where unsafe old[slot].text != Text.free { unsafe insert(old[slot]) }
    unsafe old.deallocate()
  }

  /// Whether a cell stands for its own bytes: a name without blanks around it, quotes before it, NUL and bad UTF-8.
  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 256 else { return false }
    let isBlank = { (byte: UInt8) in byte == CSVByte.space || byte == CSVByte.tab }
    guard first != CSVByte.quote, !isBlank(first), !isBlank(last), !bytes.contains(0) else { return false }
    return (try? UTF8Span(validating: bytes.span)) != nil
  }

  /// The number of a text that the exact reader has taken out of its cell.
  mutating func number(of text: String) -> Int32 { number(of: Array(text.utf8)) }

  private mutating func number(of bytes: [UInt8]) -> Int32 {
    if let known = numberOfText[bytes] { return known }
    let text = String(decoding: bytes, as: UTF8.self)
    let folded = fold(text)
    let number = Int32(texts.count)
    numberOfText[bytes] = number
    texts.append(text)
    if texts.count > textRoom { growTexts() }
    let known = numberOfFold[folded]
    // Safe: there is room for the text now.
    unsafe foldsAndUses[2 * Int(number)] = known ?? UInt32(folds.count)
    unsafe foldsAndUses[2 * Int(number) + 1] = 0
    if known == nil {
      numberOfFold[folded] = UInt32(folds.count)
      folds.append(folded)
    }
    return number
  }

  private mutating func growTexts() {
    let old = unsafe foldsAndUses
    let count = 2 * textRoom
    textRoom *= 2
    unsafe foldsAndUses = .allocate(capacity: 2 * textRoom)
    unsafe foldsAndUses.update(from: old, count: count)
    unsafe old.deallocate()
  }
}
