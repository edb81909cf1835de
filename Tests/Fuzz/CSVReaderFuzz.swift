// Feeds arbitrary bytes to the CSV reader: it must neither trap nor read out of bounds, and what it says
// must not depend on how the bytes arrive. Not part of a test target; `.ci/fuzz`
// builds and runs it with the reader's sources.

/// The first byte chooses the chunk size and the bounds, the rest is the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSVReader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: the fuzzer passes `count` readable bytes.
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  let isTight = choice & 1 == 1
  let limits = CSVLimits(
    field: isTight ? 5 : 200, record: isTight ? 20 : 1000, columns: isTight ? 3 : 50, buffer: 16)
  let whole = transcript(of: bytes, chunk: .max, limits: limits)
  let pieces = transcript(of: bytes, chunk: Int(choice >> 1) % 16 + 1, limits: limits)
  precondition(whole == pieces, "the chunks show")
  return 0
}

/// Everything the reader says about a file.
private struct Transcript: Equatable {
  var header: [String] = []
  var fields: [[UInt8]] = []
  var lines: [Int] = []
  var faults: [RecordFault?] = []
  var failure: CSVFault?
}

private func transcript(of bytes: [UInt8], chunk: Int, limits: CSVLimits) -> Transcript {
  var transcript = Transcript()
  do {
    var reader = try CSVReader(ByteSource(bytes: bytes, chunk: chunk), limits: limits)
    transcript.header = reader.header
    do {
      while try reader.next() {
        transcript.lines.append(reader.line)
        transcript.faults.append(reader.fault)
        for index in 0..<reader.fieldCount {
          let field = reader.field(index)
          transcript.fields.append(field.indices.map { field[$0] })
          check(field, reader.fault)
        }
        precondition(reader.fault != nil || reader.fieldCount == reader.header.count)
        precondition(reader.bytesConsumed <= bytes.count)
      }
      precondition(reader.bytesConsumed == bytes.count, "the end is not the end")
    } catch {
      transcript.failure = error
    }
  } catch {
    transcript.failure = error
  }
  return transcript
}

/// A field of a faultless record is text.
private func check(_ field: Span<UInt8>, _ fault: RecordFault?) {
  guard fault == nil else { return }
  let bytes = field.indices.map { field[$0] }
  precondition(!bytes.contains(0))
  precondition(String(validating: bytes, as: UTF8.self) != nil)
}
