public import HandlingAnalytics
internal import SQLiteStore

extension WrapUp {
  /// The names that the store knows of a dimension that has names of its own, in order; none of the others. Merged tags
  /// and those that are switched off are among them. O(names).
  public func knownNames(of dimension: Dimension) throws(WrapUpError) -> [String] {
    let kind: NameRepository.Kind? =
      switch dimension {
      case .tag: .tag
      case .category: .category
      case .channel: .channel
      case .agent: .agent
      case .group: .group
      default: nil
      }
    guard let kind else { return [] }
    return try withState { try $0.names(kind).names().filter { !$0.isEmpty }.sorted() }
  }
}
