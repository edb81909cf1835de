internal import ConversationFiles
internal import Glibc

/// A file that is read front to back and then, here and there, once more.
///
/// What can be read only once (standard input, a pipe) is kept in a private folder first.
final class InputFile: Sendable {
  /// As the user calls it.
  let path: String
  private let source: ByteSource
  private let kept: PrivateFolder?
  private let state: FileState?

  init(_ path: String) throws(WrapUpError) {
    self.path = path
    do {
      var source = try ByteSource(path: path)
      // Standard input is somebody else's to go on reading.
      if path != "-", let state = source.descriptor.flatMap(FileState.init) {
        self.source = source
        self.state = state
        kept = nil
        return
      }
      let folder = try PrivateFolder(for: "wrapup-input")
      let copy = folder.path + "/input.csv"
      try Self.keep(&source, in: copy)
      self.source = try ByteSource(path: copy)
      state = self.source.descriptor.flatMap(FileState.init)
      kept = folder
    } catch let error as WrapUpError {
      throw error
    } catch let fault as ByteSourceFault {
      throw .input(path: path, WrapUpError.InputProblem(fault))
    } catch {
      throw .input(path: path, .unreadable(errno: EIO))
    }
  }

  /// The file for one reading from the front.
  var bytes: ByteSource { ByteSource(fileDescriptor: source.descriptor ?? -1) }

  /// Where an import finds the same bytes.
  var importPath: String { kept.map { $0.path + "/input.csv" } ?? path }

  /// Whether it can be taken apart by chunks.
  var canBeCut: Bool {
    get throws(WrapUpError) {
      var head: [UInt8] = []
      let count = try read(4096, at: 0, into: &head)
      return RowChunks.canCut(Array(head[..<count]))
    }
  }

  /// Whether nobody has written to the file since it was opened.
  var isUnchanged: Bool { state?.isCurrent(of: source.descriptor ?? -1) ?? true }

  /// Reads bytes again; fewer come at the end of the file only.
  func read(_ count: Int, at place: Int, into buffer: inout [UInt8]) throws(WrapUpError) -> Int {
    if buffer.count < count { buffer = [UInt8](repeating: 0, count: count) }
    var filled = 0
    while filled < count {
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        // Safe: `count` bytes fit the buffer.
        unsafe pread(
          source.descriptor ?? -1, bytes.baseAddress! + filled, count - filled, off_t(place + filled))
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .input(path: path, .unreadable(errno: errno)) }
      if got == 0 { break }
      filled += got
    }
    return filled
  }

  private static func keep(_ source: inout ByteSource, in path: String) throws {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw WrapUpError.storeUnreachable(path: path) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: ByteSource.readSize)
    while true {
      let count = try source.read(into: &buffer, at: 0..<buffer.count)
      if count == 0 { return }
      var written = 0
      while written < count {
        let done = unsafe buffer.withUnsafeBytes { bytes in
          // Safe: the range lies within the buffer.
          unsafe write(descriptor, bytes.baseAddress! + written, count - written)
        }
        if done < 0, errno == EINTR { continue }
        guard done > 0 else { throw WrapUpError.diskFull(path: path) }
        written += done
      }
    }
  }
}
