internal import Glibc

/// Folders that commands write into.
enum Folder {
  /// Makes a folder and those on the way to it, unless they are there.
  static func make(_ path: String) throws(Failure) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += "\(part)/"
      guard unsafe mkdir(made, 0o755) == 0 || errno == EEXIST else {
        throw Failure(message: "\(made) can't be made: \(Phrase.reason(errno))")
      }
    }
  }
}
