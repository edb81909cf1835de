internal import ReportRendering
internal import WrapUpEngine

/// Refused rows as a CSV: line, column and reason, then the row as the file has it, byte for byte.
///
/// What is mended can be imported from there, and what is refused of it again comes back in the same columns.
final class RejectsFile {
  private static let columns = ["rejectedLine", "rejectedColumn", "rejectedReason"]

  private var file: LineFile
  private var hasHeader = false
  /// The columns of the file that are not of an earlier round.
  private var kept: [Int] = []

  /// - Throws: ``UsageError`` when it would replace the file that is read.
  init(_ path: String, of input: String, _ arguments: Arguments) throws {
    if path == "-" { throw arguments.error("--rejects needs a file: standard output has the ledger") }
    file = try LineFile(path)
    try file.refuseReplacing([input] + arguments.all("--mapping"), "--rejects", arguments)
  }

  func write(_ rejection: RowRejection, header: [String]) {
    if !hasHeader {
      kept = header.indices.filter { !Self.columns.contains(header[$0]) }
      file.write(CSVText.line(Self.columns.map { Array($0.utf8) } + kept.map { Array(header[$0].utf8) }))
      hasHeader = true
    }
    let reason = [
      "\(rejection.line)", rejection.column ?? "", RejectionPhrases.phrase(for: rejection.reason),
    ]
    // A row of too many fields has some that no column stands for.
    let fields = rejection.source.indices.filter { $0 >= header.count || kept.contains($0) }
    file.write(CSVText.line(reason.map { Array($0.utf8) } + fields.map { rejection.source[$0] }))
  }

  func close() throws { try file.close() }

  /// Leaves the file empty: the import has failed, and refused nothing.
  func discard() { file.discard() }
}
