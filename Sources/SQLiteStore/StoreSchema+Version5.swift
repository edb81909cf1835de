extension StoreSchema {
  /// From version 4 to 5: tags that are switched off or merged into others, and what happened to names, dated.
  ///
  /// `tag_state` has the tags that are not simply in use. Merges are followed when reading: a conversation keeps the tags
  /// it was given, and `merged_tag` says what each merged one has come to. A name that a tag or category once had stays
  /// one by which it is found, unless the renaming was undone or another has the name now.
  static let taxonomyEvents = """
    CREATE TABLE tag_state (
      tag INTEGER PRIMARY KEY REFERENCES tag,
      is_active INTEGER NOT NULL,
      merged_into INTEGER REFERENCES tag
    ) STRICT;
    CREATE TABLE name_event (
      key INTEGER PRIMARY KEY,
      change INTEGER NOT NULL REFERENCES change,
      tag INTEGER REFERENCES tag,
      category INTEGER REFERENCES category,
      kind INTEGER NOT NULL,
      old_name TEXT,
      old_fold TEXT,
      new_name TEXT,
      target INTEGER REFERENCES tag,
      undoes INTEGER REFERENCES name_event,
      happened_at INTEGER NOT NULL,
      CHECK ((tag IS NULL) <> (category IS NULL))
    ) STRICT;
    CREATE VIEW merged_tag AS
      WITH RECURSIVE step (tag, target) AS (
        SELECT tag, merged_into FROM tag_state WHERE merged_into IS NOT NULL
        UNION
        SELECT step.tag, next.merged_into FROM step JOIN tag_state AS next ON next.tag = step.target
        WHERE next.merged_into IS NOT NULL
      )
      SELECT tag, target FROM step
      WHERE target NOT IN (SELECT tag FROM tag_state WHERE merged_into IS NOT NULL);
    CREATE VIEW former_name AS
      SELECT tag, category, old_name AS name, old_fold AS fold, key FROM name_event
      WHERE old_fold IS NOT NULL AND undoes IS NULL
        AND key NOT IN (SELECT undoes FROM name_event WHERE undoes IS NOT NULL);
    """
}
