/// A small table of facts, in each of the forms that a command can be asked for.
///
/// People read ``Cell/share(_:low:high:)`` as "83.1% (79.0 to 86.6)"; in CSV and JSON it is three fields, the limits
/// under the column's name with `_low` and `_high`.
package struct RecordTable {
  /// The forms a table can be given in.
  package enum Form: String, CaseIterable, Sendable {
    case table, csv, json, markdown
  }

  /// One value.
  package enum Cell: Equatable, Sendable {
    case text(String)
    case count(Int)
    /// A number, with so many decimals for people.
    case number(Double, places: Int)
    /// A part of 1 with the limits of its interval; all `nil` where there are no cases.
    case share(Double?, low: Double?, high: Double?)
    case missing
  }

  /// One column.
  package struct Column: Sendable {
    /// Its title and its name in CSV and JSON.
    package let name: String
    let alignment: AlignedTable.Alignment
    let isShare: Bool
    /// Whether its cells are to be copied as they are.
    var isWhole = false

    /// A column of words.
    package static func words(_ name: String) -> Column {
      Column(name: name, alignment: .left, isShare: false)
    }
    /// A column of command lines, to be copied: they are never broken.
    package static func commands(_ name: String) -> Column {
      Column(name: name, alignment: .left, isShare: false, isWhole: true)
    }
    /// A column of counts or other numbers.
    package static func numbers(_ name: String) -> Column {
      Column(name: name, alignment: .right, isShare: false)
    }
    /// A column of shares.
    package static func shares(_ name: String) -> Column {
      Column(name: name, alignment: .right, isShare: true)
    }
  }

  private let columns: [Column]
  private let rows: [[Cell]]
  private let hasTotal: Bool
  private let notes: [String]

  /// - Parameters:
  ///   - rows: as many cells each as there are columns.
  ///   - hasTotal: whether the first row stands for all.
  ///   - notes: sentences below the table, for people.
  package init(_ columns: [Column], rows: [[Cell]], hasTotal: Bool = false, notes: [String] = []) {
    precondition(rows.allSatisfy { $0.count == columns.count })
    self.columns = columns
    self.rows = rows
    self.hasTotal = hasTotal
    self.notes = notes
  }

  /// The table as text that ends with a newline.
  ///
  /// - Parameters:
  ///   - facts: members that come before `total` and `rows` in JSON, as JSON.
  ///   - screen: where a table is shown.
  package func text(as form: Form, facts: [(name: String, json: String)] = [], on screen: Screen = .plain)
    -> String
  {
    switch form {
    case .table: table(on: screen)
    case .markdown: markdown
    case .csv: csv
    case .json: json(facts)
    }
  }

  private func table(on screen: Screen) -> String {
    let table = AlignedTable(
      columns.map { ($0.name, $0.alignment) }, wholeColumn: columns.firstIndex(where: \.isWhole))
    let rows = rows.enumerated().map { place, row in
      AlignedTable.Row(row.map(\.readable), isStrong: hasTotal && place == 0)
    }
    return table.text(rows, on: screen) + (notes.isEmpty ? "" : "\n")
      + notes.map { screen.lines(of: PrintableText.of($0)) }.joined()
  }

  private var markdown: String {
    var text = ""
    MarkdownRendering.write(columns.map { ($0.name, $0.alignment) }, rows.map { $0.map(\.readable) }) {
      text += $0
    }
    if !notes.isEmpty { text += "\n" + notes.map(MarkdownRendering.escaped).joined(separator: "\\\n") + "\n" }
    return text
  }

  private var csv: String {
    let header = columns.flatMap { Self.fields($0) }
    return CSVText.record(header)
      + rows.map { row in CSVText.record(zip(columns, row).flatMap { $1.exact(isShare: $0.isShare) }) }
      .joined()
  }

  private func json(_ facts: [(name: String, json: String)]) -> String {
    let objects = rows.map { row in
      JSONText.object(
        zip(columns, row).flatMap { column, cell in
          Array(zip(Self.fields(column), cell.json(isShare: column.isShare)))
        })
    }
    var members = facts
    if hasTotal, let total = objects.first { members.append(("total", total)) }
    members.append(("rows", JSONText.array(Array(objects.dropFirst(hasTotal ? 1 : 0)))))
    return JSONText.object(members) + "\n"
  }

  private static func fields(_ column: Column) -> [String] {
    column.isShare ? [column.name, "\(column.name)_low", "\(column.name)_high"] : [column.name]
  }
}

extension RecordTable.Cell {
  fileprivate var readable: String {
    switch self {
    case .text(let text): text
    case .count(let count): FigureText.grouped(count)
    case .number(let number, let places): FigureText.decimal(number, places: places)
    case .share(let share?, let low?, let high?):
      "\(Self.percent(share))% (\(Self.percent(low)) to \(Self.percent(high)))"
    case .share(let share?, _, _): "\(Self.percent(share))%"
    case .share, .missing: "–"
    }
  }

  private static func percent(_ share: Double) -> String { FigureText.decimal(share * 100, places: 1) }

  /// Every digit; three fields of a share.
  fileprivate func exact(isShare: Bool) -> [String] {
    switch self {
    case .text(let text): [text]
    case .count(let count): ["\(count)"]
    case .number(let number, _): [number.exactText]
    case .share(let share, let low, let high): [share, low, high].map { $0?.exactText ?? "" }
    case .missing: Array(repeating: "", count: isShare ? 3 : 1)
    }
  }

  fileprivate func json(isShare: Bool) -> [String] {
    switch self {
    case .text(let text): [JSONText.string(text)]
    case .count(let count): ["\(count)"]
    case .number(let number, _): [JSONText.number(number)]
    case .share(let share, let low, let high): [share, low, high].map { $0.map(JSONText.number) ?? "null" }
    case .missing: Array(repeating: "null", count: isShare ? 3 : 1)
    }
  }
}
