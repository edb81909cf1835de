internal import Conversations

/// What became of the rows of one chunk; lines count from 0, the line that the chunk begins on.
package struct ChunkTally: Sendable {
  /// Rows, taken or not.
  package var rows = 0
  /// Lines, blank ones too.
  package var lines = 0
  package var refused = RefusedRows()
  /// Rows taken with each flag, in the order of ``ContactFlags/names``.
  package var flagged = [Int](repeating: 0, count: ContactFlags.names.count)
  package var givenRows = 0
  package var elapsedRows = 0
  /// In which units instants were whole numbers.
  package var unixTimes: UnixTimes = []
  /// Whether a conversation has not ended, as far as its one row tells.
  package var hasOpen = false
  /// Whether no id is less than the one before: by length, then by bytes.
  package var idsAscend = true
  /// Rows whose id is that of the row before.
  package var repeats: [UInt32] = []
  /// Where rows begin to stand on other lines than their number: the row, and by how much.
  private var lineJumps: [(row: Int, by: Int)] = []
  private var lastJump = 0
  /// What ended the reading of the file in this chunk; a line in it counts as the others do.
  package var failure: ContactFileFault?

  package init() {}

  /// The line on which a row taken begins.
  package func line(ofRow row: Int) -> Int {
    var low = 0
    var high = lineJumps.count
    while low < high {
      let middle = (low + high) / 2
      if lineJumps[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    return row + (low > 0 ? lineJumps[low - 1].by : 0)
  }

  /// Notes the line of a row that is taken.
  @inline(__always)
  mutating func note(row: Int) {
    let jump = lines &- row
    guard jump != lastJump else { return }
    lastJump = jump
    lineJumps.append((row, jump))
  }

  mutating func reject(_ rejection: RowRejection) { refused.add(rejection) }

  mutating func count(_ flags: ContactFlags) {
    for (place, entry) in ContactFlags.names.enumerated() where flags.contains(entry.flag) {
      flagged[place] += 1
    }
  }
}
