package import MappedFiles

/// The checkpoint of a ranker beside its store: `.model`, little-endian.
///
///     magic "WRAPMODL", version u32, zero u32, store uuid (32 ASCII bytes), bytes before the zeros u64,
///     seq i64, nonce i64, landmark i64, latest i64, closes u64, tags u64, what half-lives were worth f64 × 4,
///     slots u64, keys u64 × slots, counts f64 × 4 × slots,
///     categories u64, each: id i32, closes u32, each: tags u32, ids i32 …
///     what scores by text were worth, by bin: listed f64 × 49, chosen f64 × 49
///     kinds of pages u64: 0 without a learner of texts; else 3, the checksum of each u64 …, the learner's head
///     checksum of all before u64
///     zeros up to a multiple of a page, pages
///
/// See ``TextLearner`` for head and pages.
///
/// Never migrated: a file that is not exactly as expected is learnt anew from the store.
package struct ModelFile {
  private static let magic = Array("WRAPMODL".utf8)
  private static let version: UInt32 = 6

  /// Why a checkpoint can't be used.
  package enum Fault: Error, Equatable, Sendable {
    case missing, empty, foreign, damaged, newer, stale
  }

  package let model: UsageModel
  /// What was learnt of words; `nil` where no text was learnt.
  package let texts: TextLearner?
  package let calibration: ScoreCalibration
  /// The change up to which the model has learnt, and its nonce.
  package let seq: Int64
  package let nonce: Int64

  package init(
    model: UsageModel, texts: TextLearner? = nil, calibration: ScoreCalibration = ScoreCalibration(),
    seq: Int64, nonce: Int64
  ) {
    self.model = model
    self.calibration = calibration
    self.texts = texts
    self.seq = seq
    self.nonce = nonce
  }

  /// Writes the checkpoint; returns when it is on disk in its place.
  package func write(to path: String, storeUUID: String) throws(FileFault) {
    var bytes = Self.magic
    bytes.append(littleEndian: Self.version)
    bytes.append(littleEndian: UInt32(0))
    bytes.append(contentsOf: storeUUID.utf8)
    let lengthPlace = bytes.count
    bytes.append(littleEndian: UInt64(0))
    bytes.append(littleEndian: seq)
    bytes.append(littleEndian: nonce)
    bytes.append(littleEndian: model.landmark ?? .min)
    bytes.append(littleEndian: model.latest)
    bytes.append(littleEndian: UInt64(model.closeCount))
    bytes.append(littleEndian: UInt64(model.tagCount))
    for lane in 0..<4 { bytes.append(littleEndian: model.halfLives.likelihoods[lane].bitPattern) }
    bytes.append(littleEndian: UInt64(model.counts.keys.count))
    bytes.append(littleEndian: model.counts.keys)
    bytes.append(littleEndian: model.counts.values.map(\.bitPattern))
    bytes.append(littleEndian: UInt64(model.recent.count))
    for (category, recent) in model.recent.sorted(by: { $0.key < $1.key }) {
      bytes.append(littleEndian: category)
      bytes.append(littleEndian: UInt32(recent.count))
      for tags in recent.closes {
        bytes.append(littleEndian: UInt32(tags.count))
        for tag in tags { bytes.append(littleEndian: tag) }
      }
    }
    bytes.append(littleEndian: (calibration.shown + calibration.chosen).map(\.bitPattern))
    if let texts {
      let checksums = texts.pageChecksums
      bytes.append(littleEndian: UInt64(checksums.count))
      bytes.append(littleEndian: checksums)
      bytes.append(contentsOf: texts.head)
    } else {
      bytes.append(littleEndian: UInt64(0))
    }
    var length: [UInt8] = []
    length.append(littleEndian: UInt64(bytes.count + 8))
    bytes.replaceSubrange(lengthPlace..<(lengthPlace + 8), with: length)
    bytes.append(littleEndian: Checksum.of(bytes))
    var file = try ReplacementFile(path: path)
    try file.append(bytes)
    try texts?.appendPages(to: &file)
    try file.commit()
  }

  /// Reads a checkpoint of the given store.
  package init(path: String, storeUUID: String) throws(Fault) {
    let file: MappedFile
    do {
      file = try MappedFile(path: path, staysOpen: true)
    } catch {
      throw error.isMissingFile ? .missing : .damaged
    }
    let bytes = file.bytes
    guard bytes.byteCount > 0 else { throw .empty }
    var reader = ByteReader(bytes)
    guard reader.next(count: 8) == Self.magic else { throw .foreign }
    guard let version = reader.next(UInt32.self) else { throw .damaged }
    guard version <= Self.version else { throw .newer }
    guard version == Self.version else { throw .stale }
    guard bytes.byteCount > 8, reader.next(UInt32.self) != nil, let uuid = reader.next(count: 32) else {
      throw .damaged
    }
    guard uuid == Array(storeUUID.utf8) else { throw .foreign }
    guard let length = reader.next(UInt64.self), length >= 64, length <= UInt64(bytes.byteCount) else {
      throw .damaged
    }
    let head = bytes.extracting(0..<(Int(length) - 8))
    var end = ByteReader(bytes, at: head.byteCount)
    guard end.next(UInt64.self) == Checksum.of(head) else { throw .damaged }
    var contents = ByteReader(head, at: reader.offset)
    guard let seq = contents.next(Int64.self), let nonce = contents.next(Int64.self),
      let model = Self.model(&contents), let calibration = Self.calibration(&contents),
      let kinds = contents.next(UInt64.self), kinds <= 3,
      let checksums = contents.next(Int(kinds), of: UInt64.self)
    else { throw .damaged }
    let page = MappedFile.pageSize
    let start = kinds > 0 ? (Int(length) + page - 1) / page * page : Int(length)
    let hasNoMore = start == bytes.byteCount
    guard start <= bytes.byteCount, hasNoMore == (kinds == 0),
      Self.areZeros(bytes.extracting(Int(length)..<start))
    else {
      throw .damaged
    }
    let texts =
      kinds > 0 ? TextLearner(head: &contents, pagesOf: file, from: start, checksums: checksums) : nil
    guard contents.offset == head.byteCount, (texts == nil) == (kinds == 0) else { throw .damaged }
    self.init(model: model, texts: texts, calibration: calibration, seq: seq, nonce: nonce)
  }

  private static func areZeros(_ bytes: RawSpan) -> Bool {
    // Safe: every byte of the span is one.
    bytes.byteOffsets.allSatisfy { unsafe bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) == 0 }
  }

  private static func calibration(_ reader: inout ByteReader) -> ScoreCalibration? {
    guard let shown = reader.next(ScoreCalibration.binCount, of: Double.self),
      let chosen = reader.next(ScoreCalibration.binCount, of: Double.self)
    else { return nil }
    return ScoreCalibration(shown: shown, chosen: chosen)
  }

  private static func model(_ reader: inout ByteReader) -> UsageModel? {
    var model = UsageModel()
    guard let landmark = reader.next(Int64.self), let latest = reader.next(Int64.self),
      let closes = reader.next(UInt64.self).flatMap(Int.init(exactly:)),
      let tags = reader.next(UInt64.self).flatMap(Int.init(exactly:)),
      let likelihoods = reader.next(4, of: Double.self), likelihoods.allSatisfy(\.isFinite),
      let slots = reader.next(UInt64.self),
      slots < 1 << 40,
      let keys = reader.next(Int(slots), of: UInt64.self),
      let values = reader.next(4 * Int(slots), of: Double.self),
      let counts = CountTable(keys: keys, values: values),
      let categories = reader.next(UInt64.self)
    else { return nil }
    model.landmark = landmark == .min ? nil : landmark
    model.latest = latest
    model.closeCount = closes
    model.tagCount = tags
    model.halfLives.likelihoods = HalfLives.Lanes(
      likelihoods[0], likelihoods[1], likelihoods[2], likelihoods[3])
    model.counts = counts
    for _ in 0..<categories {
      guard let category = reader.next(Int32.self), let count = reader.next(UInt32.self) else { return nil }
      var recent = RecentCloses()
      for _ in 0..<count {
        guard let tagCount = reader.next(UInt32.self), let tags = reader.next(Int(tagCount), of: Int32.self)
        else {
          return nil
        }
        recent.append(tags)
      }
      model.recent[category] = recent
    }
    return model
  }
}
