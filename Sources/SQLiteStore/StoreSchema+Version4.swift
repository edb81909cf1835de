extension StoreSchema {
  /// From version 3 to 4: when tags were mapped to categories, and when no longer; and texts by contact, for a file names
  /// them so.
  ///
  /// Who learns the history again needs the mapping as it was at each change; what was mapped before this table was made
  /// counts from the beginning.
  static let mappingHistoryAndContactTexts = """
    CREATE TABLE mapping_change (
      change INTEGER NOT NULL,
      category INTEGER NOT NULL REFERENCES category,
      tag INTEGER NOT NULL REFERENCES tag,
      is_mapped INTEGER NOT NULL,
      PRIMARY KEY (change, category, tag)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO mapping_change (change, category, tag, is_mapped) SELECT 0, category, tag, 1 FROM mapping;
    CREATE TABLE contact_text (
      contact INTEGER PRIMARY KEY REFERENCES contact,
      text TEXT NOT NULL
    ) STRICT;
    INSERT INTO contact_text (contact, text)
      SELECT (
        SELECT t.key FROM contact AS t WHERE t.conversation = c.conversation ORDER BY t.started_at DESC, t.key DESC LIMIT 1
      ), c.text FROM conversation_text AS c;
    DROP TABLE conversation_text;
    """
}
