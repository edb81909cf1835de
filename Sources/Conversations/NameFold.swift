/// The form in which two names are the same name: without case and without accents.
///
/// Latin, Greek and Cyrillic letters are folded by ``NameFoldTable`` (Unicode case folding of the canonical
/// decomposition without its combining marks); other scripts stay as they are.
package enum NameFold {
  /// Folds a name. O(characters); ASCII takes a path of its own.
  package static func fold(_ name: String) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A: folded.append(Unicode.Scalar(UInt8(scalar.value) + 0x20))
      case 0..<0x80: folded.append(scalar)
      case 0x300...0x36F: continue
      default:
        if let replacement = replacements[scalar] {
          folded.append(contentsOf: replacement)
        } else {
          folded.append(scalar)
        }
      }
    }
    return String(folded)
  }

  /// The order in which names are listed: by fold, then by bytes.
  package static func precedes(_ first: String, _ second: String) -> Bool {
    let (one, other) = (fold(first), fold(second))
    if one != other { return one.unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars) }
    return first.utf8.lexicographicallyPrecedes(second.utf8)
  }

  private static let replacements: [Unicode.Scalar: [Unicode.Scalar]] = {
    var table: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for line in NameFoldTable.lines.split(separator: "\n") {
      let parts = line.unicodeScalars.split(separator: " ", maxSplits: 1)
      for scalar in parts[1] { table[scalar] = Array(parts[0]) }
    }
    return table
  }()
}
