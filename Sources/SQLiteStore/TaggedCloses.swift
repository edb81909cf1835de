/// Ended conversations with category and tags: what the history says of a mapping.
package struct TaggedCloses {
  private let connection: SQLiteConnection

  package init(_ store: Store) {
    connection = store.connection
  }

  /// Calls `body` with each tagged close. O(conversations), or × log where they are sorted.
  ///
  /// - Parameter isSorted: whether by end, then key; else by key.
  package func forEach(
    isSorted: Bool, _ body: (_ category: Int32?, _ tags: [Int32], _ endedAt: Int64) -> Void
  )
    throws(SQLiteFault)
  {
    let rows = try connection.prepare(
      """
      SELECT category, tags, ended_at FROM conversation \
      WHERE state = 2 AND tags <> '[]' AND key < \(UnfinishedImport.conversationBorder) \
      ORDER BY \(isSorted ? "ended_at, key" : "key")
      """
    )
    while try rows.step() {
      body(
        rows.integer(0).flatMap(Int32.init(exactly:)), rows.text(1).map(TagList.tags) ?? [],
        rows.integer(2) ?? 0)
    }
  }
}
