/// Why one record is to be rejected although its end is known, so that reading continues behind it.
///
/// A record with several faults reports the first of: text after a quote or a long field, whichever
/// comes first; the number of fields; NUL or bad UTF-8, whichever field comes first, NUL before UTF-8
/// within a field. Columns are 1-based.
package enum RecordFault: Error, Equatable {
  /// Bytes follow the closing quote of a field.
  case textAfterQuote(column: Int)
  /// The unescaped field is longer than `limit` bytes.
  case fieldTooLong(column: Int, limit: Int)
  /// The record has another number of fields than the header.
  case fieldCount(found: Int, expected: Int)
  /// The field holds a NUL byte.
  case nul(column: Int)
  /// The field is not UTF-8.
  case invalidUTF8(column: Int)

  /// The column to blame, from 1.
  package var column: Int? {
    switch self {
    case .textAfterQuote(let column), .fieldTooLong(let column, _), .nul(let column),
      .invalidUTF8(let column):
      column
    case .fieldCount: nil
    }
  }
}
