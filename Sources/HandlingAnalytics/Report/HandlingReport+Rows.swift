extension HandlingReport {
  /// One row of the answer.
  public struct Row: Equatable, Sendable {
    /// One label a dimension.
    public let labels: [Label]
    /// One figure a measure.
    public let figures: [Figure]

    /// A row of its labels and figures.
    package init(labels: [Label], figures: [Figure]) {
      self.labels = labels
      self.figures = figures
    }
  }

  /// The rows of an answer, kept flat: 4 bytes a label and 16 a figure, so that a million of them fit.
  public struct Rows: RandomAccessCollection, Equatable, Sendable {
    /// What the codes of each dimension stand for.
    private let labels: [[Label]]
    /// `labels.count` codes a row.
    private let codes: [UInt32]
    private let figures: [Figure]
    private let figureCount: Int

    /// 0.
    public let startIndex = 0
    /// The number of rows.
    public let endIndex: Int

    /// - Parameters:
    ///   - labels: what the codes of each dimension stand for.
    ///   - codes: `labels.count` a row.
    ///   - figures: the same number for each row.
    package init(labels: [[Label]], codes: [UInt32], figures: [Figure], count: Int) {
      self.labels = labels
      self.codes = codes
      self.figures = figures
      figureCount = count == 0 ? 0 : figures.count / count
      endIndex = count
    }

    /// Rows given one by one; for answers of few.
    package init(_ rows: [Row]) {
      var tables = [[Label]](repeating: [], count: rows.first?.labels.count ?? 0)
      var codes: [UInt32] = []
      for row in rows {
        for (dimension, label) in row.labels.enumerated() {
          codes.append(UInt32(tables[dimension].count))
          tables[dimension].append(label)
        }
      }
      self.init(labels: tables, codes: codes, figures: rows.flatMap(\.figures), count: rows.count)
    }

    /// The row at a place. O(dimensions + measures).
    public subscript(place: Int) -> Row {
      precondition(place >= 0 && place < endIndex)
      let codes = codes[(place * labels.count)..<((place + 1) * labels.count)]
      return Row(
        labels: zip(labels, codes).map { $0[Int($1)] },
        figures: Array(figures[(place * figureCount)..<((place + 1) * figureCount)]))
    }

    /// Whether the rows show the same. O(cells).
    public static func == (one: Rows, other: Rows) -> Bool { one.elementsEqual(other) }
  }
}
