import ConversationFiles

/// All that a CSV reader says about a file, as a value to compare.
struct CSVReading: Equatable {
  struct Record: Equatable {
    var line: Int
    var fields: [[UInt8]]
    var fault: RecordFault?
  }

  var header: [String] = []
  var delimiter: UInt8?
  var records: [Record] = []
  var failure: CSVFault?
  /// Bytes consumed in the end, unless reading failed.
  var consumed: Int?

  /// The fields as text, without lines and faults.
  var rows: [[String]] { records.map { $0.fields.map { String(decoding: $0, as: UTF8.self) } } }
}

extension CSVReading {
  /// Chunk sizes that cut a short text everywhere, and one that leaves it whole.
  static let chunks = [1, 2, 3, 7, 64, Int.max]

  init(
    _ bytes: [UInt8], chunk: Int = .max, delimiter: UInt8? = nil, limits: CSVLimits = .standard
  ) {
    do {
      var reader = try CSVReader(
        ByteSource(bytes: bytes, chunk: chunk), delimiter: delimiter, limits: limits)
      header = reader.header
      self.delimiter = reader.delimiter
      do {
        while try reader.next() { records.append(Record(of: reader)) }
        consumed = reader.bytesConsumed
      } catch {
        failure = error
      }
    } catch {
      failure = error
    }
  }

  init(_ text: String, chunk: Int = .max, delimiter: UInt8? = nil, limits: CSVLimits = .standard) {
    self.init(Array(text.utf8), chunk: chunk, delimiter: delimiter, limits: limits)
  }
}

extension CSVReading.Record {
  init(of reader: borrowing CSVReader) {
    line = reader.line
    fault = reader.fault
    fields = []
    for index in 0..<reader.fieldCount {
      let field = reader.field(index)
      fields.append(field.indices.map { field[$0] })
    }
  }
}
