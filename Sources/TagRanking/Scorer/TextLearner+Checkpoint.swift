internal import MappedFiles

/// A learner as bytes, little-endian, in two parts, of which the second is large and never copied:
///
///     head    texts u32, document frequencies u32 × 65,536,
///             next column u32, tags u32, column + 1 of each tag u32 …
///             categories u32, id i32 of each …
///             replay: state u64, closes u32, each: features u32, numbers u32 …, values f32 …,
///               tags u32, ids i32 …, chosen u32, ids i32 …
///             rows u32, each start u32, first u16, count u16; places u32, slot + 1 u32 …
///             slots u32, step that last learnt it u32 …; free slots u32, slot u32 …; step u32, blocks u32, places u32
///     pages   upper halves u16 × 16 × (1 + slots), lower halves u16 likewise, sums of squares u16 likewise: sixteen zeros, the
///             slots, and zeros up to a multiple of a page, each
///
/// Whoever reads maps the pages, and changes stay in memory. To rank, only the upper halves are needed: the rest is not
/// even read before something is learnt; see ``isSound()``.
extension TextLearner {
  /// Bytes of the three kinds of pages.
  private static func pagedCounts(slots: Int) -> [Int] {
    let half = SlotMemory<UInt16>.pagedCount(slots: slots)
    return [half, half, half]
  }

  /// The checksum of each kind of pages. O(bytes).
  var pageChecksums: [UInt64] { [upperChecksum] + learningChecksums }

  private var upperChecksum: UInt64 {
    scorer.table.upper.withPages(slots: weights.stamps.count) { Checksum.of($0) }
  }

  /// Of the pages that only learning needs.
  private var learningChecksums: [UInt64] {
    [weights.lower, weights.sums].map { $0.withPages(slots: weights.stamps.count) { Checksum.of($0) } }
  }

  /// Appends the pages to a file.
  func appendPages(to file: inout ReplacementFile) throws(FileFault) {
    let slots = weights.stamps.count
    try file.pad(to: MappedFile.pageSize)
    try scorer.table.upper.withPages(slots: slots) { bytes throws(FileFault) in try file.append(bytes) }
    try weights.lower.withPages(slots: slots) { bytes throws(FileFault) in try file.append(bytes) }
    try weights.sums.withPages(slots: slots) { bytes throws(FileFault) in try file.append(bytes) }
  }

  /// Whether what is needed to learn on is as it was written; for a learner that was not read from a file, always. O(bytes)
  /// the first time.
  package func isSound() -> Bool {
    guard let wanted = unread else { return true }
    unread = nil
    return learningChecksums == wanted
  }

