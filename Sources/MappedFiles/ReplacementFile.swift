internal import Glibc

/// A file written beside its final place and renamed over it when it is whole and on disk.
///
/// A reader sees the old file or the new one, never a part; after ``commit()`` returns, the new one survives a
/// power cut. Dropped without a commit, nothing is left but the old file.
package struct ReplacementFile: ~Copyable {
  private static let bufferLimit = 1 << 20

  private let path: String
  private let temporaryPath: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isCommitted = false

  /// Bytes appended so far.
  package private(set) var count = 0

  /// Creates the temporary file; one writer at a time is the caller's duty (see ``FileLock``).
  package init(path: String) throws(FileFault) {
    self.path = path
    temporaryPath = "\(path).tmp"
    descriptor = unsafe open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileFault(.open, temporaryPath) }
  }

  deinit {
    close(descriptor)
    if !isCommitted { unsafe unlink(temporaryPath) }
  }

  /// Takes away a file that nobody needs any more, if it is there.
  package static func remove(_ path: String) {
    unsafe _ = unlink(path)
  }

  /// Appends bytes. Amortised O(bytes).
  package mutating func append(_ bytes: [UInt8]) throws(FileFault) {
    count += bytes.count
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferLimit { try flush() }
  }

  /// Appends bytes that lie elsewhere, of which little is copied at a time. Amortised O(bytes).
  package mutating func append(_ bytes: RawSpan) throws(FileFault) {
    var first = 0
    while first < bytes.byteCount {
      let part = bytes.extracting(first..<min(first + Self.bufferLimit, bytes.byteCount))
      count += part.byteCount
      // Safe: plain bytes, copied before the span goes.
      unsafe part.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
      if buffer.count >= Self.bufferLimit { try flush() }
      first += part.byteCount
    }
  }

  /// Appends zeros up to a multiple of `alignment`.
  package mutating func pad(to alignment: Int) throws(FileFault) {
    let rest = count % alignment
    if rest != 0 { try append([UInt8](repeating: 0, count: alignment - rest)) }
  }

  /// Overwrites the first bytes: for a header that is known last.
  package mutating func overwriteStart(with bytes: [UInt8]) throws(FileFault) {
    try flush()
    FaultPoint.whileWriting.reach()
    try write(bytes, at: 0)
  }

  /// Puts the file in its place: fsync, rename, fsync of the folder.
  package mutating func commit() throws(FileFault) {
    try flush()
    guard retryingInterrupts({ fsync(descriptor) }) == 0 else { throw FileFault(.sync, temporaryPath) }
    FaultPoint.beforeRename.reach()
    guard unsafe rename(temporaryPath, path) == 0 else { throw FileFault(.rename, path) }
    isCommitted = true
    FaultPoint.afterRename.reach()
    try syncFolder()
  }

  private var flushedCount: Int { count - buffer.count }

  private mutating func flush() throws(FileFault) {
    try write(buffer, at: flushedCount)
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8], at start: Int) throws(FileFault) {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { source in
        retryingInterrupts {
          // Safe: `done` stays below the buffer's count.
          unsafe pwrite(descriptor, source.baseAddress! + done, source.count - done, start + done)
        }
      }
      guard written > 0 else { throw FileFault(.write, temporaryPath) }
      done += written
    }
  }

  private func syncFolder() throws(FileFault) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let handle = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw FileFault(.open, folder) }
    defer { close(handle) }
    guard fsync(handle) == 0 else { throw FileFault(.sync, folder) }
  }
}
