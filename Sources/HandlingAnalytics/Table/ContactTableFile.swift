package import MappedFiles

/// A base written batch by batch, for more contacts than should be in memory at once.
package struct ContactTableFile: ~Copyable {
  private var writer: ColumnsFileWriter
  private let path: String
  private var hasOpen = false

  /// Begins a base at `path`; one writer at a time is the caller's duty.
  package init(path: String) throws(FileFault) {
    self.path = path
    writer = try ColumnsFileWriter(path: path)
  }

  /// Adds contacts of whole conversations that have ended, none of them before one of an earlier batch. O(n log n).
  package mutating func append(_ rows: ContactRows) throws(FileFault) {
    try writer.append(rows)
  }

  /// Adds contacts of whole conversations that have not ended, after all others. O(n log n).
  package mutating func append(open rows: ContactRows) throws(FileFault) {
    if !hasOpen { writer.endBase() }
    hasOpen = true
    try writer.append(rows)
  }

  /// Puts the base in its place, and removes the delta of an older one.
  package mutating func finish(
    names: NameDictionaries, storeUUID: String, schema: UInt32, at position: TablePosition
  )
    throws(FileFault)
  {
    if !hasOpen { writer.endBase() }
    try writer.append(names)
    try writer.finish(
      .base,
      ColumnsFile.Identity(
        storeUUID: storeUUID, schema: schema, position: position, basePosition: position))
    ReplacementFile.remove(ColumnsFile.deltaPath(path))
  }
}
