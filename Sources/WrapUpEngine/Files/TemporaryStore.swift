internal import Glibc
internal import MappedFiles

/// A store of its own for the length of a few questions: in a private folder, deleted with this value.
public struct TemporaryStore: ~Copyable {
  /// The store; not to be used when this value has gone.
  public let wrapup: WrapUp
  /// What became of each file's rows, in the order of the files.
  public let ledgers: [ImportLedger]
  private let folder: PrivateFolder

  init(of files: ExportedFiles, at paths: [String]? = nil) throws(WrapUpError) {
    let folder = try PrivateFolder(for: "wrapup-store")
    let wrapup = try WrapUp(store: folder.path + "/wrapup.sqlite", settings: files.engine)
    var ledgers: [ImportLedger] = []
    for path in paths ?? files.paths { ledgers.append(try wrapup.importContacts(from: path, files.settings)) }
    self.wrapup = wrapup
    self.ledgers = ledgers
    self.folder = folder
  }
}

/// A folder that only this user can look into, deleted with all it holds when the last reference goes.
final class PrivateFolder: Sendable {
  let path: String

  init(for purpose: String) throws(WrapUpError) {
    // Safe: nothing in this process changes the environment; the text is copied at once.
    let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
    let root = parent.isEmpty ? "/tmp" : parent
    var template = Array("\(root)/\(purpose)-XXXXXX".utf8CString)
    // Safe: the array is NUL-terminated, lasts for the call, and is changed in place only.
    let isMade = unsafe template.withUnsafeMutableBufferPointer { unsafe mkdtemp($0.baseAddress!) != nil }
    guard isMade else { throw .storeUnreachable(path: root) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in FolderListing.names(in: path) { unsafe unlink("\(path)/\(name)") }
    unsafe rmdir(path)
  }
}
