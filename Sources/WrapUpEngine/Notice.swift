/// Something the engine did on its own that people may want to know.
public enum Notice: Equatable, Sendable {
  /// Why a derived file was made again.
  public enum Cause: String, Sendable {
    case empty, foreign, truncated, damaged, newer, stale
  }
  /// A derived file was made again from the store.
  case rebuilt(path: String, cause: Cause)
  /// A derived file could not be written; the answer is right, the next start slower.
  case notSaved(path: String, reason: String)
}
