internal import CivilTime
internal import Conversations

/// What an import would make of a file, by its first rows; nothing is written.
public struct FilePreview: Equatable, Sendable {
  /// One column, or key of JSON Lines.
  public struct Column: Equatable, Sendable {
    /// Its name in the file.
    public let header: String
    /// The field that it means; `nil` for one that is not used.
    public let field: String?
    /// The field that has a name like it and no column yet.
    public internal(set) var suggestion: String?
    /// Different values of the first rows, cut short.
    public internal(set) var samples: [String] = []
  }

  /// In the order of the file.
  public private(set) var columns: [Column] = []
  /// Fields that an import needs and no column means.
  public private(set) var missing: [String] = []

  /// Whether a time among the first rows has no offset, so that an import must be told a zone.
  public private(set) var hasLocalTimes = false

  /// The fields that columns mean, and those that they are suggested for.
  private var wanted: [ImportField] {
    columns.compactMap { ($0.field ?? $0.suggestion).flatMap(ImportField.init(header:)) }
  }
  /// Whether a column is, or is suggested for, the end of contacts, without which conversations stay open.
  public var hasEnd: Bool { wanted.contains(.endedAt) }
  /// Whether a column is, or is suggested for, a handling time or a part of one.
  public var hasHandling: Bool { wanted.contains(where: \.isHandling) }

  private static let rowLimit = 50
  private static let sampleLimit = 3
  private static let sampleLength = 24

  /// Reads the beginning of a file.
  package init(_ source: consuming ByteSource, options: ImportOptions) throws(ContactFileFault) {
    var source = source
    switch try JSONRecords.form(of: &source) {
    case .array: throw .jsonArray
    case .lines: try readLines(source, options)
    case .none: try readCSV(source, options)
    }
    let found = Set(columns.compactMap(\.field))
    missing = [ImportField.id, .startedAt].map(\.header).filter { !found.contains($0) }
    var free = ImportField.allCases.filter { !found.contains($0.header) }
    for place in columns.indices where columns[place].field == nil {
      guard let field = ImportField.nearest(to: columns[place].header, among: free),
        Self.isBorneOut(field, by: columns[place].samples)
      else { continue }
      columns[place].suggestion = field.header
      free.removeAll { $0 == field }
    }
    hasLocalTimes = columns.contains { column in
      let field = (column.field ?? column.suggestion).flatMap(ImportField.init(header:))
      return field?.isInstant == true && column.samples.contains(where: Self.isLocalTime)
    }
  }

  /// Whether values can be those of a field that their header only hints at.
  private static func isBorneOut(_ field: ImportField, by samples: [String]) -> Bool {
    guard let first = samples.first else { return !field.isInstant && !field.isHandling }
    if field.isHandling { return samples.allSatisfy { $0.allSatisfy(\.isNumber) } }
    // Tags that are all numbers are durations or counts.
    if field == .tags { return samples.contains { !$0.allSatisfy(\.isNumber) } }
    if field == .state { return samples.allSatisfy { ConversationState(name: $0.lowercased()) != nil } }
    guard field.isInstant else { return true }
    // As a number, an instant of this century has nine digits at least.
    return first.first?.isNumber == true
      && (first.contains("-") || first.count >= 9 && first.allSatisfy(\.isNumber))
  }

  private static func isLocalTime(_ text: String) -> Bool {
    guard let parsed = try? ISO8601.parse(Array(text.utf8).span), case .local = parsed else { return false }
    return true
  }

  private mutating func readCSV(_ source: consuming ByteSource, _ options: ImportOptions)
    throws(ContactFileFault)
  {
    var csv = try CSVReader.opening(source)
    if let fault = options.unknownHeader(among: csv.header) { throw fault }
    for header in csv.header {
      columns.append(Column(header: header, field: options.field(of: header)?.header))
    }
    for _ in 0..<Self.rowLimit {
      do {
        guard try csv.next() else { return }
      } catch {
        throw .csv(error)
      }
      guard csv.fault == nil else { continue }
      for column in 0..<min(csv.fieldCount, columns.count) {
        let cell = trimmed(csv.field(column))
        note(String(decoding: (0..<cell.count).map { cell[$0] }, as: UTF8.self), in: column)
      }
    }
  }

  private mutating func readLines(_ source: consuming ByteSource, _ options: ImportOptions)
    throws(ContactFileFault)
  {
    var lines = LineSource(source, limit: LabelledFile.lineLimit)
    var placeOfKey: [String: Int] = [:]
    for _ in 0..<Self.rowLimit {
      let line: [UInt8]?
      do {
        line = try lines.next()
      } catch {
        throw .csv(.io(errno: error.errno))
      }
      guard var line else { return }
      if lines.line == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
      guard let members = try? JSONParser.object(line) else { continue }
      for (key, value) in members {
        if placeOfKey[key] == nil {
          // As many as a CSV may have columns.
          guard columns.count < CSVLimits.standard.columns else { continue }
          placeOfKey[key] = columns.count
          columns.append(Column(header: key, field: options.field(of: key)?.header))
        }
        note(Self.text(value), in: placeOfKey[key]!)
      }
    }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .bool(let flag): "\(flag)"
    case .number(let text), .string(let text): text
    case .array(let values): values.map(text).joined(separator: ";")
    case .object: "{…}"
    }
  }

  private mutating func note(_ text: String, in column: Int) {
    guard !text.isEmpty, columns[column].samples.count < Self.sampleLimit else { return }
    let short = text.count > Self.sampleLength ? text.prefix(Self.sampleLength) + "…" : text[...]
    if !columns[column].samples.contains(String(short)) { columns[column].samples.append(String(short)) }
  }
}
