extension StoreSchema {
  /// From version 2 to 3: what conversations are about in their own words, and which tags a dialog has shown at a
  /// close.
  ///
  /// Texts stand apart: only learning and ranking read them, and they are longer than all the rest of a conversation.
  /// `shown` is a JSON list of [tag, score] in the order shown, `before` and `chosen` are lists of tag ids: those chosen
  /// before the list was shown, and those of the close.
  static let textsAndLists = """
    CREATE TABLE conversation_text (
      conversation INTEGER PRIMARY KEY REFERENCES conversation,
      text TEXT NOT NULL
    ) STRICT;
    CREATE TABLE shown_list (
      change INTEGER PRIMARY KEY REFERENCES change,
      conversation INTEGER NOT NULL REFERENCES conversation,
      category INTEGER REFERENCES category,
      channel INTEGER REFERENCES channel,
      agent INTEGER REFERENCES agent,
      before TEXT NOT NULL,
      shown TEXT NOT NULL,
      chosen TEXT NOT NULL,
      model_seq INTEGER NOT NULL,
      ranking_micros INTEGER NOT NULL,
      shown_at INTEGER NOT NULL,
      closed_at INTEGER NOT NULL
    ) STRICT;
    """
}
