internal import ConversationFiles
internal import HandlingAnalytics
internal import Synchronization

/// Finds the conversations that have several rows, over all files.
///
/// Where ids never descend from row to row, equal ones are neighbours and nothing has to be remembered. Otherwise ids
/// are hashed, seeded, and put into partitions whose tables stay in the processor's caches; equal hashes are settled
/// by comparing the ids themselves.
struct SharedIDs {
  /// A row of a chunk.
  struct RowPlace: Hashable, Comparable, Sendable {
    let chunk: Int
    let row: Int

    static func < (one: RowPlace, other: RowPlace) -> Bool {
      (one.chunk, one.row) < (other.chunk, other.row)
    }
  }

  /// The rows of each such conversation in the order of the files, conversations in the order of their first rows.
  private(set) var conversations: [[RowPlace]] = []

  /// - Parameter chunks: all chunks in the order of the files.
  init(_ chunks: [ParsedChunk], on runner: SliceRunner) {
    if Self.ascend(chunks) { neighbours(chunks) } else { search(chunks, on: runner) }
  }

  /// Whether no id is less than the one before it.
  private static func ascend(_ chunks: [ParsedChunk]) -> Bool {
    var before: ParsedChunk?
    for chunk in chunks where chunk.rowCount > 0 {
      guard chunk.tally.idsAscend else { return false }
      if let before, order(before, before.rowCount - 1, chunk, 0) > 0 { return false }
      before = chunk
    }
    return true
  }

  private static func order(_ one: ParsedChunk, _ row: Int, _ other: ParsedChunk, _ otherRow: Int) -> Int {
    let (first, second) = (one.id(row), other.id(otherRow))
    return unsafe one.idWords.withUnsafeBufferPointer { words in
      unsafe other.idWords.withUnsafeBufferPointer { otherWords in
        // Safe: an id's words lie in its chunk's.
        unsafe ChunkParser.order(
          words.baseAddress! + first.words.lowerBound, first.length,
          otherWords.baseAddress! + second.words.lowerBound, second.length)
      }
    }
  }

  private mutating func neighbours(_ chunks: [ParsedChunk]) {
    var last: RowPlace?
    func add(_ place: RowPlace, after before: RowPlace) {
      if before == last {
        conversations[conversations.count - 1].append(place)
      } else {
        conversations.append([before, place])
      }
      last = place
    }
    var before: Int?
    for (number, chunk) in chunks.enumerated() where chunk.rowCount > 0 {
      if let before, ParsedChunk.haveSameID(chunks[before], chunks[before].rowCount - 1, chunk, 0) {
        add(RowPlace(chunk: number, row: 0), after: RowPlace(chunk: before, row: chunks[before].rowCount - 1))
      }
      for row in chunk.tally.repeats {
        add(RowPlace(chunk: number, row: Int(row)), after: RowPlace(chunk: number, row: Int(row) - 1))
      }
      before = number
    }
  }

  private struct Entry {
    var hash: UInt64 = 0
    /// The chunk's number times 2³² plus the row.
    var place: UInt64 = 0

    var rowPlace: RowPlace { RowPlace(chunk: Int(place >> 32), row: Int(place & 0xFFFF_FFFF)) }
  }

  private mutating func search(_ chunks: [ParsedChunk], on runner: SliceRunner) {
    let rows = chunks.reduce(0) { $0 + $1.rowCount }
    var bits = 0
    while rows >> bits > 1 << 14, bits < 12 { bits += 1 }
    let partitions = 1 << bits
    let idHash = IDHash()
    let slices = max(1, min(runner.sliceCount, chunks.count))
    let share = { @Sendable (slice: Int) in
      slice * chunks.count / slices..<(slice + 1) * chunks.count / slices
    }

    // Pass one counts, so that pass two can write each slice's entries of a partition behind those of earlier slices.
    let hashes = Places<[[UInt64]]>(slices)
    let counts = Places<[Int]>(slices)
    runner.run(slices) { slice in
      var count = [Int](repeating: 0, count: partitions)
      var found: [[UInt64]] = []
      for chunk in share(slice) {
        let of = Self.hashes(of: chunks[chunk], idHash)
        for hash in of { count[Int(hash >> 32) & (partitions - 1)] += 1 }
        found.append(of)
      }
      hashes[slice] = found
      counts[slice] = count
    }
    var starts = [Int](repeating: 0, count: partitions + 1)
    var offsets = (0..<slices).map { _ in [Int](repeating: 0, count: partitions) }
    var next = 0
    for partition in 0..<partitions {
      starts[partition] = next
      for slice in 0..<slices {
        offsets[slice][partition] = next
        next += counts[slice]?[partition] ?? 0
      }
    }
    starts[partitions] = next
    let entries = EntryList(next)
    let (firstOffsets, partitionStarts) = (offsets, starts)
    runner.run(slices) { slice in
      var offset = firstOffsets[slice]
      for (place, chunk) in share(slice).enumerated() {
        for (row, hash) in (hashes[slice]?[place] ?? []).enumerated() {
          let partition = Int(hash >> 32) & (partitions - 1)
          entries.put(Entry(hash: hash, place: UInt64(chunk) << 32 | UInt64(row)), at: offset[partition])
          offset[partition] += 1
        }
      }
    }
    let pairs = Places<[(first: RowPlace, other: RowPlace)]>(slices)
    runner.run(slices) { slice in
      var found: [(first: RowPlace, other: RowPlace)] = []
      var slots: [UInt32] = []
      for partition in stride(from: slice, to: partitions, by: slices) {
        Self.findPairs(
          entries.entries(partitionStarts[partition]..<partitionStarts[partition + 1]), chunks, &slots, &found
        )
      }
      pairs[slice] = found
    }
    gather((0..<slices).flatMap { pairs[$0] ?? [] })
  }

