/// Takes a text apart into features: lower-case words, pairs of neighbouring words, and pieces of three and four
/// characters inside `<word>`.
///
/// Words are letters, digits and the marks on them, in any script. Only the first 20 characters of a word are cut into
/// pieces. In scripts without spaces each character counts as a word, and pieces run over the whole stretch. Only the
/// first ``byteLimit`` bytes are read, so that a text of a megabyte costs no more than one of 32 KB.
///
/// A reader keeps its memory from text to text; it holds no state that a result could depend on.
struct TextReader: Sendable {
  /// Bytes of a text that are read; a character begun before is finished.
  static let byteLimit = 32_768
  /// Characters of a word that are cut into pieces.
  static let pieceLimit = 20

  private(set) var counts = FeatureCounts()
  private var folds = ScalarFolds()
  /// `<`, and the characters of the word that is being read, as far as they are cut into pieces.
  private var word: [UInt32] = [Self.opening]
  private var wordHash = FeatureHash.emptyWord
  private var length = 0
  private var isUnspaced = false
  private var previous: UInt64?

  private static let opening: UInt32 = 0x3C
  private static let closing: UInt32 = 0x3E

  /// Reads a text; its features are in ``counts`` until the next. O(min(bytes, ``byteLimit``)).
  mutating func read(_ text: String) {
    counts.removeAll()
    previous = nil
    beginWord()
    var text = text
    text.makeContiguousUTF8()
    read(text.utf8.span)
    endWord()
  }

  private mutating func read(_ bytes: Span<UInt8>) {
    let end = min(bytes.count, Self.byteLimit)
    var at = 0
    while at < end {
      let byte = bytes[at]
      if byte < 0x80 {
        at += 1
        let lower = byte | 0x20
        if lower &- 0x61 < 26 {
          add(UInt32(lower))
        } else if byte &- 0x30 < 10 {
          add(UInt32(byte))
        } else {
          endWord()
        }
      } else {
        addScalar(bytes, &at)
      }
    }
  }

  /// One scalar of two to four bytes. A string's bytes are valid UTF-8, so that they are there.
  private mutating func addScalar(_ bytes: Span<UInt8>, _ at: inout Int) {
    let lead = bytes[at]
    let more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1
    var scalar = UInt32(lead) & (more == 3 ? 0x07 : more == 2 ? 0x0F : 0x1F)
    for next in 1...more { scalar = scalar << 6 | UInt32(bytes[at + next]) & 0x3F }
    at += more + 1
    let fold = folds.fold(scalar)
    if fold.isEnd || (fold.isMark && length == 0) { return endWord() }
    if !fold.isMark, fold.isUnspaced != isUnspaced {
      endWord()
      isUnspaced = fold.isUnspaced
    }
    add(fold.lower)
  }

  @inline(__always)
  private mutating func add(_ scalar: UInt32) {
    if isUnspaced {
      if scalar < 0x80 {
        endWord()
      } else {
        addWord(FeatureHash.word(FeatureHash.emptyWord, adding: scalar))
        word.append(scalar)
        length += 1
        return
      }
    }
    wordHash = FeatureHash.word(wordHash, adding: scalar)
    if length < Self.pieceLimit { word.append(scalar) }
    length += 1
  }

  private mutating func beginWord() {
    word.removeSubrange(1...)
    wordHash = FeatureHash.emptyWord
    length = 0
    isUnspaced = false
  }

  private mutating func endWord() {
    guard length > 0 else { return }
    if !isUnspaced { addWord(wordHash) }
    addPieces()
    beginWord()
  }

  private mutating func addWord(_ hash: UInt64) {
    counts.add(FeatureHash.feature(ofWord: hash), .word)
    if let previous { counts.add(FeatureHash.feature(ofPair: previous, hash), .word) }
    previous = hash
  }

  private mutating func addPieces() {
    word.append(Self.closing)
    for start in 0..<(word.count - 2) {
      let (a, b, c) = (word[start], word[start + 1], word[start + 2])
      counts.add(FeatureHash.feature(ofPiece: a, b, c), .piece)
      if start + 3 < word.count {
        let d = word[start + 3]
        counts.add(FeatureHash.feature(ofPiece: a, b, c, d), .piece)
      }
    }
  }
}
