internal import ReportRendering
internal import WrapUpEngine

/// Refused rows as a CSV: line, column and reason, then the row as the file has it.
///
/// What is mended can be imported from there: no import knows the first three columns.
final class RejectsFile {
  private var file: LineFile
  private var hasHeader = false

  /// - Throws: ``UsageError`` when it would replace the file that is read.
  init(_ path: String, of input: String, _ arguments: Arguments) throws {
    if path == "-" { throw arguments.error("--rejects needs a file: standard output has the ledger") }
    file = try LineFile(path)
    try file.refuseReplacing([input] + arguments.all("--mapping"), "--rejects", arguments)
  }

  func write(_ rejection: RowRejection, header: [String]) {
    if !hasHeader { record(["rejectedLine", "rejectedColumn", "rejectedReason"] + header) }
    hasHeader = true
    record(
      ["\(rejection.line)", rejection.column ?? "", RejectionPhrases.phrase(for: rejection.reason)]
        + rejection.source)
  }

  func close() throws { try file.close() }

  /// Leaves the file empty: the import has failed, and refused nothing.
  func discard() { file.discard() }

  private func record(_ fields: [String]) { file.write(String(CSVText.record(fields).dropLast())) }
}
