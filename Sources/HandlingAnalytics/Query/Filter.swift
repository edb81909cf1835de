public import Conversations

/// Which contacts a question keeps.
///
/// Logic has two values: a missing value satisfies no test but the one for missing, and `not` is the exact
/// complement. Tags, category, channel, closing, rating and visitor are those of the contact's conversation; all
/// else is the contact's own. A combination is evaluated contact by contact.
///
/// Values are texts as answers label them: `9` (hour), `1` (Monday), `2016-02-29`, `2016-W09`, `2016-02`,
/// `2016-Q1`, `2016`, `1`...`5`, `good`, `bad`, a closing's word, or a name.
public indirect enum Filter: Hashable, Sendable {
  /// All of these hold; `all([])` keeps everything.
  case all([Filter])
  /// At least one of these holds; `any([])` keeps nothing.
  case any([Filter])
  /// The exact complement.
  case not(Filter)
  /// The value is among these; of tags, at least one is.
  case oneOf(Dimension, [String])
  /// The value lies between these, both included; `nil` is no limit. For rating, hour, weekday, day, week, month,
  /// quarter and year; a rating of two values lies in no range.
  case range(Dimension, from: String?, through: String?)
  /// There is no value.
  case missing(Dimension)
  /// The contact is a bot's.
  case isBot
  /// The handling value came about in one of these ways.
  case basis([HandlingBasis])
  /// The contact has at least one of these flags.
  case flags(ContactFlags)
  /// That time, in whole seconds, lies between these, both included. No value lies in no range, even up to
  /// `UInt32.max`.
  case seconds(Duration, from: UInt32, through: UInt32)
  /// That time has no value.
  case missingSeconds(Duration)
  /// The visitor's id is among these, letter by letter.
  case visitor([String])
  /// The conversation has no visitor.
  case missingVisitor
  /// The instant that files the contact lies in the period; a contact without that instant is outside.
  case period(Period)

  /// A time of a contact. Names are those of `--where`.
  public enum Duration: String, CaseIterable, Sendable {
    /// The handling value.
    case handling
    /// Its talk part.
    case talk
    /// Its hold part.
    case hold
    /// Its wrap-up part.
    case wrapup
  }

  /// Reads a condition such as `channel = chat and (tag in (refund, 'late parcel') or handling > 900)`.
  ///
  /// `not` binds tighter than `and`, `and` tighter than `or`. Comparisons are `=`, `!=`, `<`, `<=`, `>`, `>=`,
  /// `[not] in (…)`, `[not] between … and …`, `is [not] missing`; fields are every dimension, the durations in
  /// whole seconds, `basis`, `flag`, `bot`, `visitor`, and `period`, which takes `=` with a period's name, or
  /// `from` and `to`. `true` and `false` stand for everything and nothing. Field names and keywords may have any
  /// case; a value with white space or any of `( ) , ' " = < > !`, or that is a keyword, is quoted with `'` or
  /// `"`, which is doubled inside.
  ///
  /// Names of tags, agents and the like are taken as written: whether they exist is asked of the store later. At
  /// most 10,000 bytes and 100 levels of nesting. O(bytes).
  public init(where text: String) throws(FilterFault) {
    var parser = try WhereParser(text)
    self = try parser.filter()
  }
}
