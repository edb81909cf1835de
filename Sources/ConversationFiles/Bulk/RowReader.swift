internal import Conversations

/// Reads single rows of a contacts file again, exactly as an import does.
package struct RowReader: ~Copyable {
  private var exact: ContactFile

  init(_ file: borrowing ContactFile) {
    exact = ContactFile(recordsOf: file)
  }

  /// The texts that the rows' numbers stand for.
  package var texts: [String] { exact.texts.texts }

  /// Where the record that begins at `start` ends; `bytes.count` when its end is not among the bytes.
  package func end(of start: Int, in bytes: [UInt8], count: Int) -> Int {
    let delimiter = exact.delimiter
    return unsafe bytes.withUnsafeBytes { bytes in
      // Safe: `count` is at most the number of bytes, which stay for the call.
      unsafe RecordEnds(bytes.baseAddress!, count: min(count, bytes.count), delimiter: delimiter).end(
        from: start)
    }
  }

  /// The row that `record` holds; `nil` when it is none that an import takes.
  package mutating func row(of record: ArraySlice<UInt8>) -> ImportRow? {
    let read = unsafe record.withUnsafeBytes { bytes in
      unsafe try? exact.row(of: bytes, line: 0)
    }
    guard case .success(let row)? = read else { return nil }
    return row
  }
}
