/// Which words of a text speak for a tag.
extension TextScorer {
  /// Words named at most.
  private static let namedWords = 3
  /// Words that are looked at: who reads reasons needs no more.
  private static let wordLimit = 200
  /// A word is named only if the score is lower by so much without it: more than what rounding could make of it.
  private static let leastSay: Float = 0.002

  /// For each tag, the words that raise its score most, the strongest first: without any one of them, the score is lower.
  ///
  /// A word's say is that of itself and of its pieces; what is left after the three strongest is not looked at.
  ///
  /// - Parameter reader: it has read the text last, for ``scores(of:category:tags:reader:)``.
  /// - Complexity: O(features × tags + words × words named).
  func words(speakingFor tags: [Int32], in text: String, reader: inout Reader) -> [[String]] {
    let vector = reader.vector
    var removal = WordRemoval(reader.text, vector, frequencies)
    let words = removal.distinctWords(Self.wordLimit)
    var names: [Int: String] = [:]
    return tags.map { tag in
      guard let column = columns.column(of: tag) else { return [] }
      let weights = table.weights(of: reader.text.counts.tally.features, column: column)
      let whole = zip(weights, vector.values).reduce(Float(0)) { $0 + $1.0 * $1.1 }
      return Self.strongest(words.map { removal.say(of: $0, weights) }).compactMap { place in
        let word = words[place]
        removal.remove(word)
        var rest = whole
        for change in removal.changes {
          rest += (change.value - vector.values[change.place]) * weights[change.place]
        }
        for addition in removal.additions {
          rest += addition.value * table.weights(of: [UInt32(addition.feature)], column: column)[0]
        }
        guard rest * removal.scale < whole - Self.leastSay else { return nil }
        if let name = names[word] { return name }
        let name = reader.text.name(of: reader.text.features.words[word], in: text)
        names[word] = name
        return name
      }
    }
  }

  /// The places of what says most, the strongest first, of equals the first.
  private static func strongest(_ says: [Float]) -> [Int] {
    var best: [Int] = []
    for place in says.indices where says[place] > 0 {
      var at = best.count
      while at > 0, says[best[at - 1]] < says[place] { at -= 1 }
      guard at < namedWords else { continue }
      best.insert(place, at: at)
      if best.count > namedWords { best.removeLast() }
    }
    // Next to a word that says much, one that says little is no reason.
    return best.filter { says[$0] * 4 >= says[best[0]] }
  }
}
