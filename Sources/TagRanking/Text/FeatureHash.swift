/// Gives words, pairs of words and pieces of words their feature number, the same in every process and on every
/// machine.
///
/// The hash has no seed, because a model must be equal to the bit wherever it is learnt. Whoever writes texts to make
/// features collide gains what a collision does anyway: two words share their weights. Nothing is slowed down, for a
/// feature number is an index and never a key that is searched for.
enum FeatureHash {
  /// How many features there are: 2^16.
  static let bits = 16
  static let count = 1 << bits

  // Odd constants: the golden ratio, and the two multipliers of SplitMix64 (Steele, Lea and Flood 2014).
  private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let first: UInt64 = 0xBF58_476D_1CE4_E5B9
  private static let second: UInt64 = 0x94D0_49BB_1331_11EB

  /// Where the hash of a word begins.
  static let emptyWord: UInt64 = 0x243F_6A88_85A3_08D3

  /// The hash of a word with one scalar more.
  @inline(__always)
  static func word(_ hash: UInt64, adding scalar: UInt32) -> UInt64 {
    let mixed = (hash ^ UInt64(scalar)) &* first
    return mixed ^ (mixed >> 29)
  }

  /// The feature of a word by its hash.
  @inline(__always)
  static func feature(ofWord hash: UInt64) -> Int { fold(hash ^ golden) }

  /// The feature of two words that follow each other.
  @inline(__always)
  static func feature(ofPair one: UInt64, _ other: UInt64) -> Int {
    fold((one &* second) ^ (one >> 31) ^ other)
  }

  /// The feature of three scalars inside a word. 63 bits hold them, so nothing is lost before the last step.
  @inline(__always)
  static func feature(ofPiece a: UInt32, _ b: UInt32, _ c: UInt32) -> Int { fold(packed(a, b, c)) }

  /// The feature of four scalars inside a word.
  @inline(__always)
  static func feature(ofPiece a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> Int {
    fold((packed(a, b, c) &* golden) ^ UInt64(d))
  }

  @inline(__always)
  private static func packed(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> UInt64 {
    UInt64(a) | UInt64(b) << 21 | UInt64(c) << 42
  }

  @inline(__always)
  private static func fold(_ key: UInt64) -> Int {
    var mixed = (key ^ (key >> 30)) &* first
    mixed = (mixed ^ (mixed >> 27)) &* second
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 31)) >> UInt64(64 - bits))
  }
}
