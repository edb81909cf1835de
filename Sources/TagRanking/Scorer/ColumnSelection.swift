/// The blocks that hold some tags, and where in them each tag stands.
struct ColumnSelection {
  /// Blocks, each once, in the order in which the tags need them.
  private(set) var blocks: [Int] = []
  /// By tag: 16 × the place of its block in `blocks` + its lane; -1 for a tag without a column.
  private(set) var lanes: [Int] = []

  /// O(tags + blocks of the model / 64).
  init(_ tags: [Int32], in columns: TagColumns) {
    lanes.reserveCapacity(tags.count)
    let blockCount = (columns.count + WeightTable.width - 1) / WeightTable.width
    var places = [Int32](repeating: -1, count: blockCount)
    for tag in tags {
      guard let column = columns.column(of: tag) else {
        lanes.append(-1)
        continue
      }
      let block = column / WeightTable.width
      if places[block] < 0 {
        places[block] = Int32(blocks.count)
        blocks.append(block)
      }
      lanes.append(Int(places[block]) * WeightTable.width + column % WeightTable.width)
    }
  }
}
