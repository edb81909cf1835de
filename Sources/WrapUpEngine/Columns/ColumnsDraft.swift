internal import HandlingAnalytics
internal import MappedFiles

/// A base whose contacts are written before it is known which change of the store it will be of.
///
/// One thread writes it and then waits; another says how it ends. Meanwhile the lock on the columns is held.
final class ColumnsDraft: Sendable {
  /// What a base needs beside its contacts.
  struct Ending: Sendable {
    let names: NameDictionaries
    let identity: ColumnsFile.Identity
  }

  private let path: String
  private let ending = Handover<Ending>(capacity: 1)
  private let isWritten = Guarded(false)

  /// A base for `path`.
  init(path: String) { self.path = path }

  /// Writes the contacts, waits for ``end(_:)`` and puts the base in its place. Without the lock, the permission or the
  /// room it leaves nothing behind.
  func write(_ contacts: FreshContacts) {
    let written: Bool? = try? FileLock.whileHolding("\(path)-lock") { () throws(FileFault) in
      let (ended, open) = contacts.split()
      var file = try ContactTableFile(path: path)
      try file.append(ended)
      try file.append(open: open)
      guard let ending = ending.take() else { return false }
      try file.finish(names: ending.names, ending.identity)
      return true
    }
    isWritten.withLock { $0 = written == true }
  }

  /// Says how it ends; `nil` drops what is written. Never waits.
  func end(_ how: Ending?) {
    if let how { _ = ending.give(how) }
    ending.end()
  }

  /// Whether the base is in its place, once ``write(_:)`` has returned.
  var isInPlace: Bool { isWritten.withLock { $0 } }
}
