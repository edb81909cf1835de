/// The form of `.columns` (a base) and `.columns-delta` (what changed since), little-endian throughout.
///
///     ┌──────────────┐ 0
///     │ header, 128  │
///     ├──────────────┤ 128
///     │ segments     │   each at a multiple of 64, zeros between: block after block its columns by number, then
///     │  …           │   (delta) the hidden rows of base blocks, then the five dictionaries
///     ├──────────────┤ directory offset, a multiple of 64
///     │ directory    │   64 bytes a segment, in the order of the segments
///     └──────────────┘ length
///
/// **Header.** 0 `magic` "WRAPCOLS", 8 `version` u32, 12 `kind` u32 (1 base, 2 delta), 16 `store` 32 hexadecimal digits,
/// 48 `schema` u32, 52 `segments` u32, 56 `seq` i64, 64 `nonce` i64, 72 `base seq` i64, 80 `base nonce` i64 (the change
/// up to which base and delta, and the base alone, hold the store), 88 `directory offset` u64, 96 `directory checksum`
/// u64, 104 `length` u64 of the file, 112 `ended blocks` u64, 120 `header checksum` u64 of the bytes before it.
///
/// **Directory entry.** 0 `column` u16, 2 `width` u8 of an element, 3 `bits` u8 of a packed code, else 0, 4 `block` u32, 8 `rows` u64, 16 `base`
/// i64, 24 `least` i64, 32 `greatest` i64 (both of the values present, for questions to pass a block over), 40 `offset`
/// u64, 48 `length` u64, 56 `checksum` u64, verified when the segment is first touched; see ``Checksum``.
///
/// **Columns** 1-26 are those of ``ColumnID``, with an element for each row of their block:
/// - keys and instants (1-5): u32 distances from `base`, all ones = missing; where they would not fit, whole i64; start
///   and end of contacts (3, 4), where that is shorter, as packed distances before (5) plus one, 0 = missing;
/// - handling time (6): u32 seconds, all ones = missing;
/// - marks (7): u8, see ``ContactMarks``;
/// - codes (8-12, 19-24; 0 = none, else the place among the names, from 1) and durations plus one (15-18, 0 = missing):
///   1, 2 or 4 bytes by the greatest; no bytes at all where every row has the code `base`.
///
/// Where that is shorter, columns 3, 4 and 15-24 are packed (`width` 1): 4, 8, 16 or 24 `bits` a row, the lower half of a
/// byte first, all ones = the next of the u32 codes that stand behind them. The codes of packed talk (15) are exchanged with
/// 1 where they are (6) - (16) - (17) + 1, missing parts counted as 0.
///
/// Four are lists: rows (13, u16) and codes (14) of the tags beyond a conversation's first, where `base` of the rows is
/// the number of conversations with such; rows (25, u16) without a handling time; and how many rows have each mark that
/// occurs (26, u32: the mark in the upper 8 bits). **Dictionaries** 100-104 (tags, categories, channels, agents, groups;
/// block 0, `rows` = names) are u32 length + UTF-8 for each. **Hidden rows** 200 (`block` of the base, `rows` of it): u64
/// words, bit r % 64 of word r / 64 set where row r is out of date.
///
/// **Base.** Blocks of up to 65,536 rows. The first `ended blocks` hold conversations that have ended, by (ended instant,
/// conversation, start, key), block after block; the others hold the open ones, by (conversation, start, key). No
/// conversation straddles two blocks. A base is complete: alone it is the store at its `seq`.
///
/// **Delta.** Any number of blocks, each sorted by (ended instant, open first; conversation, start, key), with every
/// contact of every conversation that changed or was open at `seq`, and the rows of the base, by block, that it hides. It
/// belongs to the base whose seq and nonce it names as `base seq` and `base nonce`, and replaces that base's open blocks;
/// beside any other base it counts for nothing. Its `ended blocks` is 0.
///
/// **Writing.** One process at a time, by flock on `.columns-lock`, which none waits for: it writes `FILE.tmp`, header last,
/// fsyncs it, renames it into place and fsyncs the folder. A new base takes its delta in: first it is put in place, then
/// the delta of the old one is removed. Whatever is killed where, what lies there is an old base with its delta, a new
/// base with a delta that counts for nothing, or a new base; each is right at its `seq`, and the change log leads on from
/// there. Who has files mapped keeps them as they were.
///
/// Nothing here is ever migrated: a file that is not exactly as expected is rebuilt from the store.
package enum ColumnsFile {
  static let magic = Array("WRAPCOLS".utf8)
  static let version: UInt32 = 6
  static let headerSize = 128
  static let entrySize = 64
  static let alignment = 64

  /// Where the delta of the base at `path` lies.
  static func deltaPath(_ path: String) -> String { path + "-delta" }

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

    package init(
      storeUUID: String, schema: UInt32, position: TablePosition, basePosition: TablePosition
    ) {
      self.storeUUID = storeUUID
      self.schema = schema
      self.position = position
      self.basePosition = basePosition
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
