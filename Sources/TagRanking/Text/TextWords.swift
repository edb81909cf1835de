/// The distinct words of a text as a reader of reasons would name them, with where they stand.
///
/// Words end where ``TextReader`` ends them; a stretch of a script without spaces is one word here.
struct TextWords {
  /// A word in lower case.
  struct Word {
    let name: String
    fileprivate var ranges: [Range<String.Index>]
  }

  /// Words that are looked at: who reads reasons needs no more.
  private static let limit = 200

  private let text: String
  /// In the order in which they first occur.
  private(set) var words: [Word] = []

  /// O(bytes read).
  init(_ text: String) {
    self.text = text
    var places: [String: Int] = [:]
    var folds: ScalarFolds?
    let scalars = text.unicodeScalars
    var start: String.Index?
    var name = String.UnicodeScalarView()
    var isUnspaced = false
    func end(at index: String.Index) {
      guard let begun = start else { return }
      let word = String(name)
      if let place = places[word] {
        words[place].ranges.append(begun..<index)
      } else if words.count < Self.limit {
        places[word] = words.count
        words.append(Word(name: word, ranges: [begun..<index]))
      }
      start = nil
      name = String.UnicodeScalarView()
    }
    let last = text.utf8.index(text.startIndex, offsetBy: TextReader.byteLimit, limitedBy: text.endIndex)
    for index in scalars.indices where index < last ?? text.endIndex {
      let fold = Self.fold(scalars[index].value, &folds)
      if fold.isEnd || (fold.isMark && start == nil) {
        end(at: index)
        continue
      }
      if !fold.isMark, fold.isUnspaced != isUnspaced {
        end(at: index)
        isUnspaced = fold.isUnspaced
      }
      if start == nil { start = index }
      if let lower = Unicode.Scalar(fold.lower) { name.append(lower) }
    }
    end(at: text.endIndex)
  }

  /// The tables are made when a text first needs them.
  private static func fold(_ scalar: UInt32, _ folds: inout ScalarFolds?) -> ScalarFolds.Fold {
    if scalar >= 0x80 {
      if folds == nil { folds = ScalarFolds() }
      return folds!.fold(scalar)
    }
    let lower = scalar | 0x20
    return lower &- 0x61 < 26 ? .init(lower) : scalar &- 0x30 < 10 ? .init(scalar) : .end
  }

  /// The text without a word. O(bytes).
  func text(without word: Word) -> String {
    var rest = ""
    var start = text.startIndex
    for range in word.ranges {
      rest += text[start..<range.lowerBound]
      start = range.upperBound
    }
    return rest + text[start...]
  }
}
