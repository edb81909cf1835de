internal import Conversations
internal import SQLiteStore

extension EngineState {
  /// Keeps the list from which a close's tags were chosen. Part of the close's transaction.
  ///
  /// What was known then may be names that the store lacks; tags that were shown can't be.
  func keep(_ list: ShownList, of conversation: Int64, tags: [String], closedAt: Int64, change: Int64) throws
  {
    func id(_ kind: NameRepository.Kind, _ name: String?) throws -> Int32? {
      guard let name = name?.trimmed, !name.isEmpty else { return nil }
      return try names(kind).id(of: name)
    }
    func tagID(_ name: String) throws -> Int32 {
      if let id = try id(.tag, name) { return id }
      throw WrapUpError.unknownName(
        field: "tag", name: name, nearest: NearestNames.of(name, among: try names(.tag).names()))
    }
    guard list.entries.allSatisfy(\.score.isFinite) else { throw WrapUpError.notFinite(field: "score") }
    // As the close records them.
    let states = try TagStates(store)
    var chosen: [Int32] = []
    for tag in try tags.map({ states.resolved(try tagID($0)) }) where !chosen.contains(tag) {
      chosen.append(tag)
    }
    try ShownListLedger(store).append(
      ShownListLedger.Entry(
        conversation: conversation, category: try id(.category, list.context.category),
        channel: try id(.channel, list.context.channel), agent: try id(.agent, list.context.agent),
        before: try list.context.chosen.compactMap { try id(.tag, $0) },
        shown: try list.entries.map { (try tagID($0.tag), $0.score) }, chosen: chosen,
        modelSeq: list.modelSeq, rankingMicroseconds: Int64(list.rankingMicroseconds), shownAt: list.shownAt,
        closedAt: closedAt),
      change: change)
  }
}
