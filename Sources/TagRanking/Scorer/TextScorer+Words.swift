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
  /// - Complexity: O(features × (tags + words named)).
  func words(speakingFor tags: [Int32], in text: String, category: Int32?, reader: inout Reader)
    -> [[String]]
  {
    reader.text.read(text)
    let (features, counts) = (reader.text.features, reader.text.counts)
    let whole = vector(of: counts, category)
    let words = Self.distinct(features.words)
    var rests: [Int: FeatureVector] = [:]
    return tags.map { tag in
      guard let column = columns.column(of: tag) else { return [] }
      let weights = whole.features.map { table.weight(of: Int($0), column: column) }
      func score(_ vector: FeatureVector) -> Float {
        var sum: Float = 0
        for (feature, value) in zip(vector.features, vector.values) {
          let feature = Int(feature)
          let place = feature < FeatureHash.count ? counts.place(of: feature) : nil
          sum += value * (place.map { weights[$0] } ?? table.weight(of: feature, column: column))
        }
        return sum
      }
      let full = score(whole)
      let says = words.map { word in
        features.ownFeatures(of: word).reduce(Float(0)) { sum, occurrence in
          let place = counts.place(of: occurrence.feature)!
          return sum + whole.values[place] * weights[place]
        }
      }
      return Self.strongest(says).compactMap { place in
        let word = words[place]
        if rests[word] == nil {
          var rest = TextFeatures()
          features.without(features.words[word].key, into: &rest)
          reader.rest.count(rest.features)
          rests[word] = vector(of: reader.rest, category)
        }
        guard score(rests[word]!) < full - Self.leastSay else { return nil }
        return reader.text.name(of: features.words[word], in: text)
      }
    }
  }

  /// The first place of each of the first words. O(words).
  private static func distinct(_ words: [TextFeatures.Word]) -> [Int] {
    var seen: Set<UInt64> = []
    var places: [Int] = []
    for place in words.indices where seen.insert(words[place].key).inserted {
      places.append(place)
      if places.count == wordLimit { break }
    }
    return places
  }

  /// The places of what says most.
  private static func strongest(_ says: [Float]) -> [Int] {
    // Sorting is stable: of equal words the first one is named first.
    let sorted = says.indices.filter { says[$0] > 0 }.sorted { says[$0] > says[$1] }
    // Next to a word that says much, one that says little is no reason.
    return sorted.prefix(namedWords).filter { says[$0] * 4 >= says[sorted[0]] }
  }
}
