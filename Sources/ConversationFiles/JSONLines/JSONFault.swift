/// What is wrong with a line of JSON, and at which of its bytes, from 1.
public struct JSONFault: Error, Equatable, Sendable {
  /// The kinds of mistakes.
  public enum Reason: Equatable, Sendable {
    /// Something else was to come here.
    case expected(Expectation)
    /// The line ends inside a value.
    case unfinished
    /// More follows the object.
    case textAfterEnd
    /// A key that the object has already.
    case repeatedKey
    /// Bytes that are not UTF-8.
    case invalidUTF8
    /// A control character, which a string must write as an escape.
    case controlCharacter
    /// An escape that JSON does not have.
    case unknownEscape
    /// Values nested deeper than the limit.
    case tooDeep(limit: Int)
  }

  /// What may stand at a place.
  public enum Expectation: Equatable, Sendable {
    case object, key, colon, commaOrEnd, value
  }

  /// The kind of mistake.
  public let reason: Reason
  /// The byte of the line where it shows, from 1.
  public let column: Int
}
