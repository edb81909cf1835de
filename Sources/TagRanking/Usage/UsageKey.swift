/// Packs what is counted into one word:
///
///     bits  56–58   36–55      16–35             0–15
///           kind    category   channel or agent  tag; 0 for the sum over tags
enum UsageKey {
  private static func pack(_ kind: UInt64, _ category: Int32, _ other: Int32, _ tag: Int32) -> UInt64 {
    kind << 56 | UInt64(UInt32(bitPattern: category) & 0xFFFFF) << 36
      | UInt64(UInt32(bitPattern: other) & 0xFFFFF) << 16 | UInt64(UInt32(bitPattern: tag) & 0xFFFF)
  }

  static func overall(_ tag: Int32) -> UInt64 { pack(1, 0, 0, tag) }
  static func category(_ category: Int32, _ tag: Int32) -> UInt64 { pack(2, category, 0, tag) }
  static func channel(_ category: Int32, _ channel: Int32, _ tag: Int32) -> UInt64 {
    pack(3, category, channel, tag)
  }
  static func agent(_ category: Int32, _ agent: Int32, _ tag: Int32) -> UInt64 {
    pack(4, category, agent, tag)
  }
  static func pair(_ one: Int32, _ other: Int32) -> UInt64 { pack(5, 0, max(one, other), min(one, other)) }
  /// Undecayed closes of a category with a tag; with tag 0, all its tagged closes.
  static func closes(_ category: Int32, _ tag: Int32) -> UInt64 { pack(6, category, 0, tag) }

  /// The category and the tag of a key made by ``closes(_:_:)``; `nil` for any other, and for the sum over tags.
  static func use(_ key: UInt64) -> (category: Int32, tag: Int32)? {
    guard key >> 56 == 6, key & 0xFFFF != 0 else { return nil }
    return (Int32(key >> 36 & 0xFFFFF), Int32(key & 0xFFFF))
  }

  /// The tag of a key made by ``overall(_:)``; `nil` for any other, and for the sum over tags.
  static func overallTag(_ key: UInt64) -> Int32? {
    key >> 56 == 1 && key & 0xFFFF != 0 ? Int32(key & 0xFFFF) : nil
  }

  /// Whether the count decays with time.
  static func decays(_ key: UInt64) -> Bool { key >> 56 != 6 }
}
