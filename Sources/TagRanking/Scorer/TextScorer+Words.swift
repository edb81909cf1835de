/// Which words of a text speak for a tag.
extension TextScorer {
  /// Words named at most.
  private static let namedWords = 3

  /// The words that raise a tag's score most, the strongest first: without any one of them, the score is lower.
  ///
  /// A word's say is that of itself and of its pieces; what is left after the three strongest is not looked at.
  ///
  /// - Complexity: O(words × features of a word), and scoring the text once for each word named.
  func words(speakingFor tag: Int32, in text: String, _ words: TextWords, category: Int32?) -> [String] {
    guard let column = columns.column(of: tag) else { return [] }
    var reader = Reader()
    reader.text.read(text)
    let whole = vector(of: reader.text.counts, category)
    let values = Dictionary(zip(whole.features, whole.values)) { first, _ in first }
    let says = words.words.map { word -> (word: TextWords.Word, say: Float) in
      reader.text.read(word.name)
      let say = reader.text.counts.features.reduce(Float(0)) { sum, feature in
        sum + (values[UInt32(feature)] ?? 0) * weights.weight(of: Int(feature), column: column)
      }
      return (word, say)
    }
    let score = scores(of: whole, tags: [tag])[0]
    // Sorting is stable: of equal words the first one is named first.
    let sorted = says.filter { $0.say > 0 }.sorted { $0.say > $1.say }
    // Next to a word that says much, one that says little is no reason.
    let strongest = sorted.prefix(Self.namedWords).filter { $0.say * 4 >= sorted[0].say }
    return strongest.filter { strong in
      scores(of: words.text(without: strong.word), category: category, tags: [tag], reader: &reader)[0]
        < score
    }.map(\.word.name)
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
