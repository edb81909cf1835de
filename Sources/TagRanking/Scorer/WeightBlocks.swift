internal import MappedFiles

/// The weights of the scorer: for each feature a row of blocks of 16 tags, made where learning happened.
///
///     row of a feature      start, first, count
///                             |
///     directory             [ 0 | slot+1 | slot+1 | 0 ]   blocks first ..< first + count
///                                  |
///     chunk of weights      [ w of 16 tags | … ]          a cache line each
///     chunk of sums         [ Σ(gx)² of 16 tags | … ]
///
/// Chunks never move and are made one by one, so that growth costs no second copy. When the ceiling is reached, the
/// blocks that have gone longest without learning are given up, an eighth at a time.
///
/// Not for several threads at once while one learns.
@safe
final class WeightBlocks {
  /// Tags of a block: 16 floats fill a cache line.
  static let width = 16
  typealias Block = SIMD16<Float>

  struct Row {
    var start: UInt32 = 0
    var first: UInt16 = 0
    var count: UInt16 = 0
  }

  /// More blocks than the columns of 65,534 tags can need: a tag begins one at most.
  private static let blockLimit = Int(UInt16.max)

  /// A chunk is so many blocks of weights and after them as many of sums.
  static let chunkBits = 10
  static let chunkSize = 1 << chunkBits

  /// Directory places that are kept at most, for each block of the ceiling.
  private static let placesPerBlock = 8

  /// Blocks that are kept at most.
  let ceiling: Int
  /// By feature.
  var rows: [Row]
  /// Slots plus 1, or 0, by row and block.
  var directory: [UInt32] = []
  // Safe: chunks belong to this object alone, hold `2 * chunkSize` initialised blocks each, and are freed with it.
  private(set) var chunks: [UnsafeMutablePointer<Block>] = unsafe []
  // Safe: these hold the chunks, so many each, and are freed with this object.
  private var slabs: [UnsafeMutableRawPointer] = unsafe []
  /// By slot: the step that last learnt it.
  var stamps: [UInt32] = []
  /// Slots given up.
  private(set) var free: [UInt32] = []
  /// Number of the current learning step.
  var clock: UInt32 = 0
  /// Blocks in use.
  private(set) var count = 0

  /// - Parameter ceiling: blocks that are kept at most; each takes 132 bytes.
  init(ceiling: Int) {
    self.ceiling = Swift.max(ceiling, 4096)
    rows = Array(repeating: Row(), count: FeatureHash.count)
  }

  /// A copy that learns on its own.
  init(copying other: WeightBlocks) {
    ceiling = other.ceiling
    rows = other.rows
    directory = other.directory
    stamps = other.stamps
    free = other.free
    clock = other.clock
    count = other.count
    for place in unsafe 0..<other.chunks.count {
      let chunk = unsafe other.chunks[place]
      // Safe: both chunks hold twice `chunkSize` blocks.
      unsafe addChunk { unsafe $0.initialize(from: chunk, count: 2 * Self.chunkSize) }
    }
  }

  /// Blocks as a checkpoint holds them.
  ///
  /// - Precondition: rows lie in the directory, its slots and the free ones below as many as there are stamps, and
  ///   `chunks` holds the bytes of so many slots, whole chunks of them.
  init(
    ceiling: Int, rows: [Row], directory: [UInt32], stamps: [UInt32], free: [UInt32], clock: UInt32,
    count: Int,
    chunks bytes: RawSpan
  ) {
    (self.ceiling, self.rows, self.directory) = (Swift.max(ceiling, 4096), rows, directory)
    (self.stamps, self.free, self.clock, self.count) = (stamps, free, clock, count)
    let size = 2 * Self.chunkSize * MemoryLayout<Block>.stride
    for start in stride(from: 0, to: bytes.byteCount, by: size) {
      // Safe: as many bytes as a chunk has, and any bits are floats.
      unsafe addChunk { chunk in
        unsafe bytes.extracting(start..<(start + size)).withUnsafeBytes {
          unsafe UnsafeMutableRawBufferPointer(start: chunk, count: size).copyMemory(from: $0)
        }
      }
    }
  }

  deinit {
    // Safe: every slab was allocated here and blocks need no deinitialisation.
    for place in unsafe 0..<slabs.count { unsafe slabs[place].deallocate() }
  }

  /// Makes room for a chunk, which `fill` initialises.
  ///
  /// Sixteen chunks fill a large page: the weights of a text lie all over the model.
  private func addChunk(_ fill: (UnsafeMutablePointer<Block>) -> Void) {
    let size = 2 * Self.chunkSize * MemoryLayout<Block>.stride
    let place = unsafe chunks.count % (LargePages.byteCount / size)
    if place == 0 {
      unsafe slabs.append(LargePages.allocate())
    }
    // Safe: the last slab has room for this chunk, its memory is aligned and bound to nothing yet.
    let chunk = unsafe (slabs[slabs.count - 1] + place * size)
      .bindMemory(to: Block.self, capacity: 2 * Self.chunkSize)
    unsafe fill(chunk)
    unsafe chunks.append(chunk)
  }

  /// Memory of the blocks and of what finds them, bytes.
  var byteCount: Int {
    unsafe slabs.count * LargePages.byteCount + stamps.capacity * 4
      + rows.capacity * MemoryLayout<Row>.stride + directory.capacity * 4 + free.capacity * 4
  }

