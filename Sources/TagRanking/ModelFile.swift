package import MappedFiles

/// The checkpoint of a ranker beside its store: `.model`, little-endian.
///
///     magic "WRAPMODL", version u32, zero u32, store uuid (32 ASCII bytes), seq i64, nonce i64,
///     half-life f64, landmark i64, latest i64, closes u64,
///     slots u64, keys u64 × slots, counts f64 × slots,
///     categories u64, each: id i32, closes u32, each: tags u32, ids i32 …
///     checksum of all before, u64
///
/// Never migrated: a file that is not exactly as expected is learnt anew from the store.
package struct ModelFile: Equatable, Sendable {
  private static let magic = Array("WRAPMODL".utf8)
  private static let version: UInt32 = 1

  /// Why a checkpoint can't be used.
  package enum Fault: Error, Equatable, Sendable {
    case missing, empty, foreign, damaged, newer, stale
  }

  package let model: UsageModel
  /// The change up to which the model has learnt, and its nonce.
  package let seq: Int64
  package let nonce: Int64

  package init(model: UsageModel, seq: Int64, nonce: Int64) {
    self.model = model
    self.seq = seq
    self.nonce = nonce
  }

  /// Writes the checkpoint; returns when it is on disk in its place.
  package func write(to path: String, storeUUID: String) throws(FileFault) {
    var bytes = Self.magic
    bytes.append(littleEndian: Self.version)
    bytes.append(littleEndian: UInt32(0))
    bytes.append(contentsOf: storeUUID.utf8)
    bytes.append(littleEndian: seq)
    bytes.append(littleEndian: nonce)
    bytes.append(littleEndian: UsageModel.halfLife.bitPattern)
    bytes.append(littleEndian: model.landmark ?? .min)
    bytes.append(littleEndian: model.latest)
    bytes.append(littleEndian: UInt64(model.closeCount))
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
    bytes.append(littleEndian: Checksum.of(bytes))
    var file = try ReplacementFile(path: path)
    try file.append(bytes)
    try file.commit()
  }

  /// Reads a checkpoint of the given store.
  package init(path: String, storeUUID: String) throws(Fault) {
    let file: MappedFile
    do {
      file = try MappedFile(path: path)
    } catch {
      throw error.isMissingFile ? .missing : .damaged
    }
    let bytes = file.bytes
    guard bytes.byteCount > 0 else { throw .empty }
    var reader = ByteReader(bytes)
    guard reader.next(count: 8) == Self.magic else { throw .foreign }
    guard let version = reader.next(UInt32.self) else { throw .damaged }
    guard version <= Self.version else { throw .newer }
    guard bytes.byteCount > 8, reader.next(UInt32.self) != nil, let uuid = reader.next(count: 32) else {
      throw .damaged
    }
    guard uuid == Array(storeUUID.utf8) else { throw .foreign }
    var end = ByteReader(bytes, at: bytes.byteCount - 8)
    guard end.next(UInt64.self) == Checksum.of(bytes.extracting(0..<(bytes.byteCount - 8))) else {
      throw .damaged
    }
    guard let seq = reader.next(Int64.self), let nonce = reader.next(Int64.self),
      let halfLife = reader.next(UInt64.self)
    else { throw .damaged }
    guard halfLife == UsageModel.halfLife.bitPattern else { throw .stale }
    guard let model = Self.model(&reader), reader.offset == bytes.byteCount - 8 else { throw .damaged }
    self.init(model: model, seq: seq, nonce: nonce)
  }

  private static func model(_ reader: inout ByteReader) -> UsageModel? {
    var model = UsageModel()
    guard let landmark = reader.next(Int64.self), let latest = reader.next(Int64.self),
      let closes = reader.next(UInt64.self).flatMap(Int.init(exactly:)), let slots = reader.next(UInt64.self),
      slots < 1 << 40,
      let keys = reader.next(Int(slots), of: UInt64.self),
      let values = reader.next(Int(slots), of: Double.self),
      let counts = CountTable(keys: keys, values: values),
      let categories = reader.next(UInt64.self)
    else { return nil }
    model.landmark = landmark == .min ? nil : landmark
    model.latest = latest
    model.closeCount = closes
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
