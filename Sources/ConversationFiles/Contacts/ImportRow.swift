package import Conversations

/// One row of a contacts file, checked; names are still texts of the file.
package struct ImportRow: Sendable {
  /// The line on which the row begins, from 1.
  package var line: Int
  /// The conversation's id.
  package var id: String
  /// The id's number in the file: ids are numbered from 0 in the order of their first row.
  package var idNumber: Int
  /// Everything but the names: its name fields are empty.
  package var record: ContactRecord
  /// Numbers of texts in the file's ``TextTable``, `nil` for an empty field.
  package var channel: Int?
  package var category: Int?
  package var agent: Int?
  package var group: Int?
  /// Numbers of the tags' texts, as written.
  package var tags: [Int] = []
  /// What the visitor wrote.
  package var text: String?
  /// The fields that it has, where rows of one file differ in that; `nil` for those of the file.
  package var fields: Set<ImportField>?
  /// What stands in the file, where that is kept: see ``ImportOptions/keepsSources``.
  package var source: [[UInt8]] = []
  /// Whether the given handling time is exactly end minus start.
  package var isElapsed = false
}