  /// Makes room for rows up to one of a context.
  func reserveRow(_ feature: Int) {
    if feature >= rows.count {
      rows.append(contentsOf: repeatElement(Row(), count: feature + 1 - rows.count))
    }
  }

  /// The slot of a feature's block, made of zeros if there was none. Amortised O(1).
  ///
  /// - Precondition: the row exists and the store is below its ceiling; see ``makeRoom(for:)``.
  func slot(_ feature: Int, _ block: Int) -> Int {
    reach(feature, block)
    let place = Int(rows[feature].start) + block - Int(rows[feature].first)
    if directory[place] > 0 { return Int(directory[place]) - 1 }
    count += 1
    let slot: Int
    if let freed = free.popLast() {
      slot = Int(freed)
      let chunk = unsafe chunks[slot >> Self.chunkBits]
      // Safe: the slot lies in this chunk, its sum `chunkSize` blocks further on.
      unsafe chunk[slot & (Self.chunkSize - 1)] = .zero
      unsafe chunk[slot & (Self.chunkSize - 1) + Self.chunkSize] = .zero
    } else {
      slot = stamps.count
      stamps.append(0)
      if unsafe slot >> Self.chunkBits == chunks.count {
        // Safe: as many as there is room for.
        unsafe addChunk { unsafe $0.initialize(repeating: .zero, count: 2 * Self.chunkSize) }
      }
    }
    directory[place] = UInt32(slot + 1)
    return slot
  }

  /// Makes a row long enough for a block: its range grows to twice what it was at least, in new directory space.
  private func reach(_ feature: Int, _ block: Int) {
    let row = rows[feature]
    let (first, end) = (Int(row.first), Int(row.first) + Int(row.count))
    if row.count > 0, block >= first, block < end { return }
    if row.count == 0 {
      rows[feature] = Row(start: UInt32(directory.count), first: UInt16(block), count: 1)
      directory.append(0)
      return
    }
    let newFirst = min(first, block)
    let length = min(max(max(end, block + 1) - newFirst, 2 * Int(row.count)), Self.blockLimit - newFirst)
    let start = directory.count
    directory.append(contentsOf: repeatElement(0, count: length))
    for offset in 0..<Int(row.count) {
      directory[start + first - newFirst + offset] = directory[Int(row.start) + offset]
    }
    rows[feature] = Row(start: UInt32(start), first: UInt16(newFirst), count: UInt16(length))
  }

  /// Gives up the blocks that have gone longest without learning until `needed` more fit under the ceiling, an
  /// eighth of the ceiling at least; whether there were any. Equal histories give up equal blocks. O(blocks) when there
  /// is no room.
  func makeRoom(for needed: Int) -> Bool {
    let before = count
    if count + needed > ceiling { giveUp(max(needed, ceiling / 8)) }
    guard directory.count > Self.placesPerBlock * ceiling else { return count < before }
    compact()
    while directory.count > Self.placesPerBlock * ceiling / 2, count > 0 {
      giveUp(max(count / 4, 1))
      compact()
    }
    return count < before
  }

  private func giveUp(_ target: Int) {
    var used: [UInt32] = []
    used.reserveCapacity(count)
    forEachPlace { place in
      if directory[place] > 0 { used.append(stamps[Int(directory[place]) - 1]) }
    }
    guard !used.isEmpty else { return }
    let bound = Self.number(at: min(target, used.count) - 1, of: used)
    // All blocks of the step at the bound go: which of them stayed would be a matter of order.
    forEachPlace { place in
      let entry = directory[place]
      guard entry > 0, stamps[Int(entry) - 1] <= bound else { return }
      directory[place] = 0
      free.append(entry - 1)
      count -= 1
    }
  }

  /// The number that stands at a place once they are sorted, without sorting them: by the upper halves, then by the
  /// lower ones of those that share the right upper half. O(n).
  static func number(at place: Int, of numbers: [UInt32]) -> UInt32 {
    var rest = place
    func half(_ numbers: some Sequence<Int>) -> Int {
      var counts = [Int](repeating: 0, count: 65_536)
      for number in numbers { counts[number] += 1 }
      var half = 0
      while counts[half] <= rest {
        rest -= counts[half]
        half += 1
      }
      return half
    }
    let upper = half(numbers.lazy.map { Int($0 >> 16) })
    let lower = half(numbers.lazy.filter { Int($0 >> 16) == upper }.map { Int($0 & 0xFFFF) })
    return UInt32(upper << 16 | lower)
  }

  /// Writes the directory anew, each row as short as its blocks allow.
  private func compact() {
    var places: [UInt32] = []
    for feature in rows.indices where rows[feature].count > 0 {
      let row = rows[feature]
      let range = Int(row.start)..<(Int(row.start) + Int(row.count))
      guard let first = range.first(where: { directory[$0] > 0 }),
        let last = range.last(where: { directory[$0] > 0 })
      else {
        rows[feature] = Row()
        continue
      }
      rows[feature] = Row(
        start: UInt32(places.count), first: row.first + UInt16(first - range.lowerBound),
        count: UInt16(last - first + 1))
      places += directory[first...last]
    }
    directory = places
  }

  private func forEachPlace(_ body: (Int) -> Void) {
    for row in rows where row.count > 0 {
      for place in Int(row.start)..<(Int(row.start) + Int(row.count)) { body(place) }
    }
  }
}
