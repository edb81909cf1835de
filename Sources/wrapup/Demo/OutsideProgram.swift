internal import Glibc

/// A program of the system, run for its answer.
enum OutsideProgram {
  /// Where a program lies in `$PATH`; `nil` when it does not.
  static func path(of name: String) -> String? {
    let folders = (Terminal.environment("PATH") ?? "").split(separator: ":")
    return folders.lazy.map { "\($0)/\(name)" }.first { unsafe access($0, X_OK) == 0 }
  }

  /// What it writes to standard output.
  ///
  /// - Throws: ``Failure`` when it can't be run, or fails.
  static func output(of program: String, _ arguments: [String]) throws -> String {
    let failure = Failure(message: "\(program) could not be run")
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw failure }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    unsafe posix_spawn_file_actions_addclose(&actions, ends[0])
    unsafe posix_spawn_file_actions_addclose(&actions, ends[1])
    // Safe: the words are copies that live until the program has started, and the list ends with nil.
    let words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var child = pid_t()
    let status = unsafe posix_spawn(&child, program, &actions, nil, words, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard status == 0 else { throw failure }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(ends[0], $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    var code: Int32 = 0
    unsafe waitpid(child, &code, 0)
    guard code == 0 else { throw failure }
    return String(decoding: bytes, as: UTF8.self)
  }
}
