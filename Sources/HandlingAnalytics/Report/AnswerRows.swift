internal import Columnar

/// Gathers the rows of an answer, partition by partition, and puts them in order.
struct AnswerRows: Sendable {
  private let plan: ScanPlan
  /// For each dimension the place of each code in the order of labels.
  private let ranks: [[Int]]
  private var keys: [UInt64] = []
  private var figures: [HandlingReport.Figure] = []
  /// Rows met so far, kept or not.
  private(set) var count = 0
  /// The most rows that are wanted.
  private let most: Int
  /// The most rows that are kept before those that a limit drops are.
  private let mostKept: Int
  /// What the last of the rows wanted is ordered by, once there are enough: those behind it are passed over.
  private var last: Double?

  init(_ plan: ScanPlan) {
    self.plan = plan
    ranks = plan.keys.map { LabelOrder.ranks(of: $0.coding.labels) }
    most = min(plan.query.limit ?? HandlingQuery.rowLimit, HandlingQuery.rowLimit)
    mostKept = plan.query.limit == nil ? most : max(2 * most, 4_096)
  }

  /// Adds the rows of a partition. O(rows), O(n log n) where a limit drops some.
  ///
  /// - Throws: ``QueryFault/tooManyRows``.
  mutating func append(_ partition: Figures) throws(QueryFault) {
    guard !plan.keys.isEmpty else { return }
    if plan.shareRadix > 1 { return try appendShares(partition) }
    let measures = plan.query.measures
    let decisive = plan.query.order?.measure.flatMap { measures.contains($0) ? $0 : nil }
    let groups = partition.merged.keys
    count += groups.count
    for group in groups.indices {
      if let last, let decisive, isBehind(last, partition.figure(decisive, of: group).number) { continue }
      for measure in measures { figures.append(partition.figure(measure, of: group)) }
      keys.append(groups[group])
      if keys.count > mostKept { try dropUnwanted() }
    }
  }

  /// Adds the rows of a partition in which a row is several groups: one for each number of tags.
  private mutating func appendShares(_ partition: Figures) throws(QueryFault) {
    let groups = partition.merged.keys
    var group = 0
    while group < groups.count {
      var next = group + 1
      while next < groups.count, groups[next] / plan.shareRadix == groups[group] / plan.shareRadix {
        next += 1
      }
      figures += partition.ofShares(group..<next)
      keys.append(groups[group])
      count += 1
      group = next
      if keys.count > mostKept { try dropUnwanted() }
    }
  }

  /// Adds the rows of another part of the groups.
  mutating func append(_ other: AnswerRows) throws(QueryFault) {
    keys += other.keys
    figures += other.figures
    count += other.count
    if keys.count > mostKept { try dropUnwanted() }
  }

  /// The rows in order, as many as wanted. O(n log n).
  ///
  /// - Throws: ``QueryFault/tooManyRows``.
  mutating func finish() throws(QueryFault) -> HandlingReport.Rows {
    if keys.count > most { try dropUnwanted() } else { reorder() }
    var codes: [UInt32] = []
    codes.reserveCapacity(keys.count * plan.keys.count)
    for key in keys {
      for place in plan.keys.indices { codes.append(UInt32(plan.code(place, of: key))) }
    }
    return HandlingReport.Rows(
      labels: plan.keys.map(\.coding.labels), codes: codes, figures: figures,
      count: keys.count)
  }

  /// Rows that a limit will drop are not kept for long.
  private mutating func dropUnwanted() throws(QueryFault) {
    guard let limit = plan.query.limit, limit <= HandlingQuery.rowLimit else { throw .tooManyRows }
    reorder()
    if keys.count == most, most > 0, let order = plan.query.order, order.measure != nil {
      last = value(of: most - 1, order.key)
    }
  }

  /// Whether a row comes after the last of those wanted, whatever its labels.
  private func isBehind(_ last: Double, _ number: Double?) -> Bool {
    guard let number else { return true }
    return plan.query.order?.isDescending == true ? number < last : number > last
  }

  /// Puts the rows in order and keeps those that are wanted.
  private mutating func reorder() {
    let width = plan.query.measures.count
    let order = order(min(most, keys.count))
    if order.count == keys.count, zip(order, order.dropFirst()).allSatisfy(<) { return }
    keys = order.map { keys[$0] }
    figures = order.flatMap { figures[($0 * width)..<(($0 + 1) * width)] }
  }

  /// The first rows in order, as many as wanted. O(n) for few of many, else O(n log n).
  private func order(_ most: Int) -> [Int] {
    let labelRanks = keys.map(labelRank)
    guard let order = plan.query.order else {
      // Keys ascend, and so do names where codes were given in their order.
      if zip(labelRanks, labelRanks.dropFirst()).allSatisfy(<) { return Array(keys.indices.prefix(most)) }
      return Self.first(most, of: keys.indices) { labelRanks[$0] < labelRanks[$1] }
    }
    let values = keys.indices.map { value(of: $0, order.key) }
    return Self.first(most, of: keys.indices) { one, other in
      switch (values[one], values[other]) {
      case (let first?, let second?) where first != second:
        return order.isDescending ? first > second : first < second
      case (.some, nil): return true
      case (nil, .some): return false
      default: return labelRanks[one] < labelRanks[other]
      }
    }
  }

  /// The first of some rows, in order. Twice as many as wanted are kept at most; one that does not come before the last
  /// of those wanted so far is passed over.
  private static func first(_ most: Int, of rows: Range<Int>, _ precedes: (Int, Int) -> Bool) -> [Int] {
    guard most < rows.count / 2 else { return Array(rows.sorted(by: precedes).prefix(most)) }
    var kept: [Int] = []
    var last: Int?
    for row in rows {
      if let last, !precedes(row, last) { continue }
      kept.append(row)
      guard kept.count >= 2 * most else { continue }
      kept.sort(by: precedes)
      kept.removeLast(kept.count - most)
      last = kept.last
    }
    return Array(kept.sorted(by: precedes).prefix(most))
  }

  /// All labels as one number that sorts like them.
  private func labelRank(_ key: UInt64) -> UInt64 {
    var rank: UInt64 = 0
    for place in ranks.indices {
      rank += plan.keys[place].stride * UInt64(ranks[place][plan.code(place, of: key)])
    }
    return rank
  }

  /// What a row is ordered by; `nil` comes last.
  private func value(of row: Int, _ key: HandlingQuery.Order.Key) -> Double? {
    switch key {
    case .measure(let measure):
      guard let place = plan.query.measures.firstIndex(of: measure) else { return nil }
      switch figures[row * plan.query.measures.count + place] {
      case .whole(let number): return Double(number)
      case .real(let number): return number
      case .none: return nil
      }
    case .dimension(let dimension):
      guard let place = plan.query.dimensions.firstIndex(of: dimension) else { return nil }
      let code = plan.code(place, of: keys[row])
      return plan.keys[place].coding.labels[code] == .missing ? nil : Double(ranks[place][code])
    }
  }
}

extension HandlingQuery.Order {
  /// The measure that rows are ordered by, if it is one.
  fileprivate var measure: Measure? { if case .measure(let measure) = key { measure } else { nil } }
}