  private static func hashes(of chunk: ParsedChunk, _ idHash: IDHash) -> [UInt64] {
    let words = chunk.idWords.span
    var hashes: [UInt64] = []
    hashes.reserveCapacity(chunk.rowCount)
    for row in 0..<chunk.rowCount { hashes.append(idHash.hash(of: words.extracting(chunk.id(row).words))) }
    return hashes
  }

  /// Adds every entry whose id stands earlier in the same partition, with the first that has it.
  private static func findPairs(
    _ entries: Span<Entry>, _ chunks: [ParsedChunk], _ slots: inout [UInt32],
    _ pairs: inout [(first: RowPlace, other: RowPlace)]
  ) {
    var slotCount = 64
    while slotCount < entries.count * 2 { slotCount *= 2 }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: slotCount))
    var table = slots.mutableSpan
    for place in entries.indices {
      let hash = entries[place].hash
      var slot = Int(truncatingIfNeeded: hash & 0xFFFF_FFFF) & (slotCount - 1)
      while table[slot] != 0 {
        let other = Int(table[slot]) - 1
        if entries[other].hash == hash {
          let (first, second) = (entries[other].rowPlace, entries[place].rowPlace)
          if ParsedChunk.haveSameID(chunks[first.chunk], first.row, chunks[second.chunk], second.row) {
            pairs.append((first, second))
            break
          }
        }
        slot = (slot + 1) & (slotCount - 1)
      }
      if table[slot] == 0 { table[slot] = UInt32(place + 1) }
    }
  }

  private mutating func gather(_ pairs: [(first: RowPlace, other: RowPlace)]) {
    var numbers: [RowPlace: Int] = [:]
    for pair in pairs {
      if let number = numbers[pair.first] {
        conversations[number].append(pair.other)
      } else {
        numbers[pair.first] = conversations.count
        conversations.append([pair.first, pair.other])
      }
    }
    // Within a partition entries stand in the order of the files, and so do a conversation's rows.
    conversations.sort { $0[0] < $1[0] }
  }

  /// Entries that several threads write, each its own places.
  @safe
  private final class EntryList: @unchecked Sendable {
    // Safe: no place is written twice, and none is read before all have been written and the writers joined.
    private let storage: UnsafeMutableBufferPointer<Entry>

    init(_ count: Int) {
      unsafe storage = .allocate(capacity: count)
    }

    deinit {
      unsafe storage.deallocate()
    }

    @inline(__always)
    func put(_ entry: Entry, at place: Int) {
      unsafe storage.initializeElement(at: place, to: entry)
    }

    @_lifetime(borrow self)
    func entries(_ range: Range<Int>) -> Span<Entry> {
      // Safe: the memory lives as long as `self`.
      unsafe _overrideLifetime(
        Span(_unsafeElements: UnsafeBufferPointer(rebasing: storage[range])), borrowing: self)
    }
  }
}

/// Where the slices of some work leave their results.
@safe
final class Places<Value>: @unchecked Sendable {
  // Safe: each place is written by one slice and read after all slices have been joined.
  private let values: UnsafeMutableBufferPointer<Value?>

  init(_ count: Int) {
    unsafe values = .allocate(capacity: count)
    unsafe values.initialize(repeating: nil)
  }

  deinit {
    unsafe values.deinitialize()
    unsafe values.deallocate()
  }

  subscript(slice: Int) -> Value? {
    get { unsafe values[slice] }
    set { unsafe values[slice] = newValue }
  }
}
