/// A conversation's tags in SQL: as they were given, or as what merged ones have come to.
struct SQLTags {
  /// Whether tags that were merged count as others.
  let areMerged: Bool

  /// The list as JSON, in an order of its own where tags are merged.
  var list: String {
    guard areMerged else { return "conversation.tags" }
    return "(SELECT json_group_array(DISTINCT coalesce(merged.target, given.value)) "
      + "FROM json_each(conversation.tags) AS given LEFT JOIN merged ON merged.tag = given.value)"
  }

  /// The id of the one chosen first; NULL without any.
  var first: String {
    let first = "json_extract(conversation.tags, '$[0]')"
    return areMerged
      ? "coalesce((SELECT merged.target FROM merged WHERE merged.tag = \(first)), \(first))" : first
  }

  /// What the two rest on, a part of the statement's `WITH` clause; `nil` where that is nothing.
  ///
  /// Written out once: as a view it would follow all merges again for each conversation.
  var table: String? {
    areMerged ? "merged AS MATERIALIZED (SELECT tag, target FROM merged_tag)" : nil
  }
}
