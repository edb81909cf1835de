internal import Columnar

/// How many contacts of a block have each mark: what holds for all of them is known without reading their marks.
struct MarkCounts: Sendable {
  private let words: Column<UInt32>

  /// Words of a mark in the upper 8 bits and a count in the lower 24.
  init(_ words: Column<UInt32>) {
    self.words = words
  }

  /// Number of contacts whose mark passes. O(marks that occur).
  func count(where passes: (UInt8) -> Bool = { _ in true }) -> Int {
    let span = words.span
    var count = 0
    for place in span.indices where passes(UInt8(span[place] >> 24)) {
      count += Int(span[place] & 0xFF_FFFF)
    }
    return count
  }

  /// Calls `body` with each mark that occurs and its count.
  func forEach(_ body: (UInt8, Int) -> Void) {
    let span = words.span
    for place in span.indices { body(UInt8(span[place] >> 24), Int(span[place] & 0xFF_FFFF)) }
  }

  /// Whether any contact's mark passes.
  func contains(where passes: (UInt8) -> Bool) -> Bool { count(where: passes) > 0 }
}
