internal import Columnar

extension ContactTable {
  /// Reads every byte of some columns and does nothing with them: the least that a question over them can cost.
  ///
  /// - Parameter columns: by name, as ``HandlingReport/Effort`` has them.
  /// - Returns: a sum that depends on every byte, so that none of the reading can be left out.
  package func readAll(_ columns: Set<String>, on runner: SliceRunner) throws(ColumnsFault) -> UInt64 {
    let wanted = ColumnID.allCases.filter { columns.contains("\($0)") }
    let slices = max(1, min(runner.sliceCount, blocks.count))
    let sums = try runner.map(slices) { slice throws(ColumnsFault) in
      var sum: UInt64 = 0
      for place in stride(from: slice, to: blocks.count, by: slices) {
        for column in wanted { sum &+= try blocks[place].block.sum(of: column) }
      }
      return sum
    }
    return sums.reduce(0, &+)
  }
}
