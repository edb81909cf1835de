/// The form of `.columns` (a base) and `.columns-delta` (what changed since), little-endian throughout.
///
///     ┌──────────────┐ 0
///     │ header, 128  │   magic, version, kind, store, schema, position, base position, directory, length
///     ├──────────────┤ 128
///     │ segments     │   each at a multiple of 64: one column of one block, one dictionary,
///     │  …           │   or (delta) the hidden rows of one base block
///     ├──────────────┤ directory offset
///     │ directory    │   64 bytes a segment
///     └──────────────┘ length
///
/// Header: `magic` 8 bytes, `version` u32, `kind` u32 (1 base, 2 delta), `store uuid` 32 ASCII bytes,
/// `schema` u32, `segments` u32, `seq` i64, `nonce` i64, `base seq` i64, `base nonce` i64,
/// `directory offset` u64, `directory checksum` u64, `length` u64, `open contacts` u64, `header checksum` u64.
/// A base with open contacts is of no use without a delta of its own, because they live there.
///
/// Directory entry: `column` u16, `width` u8, 0 u8, `block` u32, `rows` u64, `base` i64, `least` i64,
/// `greatest` i64, `offset` u64, `length` u64, `checksum` u64. Elements of an offset column are distances from
/// `base` (4 bytes, all ones = missing) or whole values (8 bytes). Codes take 1, 2 or 4 bytes, or none where `base` is
/// the code of every row; durations other than the handling time are codes, the duration plus one. Handling times are
/// u32, all ones = missing; `least` and `greatest` are those of the others. A dictionary is a run of u32 length + UTF-8.
///
/// Four columns are lists instead of an element for each row: the rows (u16) and codes of tags beyond a conversation's
/// first, where `base` of the rows is the number of conversations that have such; the rows (u16) without a handling
/// time; and how many rows have each mark that occurs (u32, the mark in the upper 8 bits).
///
/// Nothing here is ever migrated: a file that is not exactly as expected is rebuilt from the store.
package enum ColumnsFile {
  static let magic = Array("WRAPCOLS".utf8)
  static let version: UInt32 = 3
  static let headerSize = 128
  static let entrySize = 64
  static let alignment = 64

  /// Base or delta.
  enum Kind: UInt32 {
    case base = 1
    case delta = 2
  }

  /// Which state of which store a file holds.
  package struct Identity: Equatable, Sendable {
    /// 32 hexadecimal digits.
    package var storeUUID: String
    package var schema: UInt32
    package var position: TablePosition
    /// The base that a delta belongs to; a base names itself.
    package var basePosition: TablePosition
    /// Contacts of conversations that had not ended when the base was written; they are in the delta.
    package var openContacts: Int

    package init(
      storeUUID: String, schema: UInt32, position: TablePosition, basePosition: TablePosition,
      openContacts: Int
    ) {
      self.storeUUID = storeUUID
      self.schema = schema
      self.position = position
      self.basePosition = basePosition
      self.openContacts = openContacts
    }
  }
}

/// A place in the store's change log.
package struct TablePosition: Equatable, Sendable {
  package let seq: Int64
  package let nonce: Int64

  package init(seq: Int64, nonce: Int64) {
    self.seq = seq
    self.nonce = nonce
  }
}
