internal import Conversations

/// Reads a mapping file: a CSV with the columns `category` and `tag`, one pair a row.
package struct MappingFile: ~Copyable {
  /// One pair of names.
  package struct Pair: Equatable, Sendable {
    package let line: Int
    package let category: String
    package let tag: String
  }

  private var csv: CSVReader
  private let categoryColumn: Int
  private let tagColumn: Int

  /// Opens a file by reading its header.
  package init(_ source: consuming ByteSource) throws(ContactFileFault) {
    let csv = try CSVReader.opening(source)
    let category = try Self.column(.category, in: csv.header)
    let tag = try Self.column(.tags, in: csv.header)
    categoryColumn = category
    tagColumn = tag
    self.csv = csv
  }

  private static func column(_ field: ImportField, in header: [String]) throws(ContactFileFault) -> Int {
    let columns = header.indices.filter { ImportField(header: header[$0]) == field }
    guard let first = columns.first else { throw .missingColumn(field, found: header) }
    guard columns.count == 1 else { throw .repeatedColumn(field, header[first], header[columns[1]]) }
    return first
  }

  /// The next pair, or why its row is refused; `nil` at the end.
  package mutating func next() throws(ContactFileFault) -> Result<Pair, RowRejection>? {
    do {
      guard try csv.next() else { return nil }
    } catch {
      throw .csv(error)
    }
    do throws(RowRejection) {
      if let fault = csv.fault { throw RowRejection(line: csv.line, fault, header: csv.header) }
      return .success(
        Pair(line: csv.line, category: try name(categoryColumn), tag: try name(tagColumn)))
    } catch {
      return .failure(error)
    }
  }

  private func name(_ column: Int) throws(RowRejection) -> String {
    let bytes = trimmed(csv.field(column))
    let header = csv.header[column]
    guard bytes.count > 0 else { throw RowRejection(line: csv.line, column: header, reason: .missingValue) }
    guard bytes.count <= Bounds.idBytes else {
      throw RowRejection(line: csv.line, column: header, reason: .tooLong(limit: Bounds.idBytes))
    }
    return String(copying: bytes)
  }
}
