import ReportRendering
import Testing
import WrapUpEngine

/// Holds an answer to what SQLite says of the same store: the question as SQL, run on the rows themselves.
enum SQLTruth {
  static func expect(_ report: HandlingReport, of wrapup: WrapUp, _ hint: String) throws {
    let explanation = try wrapup.explain(report.query)
    guard case .sql(let sql) = explanation.statement else {
      Issue.record("\(hint): no SQL, \(explanation.statement)")
      return
    }
    expect(try StoreSQL.answer(to: sql, of: wrapup.path), agreesWith: try report.rendered(as: .csv), hint)
  }

  /// Header, rows in their order and figures; numbers with a fraction agree to 1e-9.
  static func expect(
    _ found: (header: [String], rows: [[String]]), agreesWith csv: String, _ hint: String
  ) {
    var records = CSVTable.records(csv)
    #expect(found.header == records.removeFirst(), "\(hint)")
    #expect(found.rows.count == records.count, "\(hint)")
    for (row, record) in zip(found.rows, records) {
      let agrees = zip(row, record).allSatisfy { value, field in
        if value == field { return true }
        guard let one = Double(value), let other = Double(field) else { return false }
        return field.contains(".") || field.contains("e") ? CSVTable.agree(value, field) : one == other
      }
      #expect(agrees, "\(hint): \(row), not \(record)")
    }
  }
}
