/// What a text's vector becomes when all occurrences of a word are taken out of the text.
///
/// Only what the word is part of changes: its own features, its pairs with the words beside it, a new pair where it stood,
/// and the length that all is divided by. So taking a word out costs the word, not the text.
struct WordRemoval {
  /// The text as it is.
  private let features: TextFeatures
  private let counts: FeatureCounts
  private var tally: TextTally { counts.tally }
  private let vector: FeatureVector
  private let frequencies: DocumentFrequencies
  /// By occurrence: its feature's place in the vector.
  private let places: [Int]
  /// By place: how many of its occurrences are not pieces.
  private var wholeCounts: [Int32]
  /// By place: how many occurrences go, and how many of those are not pieces; fewer than none where a new pair is one more.
  private var gone: [(all: Int32, whole: Int32)]
  /// Places of which anything goes.
  private var touched: [Int] = []
  /// What a value is divided by.
  private let length: Double
  /// Σ of the squared values: 1 but for rounding, which counts where little is left of a long text.
  private let square: Double

  /// Places of the vector with values that change, before they are scaled.
  private(set) var changes: [(place: Int, value: Float)] = []
  /// Features that the vector lacks, likewise.
  private(set) var additions: [(feature: Int, value: Float)] = []
  /// What all values are multiplied by; 0 where no word is left.
  private(set) var scale: Float = 1

  /// - Parameter vector: that of the text.
  /// - Complexity: O(features).
  init(_ reader: TextReader, _ vector: FeatureVector, _ frequencies: DocumentFrequencies) {
    (features, counts, self.vector, self.frequencies) = (reader.features, reader.counts, vector, frequencies)
    let (counts, tally) = (reader.counts, reader.counts.tally)
    places = reader.features.features.map { counts.place(of: $0.feature)! }
    wholeCounts = [Int32](repeating: 0, count: tally.features.count)
    for (occurrence, place) in zip(reader.features.features, places) where !occurrence.isPiece {
      wholeCounts[place] += 1
    }
    square = vector.values.prefix(tally.features.count).reduce(0) { $0 + Double($1) * Double($1) }
    gone = Array(repeating: (0, 0), count: tally.features.count)
    length =
      tally.features.isEmpty
      ? 1
      : frequencies.weight(tally.features[0], tally.occurrences[0], isPiece: tally.arePieces[0])
        / Double(vector.values[0])
  }

  /// The first place of each of the first `limit` different words. O(words).
  func distinctWords(_ limit: Int) -> [Int] {
    var seen: Set<UInt64> = []
    var distinct: [Int] = []
    for place in features.words.indices where seen.insert(features.words[place].key).inserted {
      distinct.append(place)
      if distinct.count == limit { break }
    }
    return distinct
  }

  /// What a word and its pieces add to a score, without its pairs: Σ x·w.
  ///
  /// - Parameter weights: of each place.
  func say(of word: Int, _ weights: [Float]) -> Float {
    let pair = features.pair(of: word)
    var sum: Float = 0
    for at in features.range(of: word) where at != pair {
      sum += vector.values[places[at]] * weights[places[at]]
    }
    return sum
  }

  /// Takes out all occurrences of a word, and nothing else. O(words + features of these).
  mutating func remove(_ word: Int) {
    let words = features.words
    var (before, isAfterGap) = (Int?.none, false)
    var fresh: [Int: UInt32] = [:]
    for place in words.indices {
      if words[place].key == words[word].key {
        for at in features.range(of: place) { drop(places[at], isPiece: features.features[at].isPiece, 1) }
        isAfterGap = true
        continue
      }
      if isAfterGap, let pair = features.pair(of: place) {
        drop(places[pair], isPiece: false, 1)
        if let before {
          let pair = FeatureHash.feature(ofPair: words[before].last, words[place].first)
          if let known = counts.place(of: pair) {
            drop(known, isPiece: false, -1)
          } else {
            fresh[pair, default: 0] += 1
          }
        }
      }
      (before, isAfterGap) = (place, false)
    }
    weigh(fresh, isEmpty: before == nil)
  }

  private mutating func drop(_ place: Int, isPiece: Bool, _ count: Int32) {
    if gone[place] == (0, 0) { touched.append(place) }
    gone[place].all += count
    if !isPiece { gone[place].whole += count }
  }

  private mutating func weigh(_ fresh: [Int: UInt32], isEmpty: Bool) {
    var square = square
    changes.removeAll(keepingCapacity: true)
    for place in touched {
      let rest = UInt32(Int32(tally.occurrences[place]) - gone[place].all)
      let isPiece = wholeCounts[place] == gone[place].whole
      gone[place] = (0, 0)
      let value =
        rest == 0
        ? 0
        : Float(frequencies.weight(tally.features[place], rest, isPiece: isPiece) / length)
      square += Double(value) * Double(value) - Double(vector.values[place]) * Double(vector.values[place])
      changes.append((place, value))
    }
    touched.removeAll(keepingCapacity: true)
    additions = fresh.sorted { $0.key < $1.key }.map { feature, count in
      (feature, Float(frequencies.weight(UInt32(feature), count, isPiece: false) / length))
    }
    for addition in additions { square += Double(addition.value) * Double(addition.value) }
    scale = isEmpty ? 0 : Float(1 / max(square, 1e-12).squareRoot())
  }
}
