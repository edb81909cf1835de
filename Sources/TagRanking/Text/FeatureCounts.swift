/// How often each feature occurs in a text, in the order in which features first occur.
package struct TextTally: Sendable {
  /// Features of 0 ..< ``FeatureHash/count``, each once.
  fileprivate(set) var features: [UInt32] = []
  /// Occurrences, at least 1, as many as features.
  fileprivate(set) var occurrences: [UInt32] = []
  /// Whether a feature is only ever a piece of a word here; where a word and a piece collide, it is a word.
  fileprivate(set) var arePieces: [Bool] = []

  /// Different features.
  package var featureCount: Int { features.count }
}

/// Counts the features of one text after another.
struct FeatureCounts: Sendable {
  private(set) var tally = TextTally()
  /// By feature: its place in `features` plus 1, or 0.
  private var places = [UInt32](repeating: 0, count: FeatureHash.count)

  /// Counts a text in place of the last one. O(features of both).
  mutating func count(_ text: [TextFeatures.Occurrence]) {
    let old = tally.features
    // An array made without room would write its count into the storage that all empty arrays share.
    let room = max(1, text.count)
    unsafe places.withUnsafeMutableBufferPointer { places in
      // Safe: features are below their count, a place is that of a feature counted before, and there are no more
      // features than occurrences.
      for feature in old { unsafe places[Int(feature)] = 0 }
      tally.features = unsafe [UInt32](unsafeUninitializedCapacity: room) { features, count in
        tally.occurrences = unsafe [UInt32](unsafeUninitializedCapacity: room) {
          occurrences, occurrenceCount in
          tally.arePieces = unsafe [Bool](unsafeUninitializedCapacity: room) { arePieces, pieceCount in
            for occurrence in text {
              let feature = occurrence.feature
              let place = unsafe Int(places[feature])
              if place > 0 {
                unsafe occurrences[place &- 1] &+= 1
                if !occurrence.isPiece { unsafe arePieces[place &- 1] = false }
              } else {
                unsafe features.initializeElement(at: count, to: UInt32(truncatingIfNeeded: feature))
                unsafe occurrences.initializeElement(at: count, to: 1)
                unsafe arePieces.initializeElement(at: count, to: occurrence.isPiece)
                count &+= 1
                unsafe places[feature] = UInt32(truncatingIfNeeded: count)
              }
            }
            (occurrenceCount, pieceCount) = (count, count)
          }
        }
      }
    }
  }

  /// Where a feature stands in `features`; `nil` for one that the text lacks. O(1).
  func place(of feature: Int) -> Int? {
    let place = Int(places[feature])
    return place > 0 ? place - 1 : nil
  }
}
