internal import Foundation

/// One run of a program, timed from spawn to exit.
///
/// `posix_spawn` directly: Foundation's `Process` takes 50 ms to start one, more than most of what is timed.
struct TimedProcess {
  let output: String
  let status: Int32
  let seconds: Double

  /// Runs `program` with its output going to a file that is read afterwards.
  init(_ program: String, _ arguments: [String], outputFile: String) throws {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // Safe: every word is copied to a C string that lives until the process has been spawned.
    var words: [UnsafeMutablePointer<CChar>?] = unsafe ([program] + arguments).map { unsafe strdup($0) }
    unsafe words.append(nil)
    defer { unsafe words.forEach { unsafe free($0) } }
    let clock = ContinuousClock()
    let start = clock.now
    var child = pid_t()
    guard unsafe posix_spawn(&child, program, &actions, nil, words, environ) == 0 else {
      throw CocoaError(.executableNotLoadable)
    }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) == -1, errno == EINTR {}
    seconds = (clock.now - start) / .seconds(1)
    self.status = status
    output = try String(contentsOf: URL(filePath: outputFile), encoding: .utf8)
  }
}
