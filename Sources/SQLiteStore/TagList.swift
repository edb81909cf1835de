/// An ordered list of tag ids as the JSON text of a row: `[3,17]`.
package enum TagList {
  /// The text of a list.
  package static func text(_ tags: [Int32]) -> String {
    var text = "["
    for tag in tags {
      if text.utf8.count > 1 { text += "," }
      text += String(tag)
    }
    return text + "]"
  }

  /// The list in a text; what is not a number separates, so a damaged text gives a shorter list, never a trap.
  package static func tags(_ text: String) -> [Int32] {
    var tags: [Int32] = []
    var number: Int64?
    for byte in text.utf8 {
      if byte >= 0x30, byte <= 0x39 {
        // Digits of no id stay what they are, far above every id, instead of wrapping round to one.
        number = min((number ?? 0) * 10 + Int64(byte - 0x30), 1 << 40)
      } else if let found = number {
        if let tag = Int32(exactly: found) { tags.append(tag) }
        number = nil
      }
    }
    return tags
  }
}
