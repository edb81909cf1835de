/// The tables of a store and how older ones become newer ones.
///
/// A conversation's tags are an ordered JSON list of tag ids in its row. Only the conversation's id and a
/// contact's conversation are indexed: selection and sorting happen in the columns, rows are fetched by key.
/// Nothing is ever deleted from the dictionaries, so their ids are dense and serve as codes.
package enum StoreSchema {
  /// "WrUp" in the file's header: what tells a store from other SQLite files.
  package static let applicationID: Int32 = 0x5772_5570
  /// The version that this program writes.
  package static let version = Int32(migrations.count)

  /// SQL from version i to i + 1; each runs in one transaction.
  package static let migrations: [String] = [
    initial + "\n" + indexes, surveysAndReplies, textsAndLists, mappingHistoryAndContactTexts,
    taxonomyEvents, unfinishedImports, forgottenWords,
  ]

  private static let initial = """
    CREATE TABLE store (
      uuid TEXT NOT NULL,
      zone TEXT NOT NULL
    ) STRICT;
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL, fold TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE category (id INTEGER PRIMARY KEY, name TEXT NOT NULL, fold TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE channel (id INTEGER PRIMARY KEY, name TEXT NOT NULL, fold TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE agent (id INTEGER PRIMARY KEY, name TEXT NOT NULL, fold TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE agent_group (id INTEGER PRIMARY KEY, name TEXT NOT NULL, fold TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE mapping (
      category INTEGER NOT NULL REFERENCES category,
      tag INTEGER NOT NULL REFERENCES tag,
      PRIMARY KEY (category, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE conversation (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      channel INTEGER REFERENCES channel,
      category INTEGER REFERENCES category,
      tags TEXT NOT NULL DEFAULT '[]',
      state INTEGER NOT NULL,
      closing INTEGER,
      ended_at INTEGER,
      rating INTEGER,
      note TEXT
    ) STRICT;
    CREATE TABLE contact (
      key INTEGER PRIMARY KEY,
      conversation INTEGER NOT NULL REFERENCES conversation,
      contact_id TEXT,
      channel INTEGER REFERENCES channel,
      category INTEGER REFERENCES category,
      tags TEXT NOT NULL DEFAULT '[]',
      agent INTEGER REFERENCES agent,
      agent_group INTEGER REFERENCES agent_group,
      is_bot INTEGER NOT NULL DEFAULT 0,
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
      is_live INTEGER NOT NULL DEFAULT 0,
      flags INTEGER NOT NULL,
      note TEXT,
      closed_at INTEGER
    ) STRICT;
    CREATE TABLE change (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      kind INTEGER NOT NULL,
      conversation INTEGER,
      last_conversation INTEGER,
      nonce INTEGER NOT NULL
    ) STRICT;
    """

  /// Apart, because an import into an empty store makes them last.
  static let indexes = """
    CREATE UNIQUE INDEX conversation_id ON conversation (id);
    CREATE INDEX contact_conversation ON contact (conversation);
    """
}
