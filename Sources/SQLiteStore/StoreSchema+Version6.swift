extension StoreSchema {
  /// From version 5 to 6: what an import that is not finished has written so far.
  ///
  /// `import_border` has one row: conversations and contacts with keys from there on belong to an import that is not
  /// finished, or was stopped, and nobody sees them; without one, it lies beyond every key. `staged_contact` has what the
  /// import says of contacts of earlier conversations; keys from 2^62 on are those of contacts that are new. Once the
  /// import is decided, `written` is not NULL: conversations with keys below it are written. What is staged while there is
  /// no border is left over.
  /// `unused_name` has the names that only such imports have brought: their ids stay taken, for codes are dense, but nobody
  /// sees them, and further names take them over. Those of a decided import are seen with its rows.
  static let unfinishedImports = """
    CREATE TABLE import_border (
      conversation INTEGER NOT NULL,
      contact INTEGER NOT NULL,
      written INTEGER
    ) STRICT;
    INSERT INTO import_border (conversation, contact) VALUES (9223372036854775807, 9223372036854775807);
    CREATE TABLE unused_name (
      dictionary TEXT NOT NULL,
      id INTEGER NOT NULL,
      is_decided INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (dictionary, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE staged_contact (
      key INTEGER PRIMARY KEY,
      conversation INTEGER NOT NULL,
      contact_id TEXT,
      channel INTEGER,
      category INTEGER,
      tags TEXT NOT NULL,
      agent INTEGER,
      agent_group INTEGER,
      is_bot INTEGER NOT NULL,
      started_at INTEGER NOT NULL,
      first_reply_at INTEGER,
      ended_at INTEGER,
      end_reason INTEGER,
      closing INTEGER,
      state INTEGER,
      handling_seconds INTEGER,
      handling_basis INTEGER NOT NULL,
      talk_seconds INTEGER,
      hold_seconds INTEGER,
      wrapup_seconds INTEGER,
      rating INTEGER,
      is_handled INTEGER NOT NULL,
      is_live INTEGER NOT NULL,
      flags INTEGER NOT NULL,
      note TEXT,
      closed_at INTEGER,
      visitor TEXT,
      first_message_at INTEGER,
      network_quality INTEGER,
      product_quality INTEGER,
      first_reply_seconds INTEGER
    ) STRICT;
    CREATE INDEX staged_contact_conversation ON staged_contact (conversation);
    CREATE TABLE staged_text (
      contact INTEGER PRIMARY KEY,
      text TEXT
    ) STRICT;
    """
}