  /// Everything but the pages. O(features + tags + blocks).
  var head: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: scorer.frequencies.texts)
    bytes.append(littleEndian: scorer.frequencies.counts)
    bytes.append(littleEndian: UInt32(scorer.columns.count))
    bytes.append(counted: scorer.columns.columns)
    bytes.append(counted: scorer.categoryRows.sorted { $0.value < $1.value }.map(\.key))
    bytes.append(littleEndian: ring.state)
    bytes.append(littleEndian: UInt32(ring.count))
    for item in ring.inOrder {
      bytes.append(counted: item.vector.features)
      bytes.append(littleEndian: item.vector.values.map(\.bitPattern))
      bytes.append(counted: item.tags)
      bytes.append(counted: item.chosen)
    }
    let table = scorer.table
    bytes.append(
      counted: table.rows.map { UInt64($0.start) | UInt64($0.first) << 32 | UInt64($0.count) << 48 })
    bytes.append(counted: table.directory)
    bytes.append(counted: weights.stamps)
    bytes.append(counted: weights.free)
    bytes.append(littleEndian: weights.clock)
    // Clamped: places of a forged checkpoint may share slots, which are then given up twice.
    bytes.append(littleEndian: UInt32(clamping: weights.count))
    bytes.append(littleEndian: UInt32(weights.compactPlaces))
    return bytes
  }

  /// Reads a learner again; `nil` where the bytes are none's. O(bytes of the head and the upper halves).
  ///
  /// - Parameters:
  ///   - file: where the pages lie, from a multiple of a page on up to its end.
  ///   - checksums: of each kind of them.
  convenience init?(
    head reader: inout ByteReader, pagesOf file: MappedFile, from start: Int, checksums: [UInt64],
    ceiling: Int = standardCeiling
  ) {
    guard let texts = reader.next(UInt32.self),
      let counts = reader.next(FeatureHash.count, of: UInt32.self),
      let frequencies = DocumentFrequencies(counts: counts, texts: texts),
      let columnCount = reader.next(UInt32.self), let places = reader.counted(UInt32.self),
      let columns = TagColumns(columns: places, count: Int(columnCount)),
      let categories = reader.counted(Int32.self), Set(categories).count == categories.count,
      let ring = ReplayRing(&reader, rowCount: FeatureHash.count + 1 + categories.count),
      // Who is learnt again was learnt before.
      ring.inOrder.allSatisfy({ $0.tags.allSatisfy { columns.column(of: $0) != nil } }),
      let rows = reader.counted(UInt64.self), let directory = reader.counted(UInt32.self),
      let weights = WeightLearner(&reader, ceiling: ceiling),
      checksums.count == 3,
      start + Self.pagedCounts(slots: weights.stamps.count).reduce(0, +) == file.count,
      directory.allSatisfy({ $0 <= weights.stamps.count }),
      rows.count == FeatureHash.count + 1 + categories.count
    else { return nil }
    let scorer = TextScorer(capacity: weights.ceiling)
    (scorer.frequencies, scorer.columns) = (frequencies, columns)
    scorer.categoryRows = Dictionary(
      uniqueKeysWithValues: zip(categories, (FeatureHash.count + 1)...).map { ($0, $1) })
    scorer.table.rows = rows.map {
      WeightTable.Row(
        start: UInt32(truncatingIfNeeded: $0), first: UInt16(truncatingIfNeeded: $0 >> 32),
        count: UInt16($0 >> 48))
    }
    scorer.table.directory = directory
    guard
      scorer.table.rows.allSatisfy({
        Int($0.start) + Int($0.count) <= directory.count && Int($0.first) + Int($0.count) <= Int(UInt16.max)
      })
    else { return nil }
    let sizes = Self.pagedCounts(slots: weights.stamps.count)
    let (lower, sums) = (start + sizes[0], start + sizes[0] + sizes[1])
    do throws(FileFault) {
      try scorer.table.upper.map(start..<lower, of: file)
      try weights.lower.map(lower..<sums, of: file)
      try weights.sums.map(sums..<file.count, of: file)
    } catch {
      return nil
    }
    self.init(scorer, weights: weights, ring: ring)
    guard upperChecksum == checksums[0] else { return nil }
    unread = Array(checksums.dropFirst())
  }
}

extension ReplayRing {
  /// Reads the closes of a ring that was written; `nil` where they can't be one's.
  fileprivate init?(_ reader: inout ByteReader, rowCount: Int) {
    guard let state = reader.next(UInt64.self), let count = reader.next(UInt32.self), count <= Self.limit
    else {
      return nil
    }
    self.init(state: state)
    for _ in 0..<count {
      guard let features = reader.counted(UInt32.self), features.allSatisfy({ $0 < rowCount }),
        let bits = reader.next(features.count, of: UInt32.self), let tags = reader.counted(Int32.self),
        let chosen = reader.counted(Int32.self), (tags + chosen).allSatisfy({ $0 >= 0 })
      else { return nil }
      let values = bits.map { Float(bitPattern: $0) }
      guard values.allSatisfy(\.isFinite) else { return nil }
      append(
        Item(vector: FeatureVector(features: features, values: values), tags: tags, chosen: chosen))
    }
  }
}

extension WeightLearner {
  fileprivate convenience init?(_ reader: inout ByteReader, ceiling: Int) {
    guard let stamps = reader.counted(UInt32.self), let free = reader.counted(UInt32.self),
      let clock = reader.next(UInt32.self), let count = reader.next(UInt32.self),
      let compactPlaces = reader.next(UInt32.self), free.allSatisfy({ $0 < stamps.count }),
      stamps.count <= max(ceiling, 4096), free.count <= stamps.count,
      // Or a slot that is given out anew could lie beyond the ceiling.
      Int(count) == stamps.count - free.count
    else { return nil }
    self.init(
      ceiling: ceiling, stamps: stamps, free: free, clock: clock, count: Int(count),
      compactPlaces: Int(compactPlaces))
  }
}

extension [UInt8] {
  /// Numbers with how many there are before them, u32.
  fileprivate mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(counted numbers: [Number]) {
    append(littleEndian: UInt32(numbers.count))
    append(littleEndian: numbers)
  }
}

extension ByteReader {
  /// What `append(counted:)` wrote; `nil` when too few bytes are left.
  fileprivate mutating func counted<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type)
    -> [Number]?
  {
    guard let count = next(UInt32.self) else { return nil }
    return next(Int(count), of: type)
  }
}
