/// What a CSV reader puts up with; together they bound its memory whatever the input.
package struct CSVLimits: Equatable, Sendable {
  /// The longest unescaped field, in bytes.
  package var field: Int
  /// The longest record as it stands in the file, without its line feed, in bytes.
  package var record: Int
  /// The most columns of a header, and the most fields of a record that are kept.
  package var columns: Int
  /// What the reader's buffer holds at first, in bytes. It doubles for long records, and stays
  /// below four times `record` unless it began there.
  package var buffer: Int

  /// Unless told otherwise, the limits of an import.
  package init(
    field: Int = 1_048_576, record: Int = 8_388_608, columns: Int = 4096,
    buffer: Int = ByteSource.readSize
  ) {
    self.field = field
    self.record = record
    self.columns = columns
    self.buffer = buffer
  }

  /// The limits of an import.
  package static let standard = CSVLimits()
}
