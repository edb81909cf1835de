/// Why a text is no filter: the first place at which it stops being one.
public struct FilterFault: Error, Equatable, Sendable {
  /// What should have stood there.
  public enum Expectation: Equatable, Sendable {
    /// A field's name, `not`, `(`, `true` or `false`.
    case condition
    /// One of these comparisons, all that the field takes.
    case comparison([String])
    /// A value.
    case value
    /// Quotes around a value that is a keyword.
    case quotes
    /// The quote that ends a quoted value; the column is that of the one that begins it.
    case closingQuote
    /// The `(` of a list.
    case list
    /// `,` or the `)` of a list.
    case listEnd
    /// `and` or `or`, or a `)`.
    case closingParenthesis
    /// `and`, `or` or the end.
    case connective
    /// One of these words.
    case words([String])
    /// A whole number among these.
    case number(ClosedRange<Int>)
    /// A number of whole seconds.
    case seconds
    /// A day (2016-02-29), week (2016-W09), month (2016-02) or quarter (2016-Q1) of the years 1900 to 2200.
    case bucket(Dimension)
    /// A period; why this is none.
    case period(PeriodFault)
    /// An upper bound not below the lower one.
    case upperBound
    /// At most so many bytes.
    case fewerBytes(limit: Int)
    /// At most so many levels of `(` and `not`.
    case lessNesting(limit: Int)
  }

  /// Where, in characters, from 1.
  public let column: Int
  /// The word, quoted value or sign that stands there, at most 60 characters; `nil` at the end of the text.
  public let found: String?
  /// What should have stood there.
  public let expected: Expectation
  /// What may have been meant, nearest first: names of fields, or words that the field takes.
  public let nearest: [String]
}
