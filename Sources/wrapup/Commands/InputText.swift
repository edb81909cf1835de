internal import WrapUpEngine

/// Whole small files: texts and lists.
enum InputText {
  /// A file's bytes, or those of standard input for `-`.
  ///
  /// - Throws: a ``Failure`` for more bytes than `limit`; what kept the file from being read.
  static func bytes(_ path: String, limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var count = 0
    do {
      var source = try ByteSource(path: path)
      repeat {
        bytes.append(contentsOf: repeatElement(0, count: min(limit + 1 - count, ByteSource.readSize)))
        let read = try source.read(into: &bytes, at: count..<bytes.count)
        bytes.removeLast(bytes.count - count - read)
        if read == 0 { return bytes }
        count += read
      } while count <= limit
    } catch {
      throw WrapUpError(unreadable: path, error)
    }
    throw Failure(message: "\(name(path)): is longer than \(Phrase.grouped(limit)) bytes")
  }

  /// A file's text.
  static func whole(_ path: String, limit: Int) throws -> String {
    guard let text = String(validating: try bytes(path, limit: limit), as: UTF8.self) else {
      throw Failure(message: "\(name(path)): is not UTF-8; save it as UTF-8")
    }
    return text
  }

  static func name(_ path: String) -> String { path == "-" ? "standard input" : path }
}
