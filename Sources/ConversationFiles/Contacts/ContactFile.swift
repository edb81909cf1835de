internal import CivilTime
package import Conversations

/// Reads a contacts file row by row: one row is one contact.
///
/// Texts are numbered, not copied; memory is that of the different names, whatever the number of rows.
package struct ContactFile: ~Copyable {
  private var csv: CSVReader
  let options: ImportOptions
  /// The column of each field, by the field's raw value; -1 when the file lacks it.
  private let columns: [Int]
  /// Headers that name no field; of JSON Lines, keys met so far.
  package var unusedHeaders: [String] { lines?.unusedKeys ?? unusedColumns }
  private let unusedColumns: [String]
  /// The different names of the file.
  package let texts = TextTable()
  private let ids = TextTable(keepsTexts: false)
  private let tagCells = TagCells()
  private let unixTimesMet = UnixTimes.Met()
  /// Whether ids are numbered; single records have none.
  private let numbersIDs: Bool
  /// Where the records come from in a file of JSON Lines; `nil` in a CSV.
  private let lines: JSONRecords?

  /// Opens a file by its first bytes: JSON Lines begin with a brace, everything else has the header of a CSV.
  package init(_ source: consuming ByteSource, options: ImportOptions) throws(ContactFileFault) {
    var source = source
    switch try JSONRecords.form(of: &source) {
    case .array: throw .jsonArray
    case .lines: self.init(JSONRecords(source, options: options), options: options)
    case .none: try self.init(try CSVReader.opening(source), options: options)
    }
  }

  private init(_ csv: consuming CSVReader, options: ImportOptions) throws(ContactFileFault) {
    if let fault = options.unknownHeader(among: csv.header) { throw fault }
    var columns = [Int](repeating: -1, count: ImportField.allCases.count)
    var unused: [String] = []
    var headers: [String?] = Array(repeating: nil, count: ImportField.allCases.count)
    for (column, header) in csv.header.enumerated() {
      guard let field = options.field(of: header) else {
        unused.append(header)
        continue
      }
      if let other = headers[field.rawValue] { throw .repeatedColumn(field, other, header) }
      headers[field.rawValue] = header
      columns[field.rawValue] = column
    }
    for field in [ImportField.id, .startedAt] where headers[field.rawValue] == nil {
      throw .missingColumn(field, found: csv.header)
    }
    self.options = options
    self.columns = columns
    unusedColumns = unused
    fields = Set(ImportField.allCases.filter { headers[$0.rawValue] != nil })
    self.csv = csv
    numbersIDs = true
    lines = nil
  }

  /// A file of JSON Lines: its objects are read as records that have every field.
  private init(_ lines: JSONRecords, options: ImportOptions) {
    self.options = options
    columns = ImportField.allCases.map(\.rawValue)
    unusedColumns = []
    fields = Set(ImportField.allCases)
    csv = CSVReader(
      records: ImportField.allCases.map(\.header), delimiter: CSVByte.comma, limits: .standard)
    numbersIDs = true
    self.lines = lines
  }

  /// The columns of what rows and refusals say stands in the file: see ``ImportOptions/keepsSources``.
  package var header: [String] { lines == nil ? csv.header : ["line"] }
  /// Whether it is a CSV, which can be cut into chunks.
  package var isCSV: Bool { lines == nil }

  /// A reader for single records of the same file; see ``row(of:line:)``.
  init(recordsOf file: borrowing ContactFile) {
    options = file.options
    columns = file.columns
    unusedColumns = file.unusedColumns
    fields = file.fields
    csv = CSVReader(records: file.csv.header, delimiter: file.csv.delimiter, limits: file.csv.limits)
    numbersIDs = false
    lines = nil
  }

  /// Reads one record that was found elsewhere; `nil` when it is blank.
  ///
  /// - Parameter line: the line it begins on.
  mutating func row(of record: UnsafeRawBufferPointer, line: Int) throws(ContactFileFault)
    -> Result<ImportRow, RowRejection>?
  {
    unsafe csv.load(record, line: line)
    return try next()
  }

  /// The line behind the last record.
  var nextLine: Int { csv.nextLine }

  /// The byte between two fields.
  var delimiter: UInt8 { csv.delimiter }

  /// What each column holds; `nil` for one that is not used.
  var fieldOfColumn: [ImportField?] {
    var found = [ImportField?](repeating: nil, count: csv.header.count)
    for field in ImportField.allCases where columns[field.rawValue] >= 0 {
      found[columns[field.rawValue]] = field
    }
    return found
  }

  /// Hands over what follows the header as bytes; no row can be read any more.
  mutating func pass(into target: inout [UInt8], at range: Range<Int>) throws(ContactFileFault) -> Int {
    do {
      return try csv.pass(into: &target, at: range)
    } catch {
      throw .csv(error)
    }
  }

  /// The fields that the file has columns for.
  package let fields: Set<ImportField>
  /// Bytes of the input read so far.
  package var bytesConsumed: Int { lines?.bytesConsumed ?? csv.bytesConsumed }
  /// Bytes of the whole input, if that can be known.
  var byteCount: Int? { csv.byteCount }
  /// The line on which the last row began.
  package var line: Int { csv.line }

  /// The next row, or why it is refused; `nil` at the end.
  ///
  /// - Throws: only what ends the reading of the file.
  package mutating func next() throws(ContactFileFault) -> Result<ImportRow, RowRejection>? {
    if let lines {
      guard let read = try lines.next() else { return nil }
      switch read {
      case .success(let record): unsafe record.withUnsafeBytes { unsafe csv.load($0, line: lines.line) }
      case .failure(let rejection): return .failure(rejection)
      }
    }
    do {
      guard try csv.next() else { return nil }
    } catch {
      throw .csv(error)
    }
    do throws(RowRejection) {
      if let fault = csv.fault { throw RowRejection(line: csv.line, fault, header: csv.header) }
      var row = try row()
      row.fields = lines?.present
      row.source = source
      return .success(row)
    } catch {
      var rejection = error
      rejection.source = source
      return .failure(rejection)
    }
  }

  /// The current record as it stands in the file, if that is kept.
  private var source: [[UInt8]] {
    guard options.keepsSources else { return [] }
    if let lines { return [lines.bytes] }
    return (0..<csv.fieldCount).map { index in
      let bytes = csv.field(index)
      return (0..<bytes.count).map { bytes[$0] }
    }
  }

  /// In which units instants were whole numbers so far.
  package var unixTimes: UnixTimes { unixTimesMet.units }

  /// Notes that an instant was a whole number.
  func note(_ unit: UnixTimes) { unixTimesMet.units.formUnion(unit) }

  /// Whether the file has a column for the field.
  func has(_ field: ImportField) -> Bool {
    lines.map { $0.key(of: field) != nil } ?? (columns[field.rawValue] >= 0)
  }

  /// The trimmed bytes of a field; empty when the file lacks it.
  @_lifetime(borrow self)
  func cell(_ field: ImportField) -> Span<UInt8> {
    let column = columns[field.rawValue]
    guard column >= 0 else { return Span() }
    return trimmed(csv.field(column))
  }

  /// A refusal that blames one field.
  func rejection(_ field: ImportField, _ reason: RowRejection.Reason) -> RowRejection {
    let column = columns[field.rawValue]
    guard column >= 0 else { return RowRejection(line: csv.line, column: field.header, reason: reason) }
    return RowRejection(
      line: csv.line, column: lines?.key(of: field) ?? csv.header[column],
      value: field == .note || field == .text ? nil : text(field),
      reason: reason)
  }

  /// A field as text; `nil` when it is empty.
  func text(_ field: ImportField) -> String? {
    let bytes = cell(field)
    guard bytes.count > 0 else { return nil }
    return String(copying: bytes)
  }

  /// The number of the row's id.
  func idNumber() -> Int {
    numbersIDs ? ids.number(of: cell(.id)) : 0
  }

  /// The number of a field's text in ``texts``; `nil` when it is empty.
  mutating func name(_ field: ImportField) throws(RowRejection) -> Int? {
    guard cell(field).count > 0 else { return nil }
    guard cell(field).count <= Bounds.idBytes else { throw rejection(field, .tooLong(limit: Bounds.idBytes)) }
    let column = columns[field.rawValue]
    return texts.number(of: trimmed(csv.field(column)))
  }

  /// The numbers of the tags in the tags field.
  mutating func tags() throws(RowRejection) -> [Int] {
    guard cell(.tags).count > 0 else { return [] }
    guard cell(.tags).count <= TagCells.cellLimit else {
      throw rejection(.tags, .tooLong(limit: TagCells.cellLimit))
    }
    let column = columns[ImportField.tags.rawValue]
    if let known = tagCells.known(trimmed(csv.field(column))) { return known }
    let names = TagCells.split(cell(.tags))
    for name in names where name.count > Bounds.idBytes {
      throw rejection(.tags, .tooLong(limit: Bounds.idBytes))
    }
    let numbers = names.map { texts.number(of: $0.span) }
    tagCells.remember(trimmed(csv.field(column)), numbers)
    return numbers
  }
}

extension CSVReader {
  /// Opens a source as the reader of a conversation file.
  static func opening(_ source: consuming ByteSource) throws(ContactFileFault) -> CSVReader {
    do {
      return try CSVReader(source)
    } catch {
      throw .csv(error)
    }
  }
}

/// The bytes without spaces and tabs around them.
@_lifetime(copy bytes)
func trimmed(_ bytes: Span<UInt8>) -> Span<UInt8> {
  var start = 0
  var end = bytes.count
  while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
  while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
  return bytes.extracting(start..<end)
}

extension String {
  /// The text in UTF-8 bytes that were validated before.
  init(copying bytes: Span<UInt8>) {
    // Safe: the CSV reader refuses records that are not UTF-8, and cells are cut at ASCII bytes only.
    self.init(copying: unsafe UTF8Span(unchecked: bytes))
  }
}
