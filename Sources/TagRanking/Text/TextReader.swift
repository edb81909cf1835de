/// Takes a text apart into features: lower-case words, pairs of neighbouring words, and pieces of three and four
/// characters inside `<word>`.
///
/// Words are letters, digits and the marks on them, in any script. Only the first 20 characters of a word are cut into
/// pieces. In scripts without spaces each character counts as a word, and pieces run over the whole stretch. Only the
/// first ``byteLimit`` bytes are read, so that a text of a megabyte costs no more than one of 32 KB.
///
/// A reader keeps its memory from text to text; it holds no state that a result could depend on.
package struct TextReader: Sendable {
  /// Bytes of a text that are read; a character begun before is finished.
  static let byteLimit = 32_768
  /// Characters of a word that are cut into pieces.
  static let pieceLimit = 20

  private(set) var counts = FeatureCounts()
  /// What the words are made of, in their order.
  private(set) var features = TextFeatures()
  private var folds = ScalarFolds()
  /// `<`, and the characters of the word that is being read, as far as they are cut into pieces; room for `>`.
  private var word = [UInt32](repeating: Self.opening, count: pieceLimit + 2)
  private var wordCount = 1
  private var wordHash = FeatureHash.emptyWord
  private var length = 0
  private var isUnspaced = false
  /// Where the word begins, in the text and among the features.
  private var start = 0
  private var firstFeature = 0
  /// The first word of a stretch, and the word before the one that is being read.
  private var first: UInt64?
  private var previous: UInt64?

  private static let opening: UInt32 = 0x3C
  private static let closing: UInt32 = 0x3E

  /// Has read nothing yet.
  package init() {}

  /// Takes a text apart; `nil` for an empty one. O(min(bytes, ``byteLimit``)).
  package mutating func tally(of text: String) -> TextTally? {
    guard !text.isEmpty else { return nil }
    read(text)
    return counts.tally
  }

  /// Reads a text; its features are there until the next. O(min(bytes, ``byteLimit``)).
  mutating func read(_ text: String) {
    features.removeAll()
    previous = nil
    beginWord()
    var text = text
    text.makeContiguousUTF8()
    read(text.utf8.span)
    counts.count(features.features)
  }

  private mutating func read(_ bytes: Span<UInt8>) {
    let end = min(bytes.count, Self.byteLimit)
    var at = 0
    while at < end {
      let byte = bytes[at]
      if byte >= 0x80 {
        addScalar(bytes, &at)
      } else if let lower = Self.lower(byte) {
        if length == 0, let wordEnd = Self.endOfPlainWord(bytes, at, end) {
          addPlainWord(bytes, at..<wordEnd)
          at = wordEnd
        } else {
          add(lower, at)
          at += 1
        }
      } else {
        endWord(at)
        at += 1
      }
    }
    endWord(at)
  }

  /// The lower-case scalar of an ASCII byte; `nil` for one that ends words.
  @inline(__always)
  private static func lower(_ byte: UInt8) -> UInt32? {
    let lower = byte | 0x20
    if lower &- 0x61 < 26 { return UInt32(lower) }
    return byte &- 0x30 < 10 ? UInt32(byte) : nil
  }

  /// Where a word that begins with ASCII ends; `nil` where it goes on with something else.
  @inline(__always)
  private static func endOfPlainWord(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var at = start + 1
    while at < end {
      let byte = bytes[at]
      if byte >= 0x80 { return nil }
      if lower(byte) == nil { return at }
      at &+= 1
    }
    return end
  }

  /// A whole word of ASCII at once.
  private mutating func addPlainWord(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    (start, firstFeature, length) = (range.lowerBound, features.features.count, range.count)
    var hash = FeatureHash.emptyWord
    wordCount = 1
    for at in range {
      let lower = Self.lower(bytes[at])!
      hash = FeatureHash.word(hash, adding: lower)
      if wordCount <= Self.pieceLimit {
        word[wordCount] = lower
        wordCount &+= 1
      }
    }
    wordHash = hash
    endWord(range.upperBound)
  }

  /// One scalar of two to four bytes. A string's bytes are valid UTF-8, so that they are there.
  private mutating func addScalar(_ bytes: Span<UInt8>, _ at: inout Int) {
    let (lead, place) = (bytes[at], at)
    let more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1
    var scalar = UInt32(lead) & (more == 3 ? 0x07 : more == 2 ? 0x0F : 0x1F)
    for next in 1...more { scalar = scalar << 6 | UInt32(bytes[at + next]) & 0x3F }
    at += more + 1
    let fold = folds.fold(scalar)
    if fold.isEnd || (fold.isMark && length == 0) { return endWord(place) }
    if !fold.isMark, fold.isUnspaced != isUnspaced {
      endWord(place)
      isUnspaced = fold.isUnspaced
    }
    add(fold.lower, place)
  }

  @inline(__always)
  private mutating func add(_ scalar: UInt32, _ place: Int) {
    if isUnspaced, scalar < 0x80 { endWord(place) }
    if length == 0 {
      start = place
      firstFeature = features.features.count
    }
    wordHash = FeatureHash.word(wordHash, adding: scalar)
    if isUnspaced {
      addWord(FeatureHash.word(FeatureHash.emptyWord, adding: scalar))
      addCharacter(scalar)
    } else if length < Self.pieceLimit {
      addCharacter(scalar)
    }
    length += 1
  }

  private mutating func addCharacter(_ scalar: UInt32) {
    if wordCount < word.count { word[wordCount] = scalar } else { word.append(scalar) }
    wordCount += 1
  }

  private mutating func beginWord() {
    wordCount = 1
    wordHash = FeatureHash.emptyWord
    length = 0
    isUnspaced = false
    first = nil
  }

  /// - Parameter end: where the text goes on.
  private mutating func endWord(_ end: Int) {
    guard length > 0 else { return }
    if !isUnspaced { addWord(wordHash) }
    addPieces()
    features.add(
      TextFeatures.Word(
        key: wordHash, start: firstFeature, bytes: start..<end, first: first ?? wordHash,
        last: previous ?? wordHash))
    beginWord()
  }

  private mutating func addWord(_ hash: UInt64) {
    features.add(FeatureHash.feature(ofWord: hash), isPiece: false)
    if let previous { features.add(FeatureHash.feature(ofPair: previous, hash), isPiece: false) }
    if first == nil { first = hash }
    previous = hash
  }

  private mutating func addPieces() {
    addCharacter(Self.closing)
    features.addPieces(of: word, count: wordCount)
  }

  /// A word of a text as a reader of reasons would name it, in lower case.
  mutating func name(of word: TextFeatures.Word, in text: String) -> String {
    let utf8 = text.utf8
    let begin = utf8.index(utf8.startIndex, offsetBy: word.bytes.lowerBound)
    let end = utf8.index(begin, offsetBy: word.bytes.count)
    var name = String.UnicodeScalarView()
    for scalar in text.unicodeScalars[begin..<end] {
      let lower = scalar.isASCII ? scalar.value | 0x20 : folds.fold(scalar.value).lower
      // Digits keep their bits, for they have this one.
      if let scalar = Unicode.Scalar(lower) { name.append(scalar) }
    }
    return String(name)
  }
}
