extension StoreSchema {
  /// From version 1 to 2: what visitors and surveys say, first replies, reopenings and re-qualifications;
  /// and a phone is a call.
  ///
  /// What follows from contacts that are there is worked out here as an import works it out: see `FirstReply` and
  /// `ConversationSummary`. A store of version 1 knows of no first message, so that the first start counts.
  static let surveysAndReplies = """
    ALTER TABLE contact ADD COLUMN visitor TEXT;
    ALTER TABLE contact ADD COLUMN first_message_at INTEGER;
    ALTER TABLE contact ADD COLUMN network_quality INTEGER;
    ALTER TABLE contact ADD COLUMN product_quality INTEGER;
    ALTER TABLE contact ADD COLUMN first_reply_seconds INTEGER;
    ALTER TABLE conversation ADD COLUMN visitor TEXT;
    ALTER TABLE conversation ADD COLUMN network_quality INTEGER;
    ALTER TABLE conversation ADD COLUMN product_quality INTEGER;
    ALTER TABLE conversation ADD COLUMN reopens INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE conversation ADD COLUMN requalified INTEGER NOT NULL DEFAULT 0;

    UPDATE contact SET channel = (SELECT id FROM channel WHERE fold = 'call')
    WHERE channel = (SELECT id FROM channel WHERE fold = 'phone')
      AND EXISTS (SELECT 1 FROM channel WHERE fold = 'call');
    UPDATE conversation SET channel = (SELECT id FROM channel WHERE fold = 'call')
    WHERE channel = (SELECT id FROM channel WHERE fold = 'phone')
      AND EXISTS (SELECT 1 FROM channel WHERE fold = 'call');
    UPDATE channel SET fold = 'call'
    WHERE fold = 'phone' AND NOT EXISTS (SELECT 1 FROM channel WHERE fold = 'call');

    UPDATE contact SET flags = flags | 256 WHERE wrapup_seconds > 900;

    UPDATE contact SET first_reply_seconds = reply.seconds
    FROM (
      SELECT key, first_reply_at - conversation_start AS seconds
      FROM (
        SELECT t.key, t.first_reply_at, t.is_bot,
          min(t.started_at) OVER (PARTITION BY t.conversation) AS conversation_start,
          row_number() OVER (
            PARTITION BY t.conversation
            ORDER BY t.is_bot OR t.first_reply_at IS NULL, t.first_reply_at, t.started_at,
              coalesce(t.contact_id, a.name, ''), t.key
          ) AS place
        FROM contact AS t LEFT JOIN agent AS a ON a.id = t.agent
      )
      WHERE place = 1 AND is_bot = 0 AND first_reply_at - conversation_start BETWEEN 0 AND 4294967294
    ) AS reply
    WHERE reply.key = contact.key;

    UPDATE conversation SET reopens = reopening.count
    FROM (
      SELECT conversation, count(*) AS count
      FROM (
        SELECT t.conversation, t.started_at,
          lag(CASE WHEN t.is_bot = 0 AND t.end_reason = 0 THEN t.ended_at END) OVER (
            PARTITION BY t.conversation
            ORDER BY t.started_at, coalesce(t.contact_id, a.name, ''), t.key
          ) AS closed_at
        FROM contact AS t LEFT JOIN agent AS a ON a.id = t.agent
      )
      WHERE closed_at <= started_at
      GROUP BY conversation
    ) AS reopening
    WHERE reopening.conversation = conversation.key;
    """
}
