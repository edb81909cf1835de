/// Text broken into lines at its blanks.
package enum WrappedText {
  /// The lines, each at most `width` columns wide where its words allow that: a word is never broken. O(characters).
  package static func lines(of text: String, within width: Int) -> [String] {
    guard DisplayWidth.of(text) > width else { return [text] }
    var lines: [String] = []
    var line = ""
    var taken = 0
    for word in text.split(separator: " ") {
      let wordWidth = DisplayWidth.of(String(word))
      if taken > 0 {
        if taken + 1 + wordWidth > width {
          lines.append(line)
          (line, taken) = ("", 0)
        } else {
          line += " "
          taken += 1
        }
      }
      line += word
      taken += wordWidth
    }
    return lines + [line]
  }

  /// Columns of the widest word. O(characters).
  package static func widestWord(of text: String) -> Int {
    text.split(separator: " ").reduce(0) { max($0, DisplayWidth.of(String($1))) }
  }
}
