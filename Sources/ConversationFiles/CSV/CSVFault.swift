/// Why a CSV file cannot be read, or not be read on: nothing after the fault can be trusted.
package enum CSVFault: Error, Equatable {
  /// The file holds no record at all, so it has no header.
  case empty
  /// The file is UTF-16: it begins with that byte order mark, or every other byte of its header is NUL.
  case utf16
  /// A quote that opens a field on `line` (1-based) is not closed before the file, or the largest
  /// permitted record, ends.
  case unterminatedQuote(line: Int)
  /// The record that begins on `line` (1-based) is longer than `limit` bytes.
  case recordTooLong(line: Int, limit: Int)
  /// The header has more than `limit` columns.
  case tooManyColumns(limit: Int)
  /// The header record is readable but wrong.
  case headerFault(RecordFault)
  /// The system refused to read; the code is one of `errno.h`.
  case io(errno: Int32)
}
