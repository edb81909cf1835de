internal import Columnar

extension ContactTable {
  /// The keys of the contacts that a question counts, in order: ties by key. The same for any number of slices.
  ///
  /// - Complexity: O(contacts) over the cohort's columns, O(k log k) for the k that count; 16 bytes each.
  package func contacts(
    _ query: HandlingQuery, sortedBy order: ContactOrder, _ setting: QuerySetting, on runner: SliceRunner
  ) throws(QueryFault) -> [Int64] {
    var total = query
    total.dimensions = []
    total.measures = []
    total.order = nil
    let plan = try ScanPlan(total, over: self, setting)
    let slices = max(1, min(runner.sliceCount, blocks.count))
    do {
      let found = try runner.map(slices) { slice throws(ColumnsFault) in
        try listed(
          plan.cohort, order, blocks: stride(from: slice, to: blocks.count, by: slices).map { blocks[$0] })
      }
      var all = found.flatMap(\.self)
      all.sort { ($0.rank, $0.key) < ($1.rank, $1.key) }
      return all.prefix(query.limit ?? .max).map(\.key)
    } catch {
      throw .columns(error)
    }
  }

  private func listed(
    _ cohort: Cohort, _ order: ContactOrder, blocks: [(block: ContactBlock, hidden: Selection?)]
  ) throws(ColumnsFault) -> [(rank: Int64, key: Int64)] {
    var found: [(rank: Int64, key: Int64)] = []
    var ignored = HandlingReport.Basis()
    var rows: [UInt32] = []
    var keys: [Int64] = []
    var values: [Int64] = []
    for (block, hidden) in blocks {
      guard let kept = try cohort.rows(of: block, hidden: hidden, counting: &ignored) else { continue }
      kept.list(below: block.rowCount, into: &rows)
      try block.offsets(.contact).decode(into: &keys)
      try order.values(of: block, into: &values)
      for row in rows {
        let value = values[Int(row)]
        let rank = value == OffsetColumn.missing ? Int64.max : order.isDescending ? -value : value
        found.append((rank, keys[Int(row)]))
      }
    }
    return found
  }
}

extension ContactOrder {
  /// What decides, by row; ``OffsetColumn/missing`` where there is none.
  fileprivate func values(of block: ContactBlock, into values: inout [Int64]) throws(ColumnsFault) {
    switch key {
    case .started: try block.offsets(.startedAt).decode(into: &values)
    case .ended: try block.offsets(.endedAt).decode(into: &values)
    case .reported: try block.offsets(.reportedAt).decode(into: &values)
    case .handling:
      let seconds = try block.numbers(.seconds)
      let span = seconds.span
      values = span.indices.map { span[$0] == missingSeconds ? OffsetColumn.missing : Int64(span[$0]) }
    }
  }
}
