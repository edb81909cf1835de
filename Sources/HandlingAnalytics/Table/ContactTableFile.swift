package import MappedFiles

/// A base written batch by batch, for more contacts than should be in memory at once.
package struct ContactTableFile: ~Copyable {
  private var writer: ColumnsFileWriter
  private let path: String
  private let blockLimit: Int
  private var hasOpen = false

  /// Begins a base at `path`; one writer at a time is the caller's duty.
  ///
  /// - Parameter blockLimit: the most rows of a block, at least those of a conversation.
  package init(path: String, blockLimit: Int = ContactBlock.rowLimit) throws(FileFault) {
    self.path = path
    self.blockLimit = blockLimit
    writer = try ColumnsFileWriter(path: path)
  }

  /// Adds contacts of whole conversations that have ended, none of them before one of an earlier batch. O(n log n).
  package mutating func append(_ rows: ContactRows) throws(FileFault) {
    try writer.append(rows, limit: blockLimit)
  }

  /// Adds contacts of whole conversations that have not ended, after all others. O(n log n).
  package mutating func append(open rows: ContactRows) throws(FileFault) {
    if !hasOpen { writer.endBase() }
    hasOpen = true
    try writer.append(rows, limit: blockLimit)
  }

  /// Puts the base in its place, and removes the delta of an older one.
  package mutating func finish(names: NameDictionaries, _ identity: ColumnsFile.Identity) throws(FileFault) {
    if !hasOpen { writer.endBase() }
    try writer.append(names)
    try writer.finish(.base, identity)
    ReplacementFile.remove(ColumnsFile.deltaPath(path))
  }
}
