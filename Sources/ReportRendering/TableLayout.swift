/// How the columns of a table share a screen: side by side where they fit; else columns of words are broken at
/// blanks; and where that does not suffice, the columns stand in blocks below each other, each with the keys of the rows.
struct TableLayout {
  private static let gap = 2

  /// Columns of text that each column of the table is given.
  private(set) var widths: [Int]
  /// The columns of each block, in order.
  private(set) var blocks: [[Int]]

  /// - Parameters:
  ///   - natural: columns of text that each column's widest cell takes.
  ///   - narrowest: the least that each can be given; `natural` of numbers.
  ///   - keyCount: how many leading columns say what a row is about.
  init(natural: [Int], narrowest: [Int], keyCount: Int, within width: Int) {
    widths = natural
    blocks = [Array(natural.indices)]
    guard Self.total(natural) > width else { return }
    if Self.total(narrowest) <= width {
      widths = Self.narrowed(natural, narrowest, within: width)
      return
    }
    let keys = Array(natural.indices.prefix(keyCount))
    let keyWidths = Self.narrowed(
      keys.map { natural[$0] }, keys.map { narrowest[$0] }, within: max(width / 2, 1))
    widths.replaceSubrange(0..<keys.count, with: keyWidths)
    let rest = width - Self.total(keyWidths) - (keys.isEmpty ? 0 : Self.gap)
    blocks = []
    var block: [Int] = []
    for column in natural.indices.dropFirst(keys.count) {
      widths[column] = max(narrowest[column], min(natural[column], rest))
      let wanted = Self.total((block + [column]).map { widths[$0] })
      if !block.isEmpty, wanted > rest {
        blocks.append(keys + block)
        block = []
      }
      block.append(column)
    }
    blocks.append(keys + block)
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  /// The widest columns made narrower, all to the same width, until they fit or nothing more can be done.
  private static func narrowed(_ natural: [Int], _ narrowest: [Int], within width: Int) -> [Int] {
    func widths(cappedAt cap: Int) -> [Int] { zip(natural, narrowest).map { max($1, min($0, cap)) } }
    var (low, high) = (1, max(natural.max() ?? 1, 1))
    while low < high {
      let cap = (low + high + 1) / 2
      if total(widths(cappedAt: cap)) <= width { low = cap } else { high = cap - 1 }
    }
    return widths(cappedAt: low)
  }
}
