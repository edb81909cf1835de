internal import Glibc

/// A text file that is written line by line, in place of what had its name, which stays until the first lines come.
struct LineFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private var pending: [UInt8] = []
  private var fault: Int32?
  private var isEmptied = false

  /// Opens the file, or makes it.
  init(_ path: String) throws(Failure) {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
  }

  deinit { _ = Glibc.close(descriptor) }

  /// Adds a line; what goes wrong is said by ``close()``.
  mutating func write(_ line: String) { write(Array(line.utf8)) }

  /// The same of bytes that need be no text.
  mutating func write(_ line: [UInt8]) {
    pending += line
    pending.append(UInt8(ascii: "\n"))
    if pending.count > 1 << 16 { flush() }
  }

  /// Writes what is left.
  mutating func close() throws(Failure) {
    flush()
    if let fault { throw Self.failure(path, fault) }
  }

  /// Leaves the file empty.
  mutating func discard() {
    pending = []
    isEmptied = false
    flush()
  }

  private mutating func flush() {
    // What can't be cut, as a pipe, has nothing to be cut off.
    if !isEmptied { _ = ftruncate(descriptor, 0) }
    isEmptied = true
    fault = fault ?? Terminal.write(pending, to: descriptor)
    pending = []
  }

  /// Whether another path leads to the same file.
  func isSame(as other: String) -> Bool {
    var (here, there) = (Glibc.stat(), Glibc.stat())
    // Safe: both calls fill in the structure they are given, or fail.
    let isFound = unsafe other == "-" ? fstat(STDIN_FILENO, &there) == 0 : stat(other, &there) == 0
    guard unsafe fstat(descriptor, &here) == 0, isFound else { return false }
    return here.st_dev == there.st_dev && here.st_ino == there.st_ino
  }

  /// - Throws: ``UsageError`` when the option that names it would have it replace something that is in use: a file that is
  ///   read, the store, or what lies beside that.
  func refuseReplacing(_ inputs: [String], _ option: String, _ arguments: Arguments) throws {
    for input in inputs where isSame(as: input) {
      throw arguments.error(
        "\(option) would replace \(Command.name(input)), which is read: name another file")
    }
    for file in arguments.storeFiles where isSame(as: file) {
      throw arguments.error("\(option) would replace \(file), which is of the store: name another file")
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> Failure {
    Failure(message: "\(path) can't be written: \(Phrase.reason(code))")
  }
}
