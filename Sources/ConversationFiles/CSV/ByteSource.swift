import Glibc

/// Bytes read once, front to back, from a file, standard input or memory.
///
/// A descriptor is read with `read(2)` rather than mapped: a mapped file that someone else truncates
/// kills the process, and pipes cannot be mapped at all.
package struct ByteSource: ~Copyable {
  /// What one `read(2)` asks for at most, in bytes: large enough that system calls cost nothing,
  /// small enough to stay in the processor's caches.
  package static let readSize = 1_048_576

  private enum Origin {
    /// With what was known of a file when it was opened here.
    case descriptor(Int32, isOwned: Bool, FileState? = nil)
    case memory([UInt8], chunk: Int)
  }

  private let origin: Origin

  /// Bytes delivered so far.
  package private(set) var bytesRead = 0
  /// What was looked at and not delivered yet.
  private var ahead: ArraySlice<UInt8> = []

  /// Reads from an open descriptor, which stays the caller's to close.
  package init(fileDescriptor: Int32) {
    origin = .descriptor(fileDescriptor, isOwned: false)
  }

  /// Standard input, which stays open.
  package static var standardInput: ByteSource { ByteSource(fileDescriptor: STDIN_FILENO) }

  /// Opens a file for reading; `"-"` is standard input. The file is closed when the source goes.
  ///
  /// - Throws: what kept the file from being opened; a directory is refused here, not at the first read.
  package init(path: String) throws(ByteSourceFault) {
    guard path != "-" else {
      origin = .descriptor(STDIN_FILENO, isOwned: false, FileState(STDIN_FILENO))
      return
    }
    // Safe: the path is passed as a NUL-terminated string that lasts for the call.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ByteSourceFault(errno: errno) }
    var status = stat()
    // Safe: `status` is a `stat` of this frame, written before it is read.
    let isKnown = unsafe fstat(descriptor, &status) == 0
    if isKnown, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw .directory(errno: EISDIR)
    }
    origin = .descriptor(descriptor, isOwned: true, FileState(descriptor))
  }

  /// The descriptor that is read, unless bytes come from memory.
  package var descriptor: Int32? {
    if case .descriptor(let descriptor, _, _) = origin { descriptor } else { nil }
  }

  /// How many bytes there are in all, if that can be known: not of a pipe.
  package var byteCount: Int? {
    switch origin {
    case .memory(let bytes, _): return bytes.count
    case .descriptor(let descriptor, _, _):
      var status = stat()
      // Safe: `status` is a `stat` of this frame, written before it is read.
      guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      return Int(status.st_size)
    }
  }

  /// Delivers `bytes` in pieces of `chunk` bytes, the last one shorter; for tests.
  package init(bytes: [UInt8], chunk: Int = .max) {
    precondition(chunk > 0, "a chunk holds at least one byte")
    origin = .memory(bytes, chunk: chunk)
  }

  deinit {
    if case .descriptor(let descriptor, isOwned: true, _) = origin { close(descriptor) }
  }

  /// Reads once into `buffer[range]`, from its front on, and returns how many bytes came; 0 is the end.
  ///
  /// A call may bring fewer bytes than there is room for, and never more than `readSize`. An
  /// interrupted system call is repeated.
  /// - Precondition: `range` is not empty, or an answer of 0 would be taken for the end.
  package mutating func read(
    into buffer: inout [UInt8], at range: Range<Int>
  ) throws(ByteSourceFault) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count, "a read stays in its buffer")
    precondition(!range.isEmpty, "a read needs room")
    if !ahead.isEmpty {
      let count = min(range.count, ahead.count)
      for (place, byte) in ahead.prefix(count).enumerated() { buffer[range.lowerBound + place] = byte }
      ahead.removeFirst(count)
      return count
    }
    return try deliver(into: &buffer, at: range)
  }

  /// The first bytes that are still to be delivered: more than `count`, unless there are no more.
  package mutating func peek(beyond count: Int) throws(ByteSourceFault) -> ArraySlice<UInt8> {
    if ahead.count <= count {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let read = try deliver(into: &buffer, at: 0..<buffer.count)
      ahead += buffer[..<read]
    }
    return ahead
  }

  private mutating func deliver(
    into buffer: inout [UInt8], at range: Range<Int>
  ) throws(ByteSourceFault) -> Int {
    let room = min(range.count, Self.readSize)
    let count: Int
    switch origin {
    case .descriptor(let descriptor, _, let state):
      count = try Self.read(descriptor, into: &buffer, at: range.lowerBound, room: room)
      // A file that is cut between two rows looks whole.
      if count == 0, let state, !state.isWhole(bytesRead, of: descriptor) { throw .changed }
    case .memory(let bytes, let chunk):
      count = min(room, chunk, bytes.count - bytesRead)
      for index in 0..<count { buffer[range.lowerBound + index] = bytes[bytesRead + index] }
    }
    bytesRead += count
    return count
  }

  private static func read(
    _ descriptor: Int32, into buffer: inout [UInt8], at offset: Int, room: Int
  ) throws(ByteSourceFault) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        // Safe: the caller has checked that `room` bytes from `offset` on lie in the buffer.
        unsafe Glibc.read(descriptor, bytes.baseAddress.unsafelyUnwrapped + offset, room)
      }
      if count >= 0 { return count }
      let code = errno
      if code != EINTR { throw ByteSourceFault(errno: code) }
    }
  }
}
