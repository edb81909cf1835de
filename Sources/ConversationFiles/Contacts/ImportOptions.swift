package import CivilTime
package import Conversations

/// How a contacts file is read.
package struct ImportOptions: Sendable {
  /// The zone of local times; without one they are refused.
  package var zone: TimeZoneRules?
  /// Longest handling time taken, seconds.
  package var maxDuration = Bounds.durationSeconds
  /// Take end minus start where there is no handling time.
  package var derivesHandling = false

  /// Headers that mean a field whatever they say, and whatever else in the file might mean it.
  package var headers: [ImportField: String] = [:]
  /// Whether rows and refusals carry what stands in the file.
  package var keepsSources = false

  package init() {}

  /// The first header that was said to mean a field and that a CSV lacks, if one is.
  func unknownHeader(among found: [String]) -> ContactFileFault? {
    headers.filter { !found.contains($0.value) }.min { $0.key.rawValue < $1.key.rawValue }
      .map { .unknownHeader($0.key, $0.value, found: found) }
  }

  /// The field that a header of a file means.
  func field(of header: String) -> ImportField? {
    if !headers.isEmpty,
      let mapped = headers.filter({ $0.value == header }).keys.min(by: { $0.rawValue < $1.rawValue })
    {
      return mapped
    }
    guard let field = ImportField(header: header), headers[field] == nil else { return nil }
    return field
  }
}

/// Why a contacts file can't be imported at all.
package enum ContactFileFault: Error, Equatable {
  case csv(CSVFault)
  /// No column is called `id` or `startedAt`, or a synonym.
  case missingColumn(ImportField, found: [String])
  /// Two columns mean one field.
  case repeatedColumn(ImportField, String, String)
  /// More conversations, or longer ids, than one file may have.
  case tooManyConversations
  /// A header that was said to mean a field is not in the file.
  case unknownHeader(ImportField, String, found: [String])
  /// One JSON array instead of an object a line.
  case jsonArray
  /// The file is packed, or a spreadsheet, which is a packed folder.
  case archive(ArchiveForm)
}

/// Forms of packed files, by their first bytes.
public enum ArchiveForm: CaseIterable, Sendable {
  case gzip, zip, zstd

  var mark: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B]
    case .zip: [0x50, 0x4B, 0x03, 0x04]
    case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
    }
  }
}
