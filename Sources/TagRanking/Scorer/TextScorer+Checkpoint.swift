internal import MappedFiles

/// A scorer as bytes, little-endian, in two parts, so that a large one is never in memory twice:
///
///     head    texts u32, document frequencies u32 × 65,536,
///             next column u32, tags u32, column + 1 of each tag u32 …
///             categories u32, id i32 of each …
///             replay: state u64, closes u32, each: features u32, numbers u32 …, values f32 …,
///               tags u32, ids i32 …, chosen u32, ids i32 …
///             rows u32, each start u32, first u16, count u16; places u32, slot + 1 u32 …
///             slots u32, step that last learnt it u32 …; free slots u32, slot u32 …; step u32, blocks u32
///     chunks  weights f32 × 16 × 1,024, sums f32 × 16 × 1,024, each
extension TextScorer {
  /// Bytes of a chunk.
  static let chunkBytes = 2 * WeightBlocks.chunkSize * MemoryLayout<WeightBlocks.Block>.stride

  /// Chunks of weights there are.
  var chunkCount: Int { unsafe weights.chunks.count }

  /// Everything but the chunks. O(features + tags + blocks).
  var head: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: frequencies.texts)
    bytes.append(littleEndian: frequencies.counts)
    bytes.append(littleEndian: UInt32(columns.count))
    bytes.append(counted: columns.columns)
    bytes.append(counted: categoryRows.sorted { $0.value < $1.value }.map(\.key))
    bytes.append(littleEndian: ring.state)
    bytes.append(littleEndian: UInt32(ring.count))
    for item in ring.inOrder {
      bytes.append(counted: item.vector.features)
      bytes.append(littleEndian: item.vector.values.map(\.bitPattern))
      bytes.append(counted: item.tags)
      bytes.append(counted: item.chosen)
    }
    bytes.append(
      counted: weights.rows.map { UInt64($0.start) | UInt64($0.first) << 32 | UInt64($0.count) << 48 })
    bytes.append(counted: weights.directory)
    bytes.append(counted: weights.stamps)
    bytes.append(counted: weights.free)
    bytes.append(littleEndian: weights.clock)
    bytes.append(littleEndian: UInt32(weights.count))
    return bytes
  }

  /// The bytes of a chunk. O(its bytes).
  func chunk(_ place: Int) -> [UInt8] {
    // Safe: a chunk is so many initialised bytes, of plain numbers, and is copied here.
    unsafe [UInt8](UnsafeRawBufferPointer(start: weights.chunks[place], count: Self.chunkBytes))
  }

  /// Reads a scorer again; `nil` where the bytes are no scorer's. O(bytes).
  ///
  /// - Parameter chunks: the bytes of all chunks.
  convenience init?(head reader: inout ByteReader, chunks: RawSpan, ceiling: Int = standardCeiling) {
    guard let texts = reader.next(UInt32.self),
      let counts = reader.next(FeatureHash.count, of: UInt32.self),
      let frequencies = DocumentFrequencies(counts: counts, texts: texts),
      let columnCount = reader.next(UInt32.self), let places = reader.counted(UInt32.self),
      let columns = TagColumns(columns: places, count: Int(columnCount)),
      let categories = reader.counted(Int32.self), Set(categories).count == categories.count,
      let ring = ReplayRing(&reader, rowCount: FeatureHash.count + 1 + categories.count),
      // Who is learnt again was learnt before.
      ring.inOrder.allSatisfy({ $0.tags.allSatisfy { columns.column(of: $0) != nil } }),
      let weights = WeightBlocks(&reader, chunks: chunks, ceiling: ceiling),
      weights.rows.count == FeatureHash.count + 1 + categories.count
    else { return nil }
    let rows = zip(categories, (FeatureHash.count + 1)...)
    self.init(
      frequencies: frequencies, columns: columns, weights: weights,
      categoryRows: Dictionary(uniqueKeysWithValues: rows.map { ($0, $1) }), ring: ring)
  }
}

extension ReplayRing {
  /// Reads the closes of a ring that was written; `nil` where they can't be one's.
  fileprivate init?(_ reader: inout ByteReader, rowCount: Int) {
    self.init()
    guard let state = reader.next(UInt64.self), let count = reader.next(UInt32.self), count <= Self.limit
    else {
      return nil
    }
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
    self.state = state
  }
}

extension WeightBlocks {
  fileprivate convenience init?(_ reader: inout ByteReader, chunks: RawSpan, ceiling: Int) {
    guard let rows = reader.counted(UInt64.self), let directory = reader.counted(UInt32.self),
      let stamps = reader.counted(UInt32.self), let free = reader.counted(UInt32.self),
      let clock = reader.next(UInt32.self), let count = reader.next(UInt32.self),
      chunks.byteCount == (stamps.count + Self.chunkSize - 1) / Self.chunkSize * TextScorer.chunkBytes,
      directory.allSatisfy({ $0 <= stamps.count }), free.allSatisfy({ $0 < stamps.count })
    else { return nil }
    let found = rows.map {
      Row(
        start: UInt32(truncatingIfNeeded: $0), first: UInt16(truncatingIfNeeded: $0 >> 32),
        count: UInt16($0 >> 48))
    }
    guard found.allSatisfy({ Int($0.start) + Int($0.count) <= directory.count }) else { return nil }
    self.init(
      ceiling: ceiling, rows: found, directory: directory, stamps: stamps, free: free, clock: clock,
      count: Int(count), chunks: chunks)
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
