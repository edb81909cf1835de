// Feeds arbitrary bytes to the readers of JSON Lines: they must not trap, what they say must not depend on how the bytes
// arrive, and what they take must be sound. Not part of a test target; `.ci/fuzz` builds and runs it as one module
// with the sources of ConversationFiles.

internal import Conversations

/// The first byte chooses the chunk size, the rest is the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSONRecords(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: the fuzzer passes `count` readable bytes.
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  let chunk = Int(choice) % 16 + 1
  checkParser(bytes)
  precondition(form(of: bytes, chunk: .max) == form(of: bytes, chunk: chunk), "the chunks show in the form")
  let whole = transcript(of: bytes, chunk: .max)
  precondition(whole == transcript(of: bytes, chunk: chunk), "the chunks show in the records")
  if whole.failure == nil { checkContacts(bytes, count: whole.lines.count) }
  precondition(labelled(bytes, chunk: .max) == labelled(bytes, chunk: chunk), "the chunks show in the rows")
  return 0
}

private func form(of bytes: [UInt8], chunk: Int) -> JSONRecords.Form? {
  var source = ByteSource(bytes: bytes, chunk: chunk)
  return try? JSONRecords.form(of: &source)
}

/// Everything that is said about a file as one of contacts.
private struct Transcript: Equatable {
  var records: [[UInt8]] = []
  var rejections: [RowRejection] = []
  var lines: [Int] = []
  var fields: [Set<ImportField>] = []
  var unusedKeys: [String] = []
  var consumed = 0
  var failure: ContactFileFault?
}

private func transcript(of bytes: [UInt8], chunk: Int) -> Transcript {
  var options = ImportOptions()
  options.keepsSources = true
  let reader = JSONRecords(ByteSource(bytes: bytes, chunk: chunk), options: options)
  var transcript = Transcript()
  do {
    while let next = try reader.next() {
      transcript.lines.append(reader.line)
      switch next {
      case .success(let record):
        check(record)
        transcript.records.append(record)
        transcript.fields.append(reader.present)
      case .failure(let rejection):
        precondition(rejection.line == reader.line && rejection.source == [reader.bytes])
        transcript.rejections.append(rejection)
      }
    }
    // The last line may lack its line feed, which is counted.
    precondition(0...bytes.count + 1 ~= reader.bytesConsumed, "more was read than there is")
  } catch {
    transcript.failure = error
  }
  transcript.unusedKeys = reader.unusedKeys
  transcript.consumed = reader.bytesConsumed
  return transcript
}

private let header = ImportField.allCases.map(\.header)

/// A record that was made is one of CSV with every field, whatever its texts hold besides NUL.
private func check(_ record: [UInt8]) {
  var csv = CSVReader(records: header, delimiter: CSVByte.comma, limits: .standard)
  unsafe record.withUnsafeBytes { unsafe csv.load($0, line: 1) }
  let isRead = try? csv.next()
  precondition(isRead == true && csv.fieldCount == header.count, "a record lacks fields")
  switch csv.fault {
  case nil, .nul: return
  default: preconditionFailure("a record cannot be read")
  }
}

/// Every line is a row or a refusal, and refusals blame a line of the file.
private func checkContacts(_ bytes: [UInt8], count: Int) {
  guard form(of: bytes, chunk: .max) == .lines else { return }
  guard var file = try? ContactFile(ByteSource(bytes: bytes), options: ImportOptions()) else {
    preconditionFailure("lines that are none")
  }
  var answers = 0
  while let next = try? file.next() {
    answers += 1
    if case .success(let row) = next { precondition(!row.id.isEmpty && row.tags.allSatisfy { $0 >= 0 }) }
  }
  precondition(answers == count, "a line without an answer")
}

private func labelled(_ bytes: [UInt8], chunk: Int) -> [Result<LabelledFile.Row, RowRejection>] {
  var file = LabelledFile(ByteSource(bytes: bytes, chunk: chunk))
  var rows: [Result<LabelledFile.Row, RowRejection>] = []
  while let row = try? file.next() {
    if case .success(let row) = row {
      precondition(Set(row.tags).count == row.tags.count && row.tags.count <= Bounds.tagsOfConversation)
    }
    rows.append(row)
  }
  return rows
}

/// What is taken for an object says the same once written and read again; what is not is blamed on one of its bytes.
private func checkParser(_ bytes: [UInt8]) {
  do {
    let written = json(.object(try JSONParser.object(bytes)))
    guard let again = try? JSONParser.object(Array(written.utf8)) else {
      preconditionFailure("what was read cannot be written")
    }
    precondition(Array(json(.object(again)).utf8) == Array(written.utf8), "it reads as something else")
  } catch {
    precondition(1...bytes.count + 1 ~= error.column, "blames a byte that is not there")
  }
}

private func json(_ value: JSONValue) -> String {
  switch value {
  case .null: return "null"
  case .bool(let flag): return "\(flag)"
  case .number(let text):
    precondition(Double(text) != nil, "no number")
    return text
  case .string(let text): return quoted(text)
  case .array(let elements): return "[\(elements.map(json).joined(separator: ","))]"
  case .object(let members):
    return "{\(members.map { quoted($0.key) + ":" + json($0.value) }.joined(separator: ","))}"
  }
}

private func quoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x22, 0x5C: quoted += "\\\(scalar)"
    case 0..<0x20: quoted += (scalar.value < 16 ? "\\u000" : "\\u00") + String(scalar.value, radix: 16)
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}
