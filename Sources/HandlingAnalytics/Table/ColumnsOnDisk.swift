internal import MappedFiles

/// What lies on disk, as far as stamps and headers tell: enough to know whether it is worth opening, and whether it
/// is still what was looked at.
package struct ColumnsOnDisk: Sendable {
  private let stamps: [FileStamp?]
  /// The changes up to which the base, and base and delta together, hold the store; `nil` when there is no base to be
  /// used.
  package private(set) var places: (base: TablePosition, position: TablePosition)?

  /// Looks at the base at `path` and the delta beside it. O(1).
  package init(path: String, storeUUID: String, schema: UInt32) {
    // Stamps before headers: what is put in place meanwhile is taken for new later, never for known.
    stamps = Self.stamps(path)
    guard let base = ColumnsFile.identity(of: .base, path: path, storeUUID: storeUUID, schema: schema)
    else { return }
    let delta = ColumnsFile.identity(
      of: .delta, path: ColumnsFile.deltaPath(path), storeUUID: storeUUID, schema: schema)
    let isOfBase = delta?.basePosition == base.position
    places = (base.position, isOfBase ? delta?.position ?? base.position : base.position)
  }

  /// Whether the same files are still in place. O(1).
  package func isCurrent(at path: String) -> Bool { stamps == Self.stamps(path) }

  /// Whether the base turned out to be of no use.
  package private(set) var isRejected = false

  /// Notes that the base turned out to be of no use.
  package mutating func reject() {
    isRejected = true
    places = nil
  }

  private static func stamps(_ path: String) -> [FileStamp?] {
    [FileStamp(path: path), FileStamp(path: ColumnsFile.deltaPath(path))]
  }
}
