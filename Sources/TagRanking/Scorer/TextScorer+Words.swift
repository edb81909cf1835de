/// Which words of a text speak for a tag.
extension TextScorer {
  /// Words named at most.
  private static let namedWords = 3

  /// A feature of a word, with what it weighs in the text.
  private typealias Share = (feature: Int, value: Float)

  /// For each tag, the words that raise its score most, the strongest first: without any one of them, the score is lower.
  ///
  /// A word's say is that of itself and of its pieces; what is left after the three strongest is not looked at.
  ///
  /// - Complexity: O(tags × words × features of a word), and scoring the text once for each word named.
  func words(speakingFor tags: [Int32], in text: String, category: Int32?, reader: inout Reader)
    -> [[String]]
  {
    let words = TextWords(text)
    reader.text.read(text)
    let whole = vector(of: reader.text.counts, category)
    let shares = shares(of: words, in: whole, reader: &reader)
    var rests: [Int: FeatureVector] = [:]
    var named: [[String]] = []
    for (tag, score) in zip(tags, scores(of: whole, tags: tags)) {
      var names: [String] = []
      for word in columns.column(of: tag).map({ strongest(of: shares, column: $0) }) ?? [] {
        if rests[word] == nil {
          reader.text.read(words.text(without: words.words[word]))
          rests[word] = vector(of: reader.text.counts, category)
        }
        if let rest = rests[word], scores(of: rest, tags: [tag])[0] < score {
          names.append(words.words[word].name)
        }
      }
      named.append(names)
    }
    return named
  }

  /// What each word is made of. O(features of the text and of its words).
  private func shares(of words: TextWords, in whole: FeatureVector, reader: inout Reader) -> [[Share]] {
    let values = Dictionary(zip(whole.features, whole.values)) { first, _ in first }
    var shares: [[Share]] = []
    for word in words.words {
      reader.text.read(word.name)
      shares.append(
        reader.text.counts.features.compactMap { feature in
          values[UInt32(feature)].map { (Int(feature), $0) }
        })
    }
    return shares
  }

  /// The words that say most for the tag in a column, by their places.
  private func strongest(of words: [[Share]], column: Int) -> [Int] {
    let says = words.map { shares in
      shares.reduce(Float(0)) { $0 + $1.value * weights.weight(of: $1.feature, column: column) }
    }
    // Sorting is stable: of equal words the first one is named first.
    let sorted = says.indices.filter { says[$0] > 0 }.sorted { says[$0] > says[$1] }
    // Next to a word that says much, one that says little is no reason.
    return sorted.prefix(Self.namedWords).filter { says[$0] * 4 >= says[sorted[0]] }
  }
}

extension WeightBlocks {
  /// The weight of a feature for the tag in a column, 0 where nothing was learnt. O(1).
  fileprivate func weight(of feature: Int, column: Int) -> Float {
    let row = rows[feature]
    let offset = column / Self.width - Int(row.first)
    guard offset >= 0, offset < Int(row.count) else { return 0 }
    let entry = Int(directory[Int(row.start) + offset])
    guard entry > 0 else { return 0 }
    let slot = entry - 1
    // Safe: a slot in the directory lies in its chunk.
    return unsafe chunks[slot >> Self.chunkBits][slot & (Self.chunkSize - 1)][column % Self.width]
  }
}
