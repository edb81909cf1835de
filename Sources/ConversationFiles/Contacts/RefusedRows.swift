internal import Conversations

/// Refused rows, counted by what is wrong with them, with the first ones of each kind. The same for any order in which
/// rows and parts of files are added.
public struct RefusedRows: Equatable, Sendable {
  /// Rows that have the same wrong with them.
  public struct Kind: Equatable, Sendable {
    /// What is wrong, without what differs from row to row.
    let reason: RowRejection.Reason
    /// The field to blame, if one is.
    public let column: String?
    /// How many there are.
    public fileprivate(set) var count = 0
    /// The first of them in the order of the file.
    public fileprivate(set) var examples: [RowRejection] = []

    /// What is wrong in a word or two: `end-before-start`.
    public var name: String { reason.name }

    fileprivate mutating func add(_ example: RowRejection) {
      let place = examples.firstIndex { $0.line > example.line } ?? examples.count
      guard place < exampleLimit else { return }
      var example = example
      example.source = []
      examples.insert(example, at: place)
      if examples.count > exampleLimit { examples.removeLast() }
    }
  }

  /// Most rows of a kind that are kept.
  public static let exampleLimit = 2

  private var found: [Kind] = []

  /// None.
  package init() {}

  /// The kinds, in the order of their first rows.
  public var kinds: [Kind] { found.sorted { $0.examples[0].line < $1.examples[0].line } }

  /// How many rows were refused.
  public var count: Int { found.reduce(0) { $0 + $1.count } }

  /// The rows that are kept, in the order of the file.
  public var examples: [RowRejection] { found.flatMap(\.examples).sorted { $0.line < $1.line } }

  /// Adds a row. O(kinds).
  package mutating func add(_ rejection: RowRejection) {
    let place = place(of: rejection.reason.kind, rejection.column)
    found[place].count += 1
    found[place].add(rejection)
  }

  /// Adds the rows of another part of the file, which begins so many lines into it.
  package mutating func add(_ others: RefusedRows, movedBy lines: Int = 0) {
    for kind in others.found {
      let place = place(of: kind.reason, kind.column)
      found[place].count += kind.count
      for example in kind.examples { found[place].add(example.moved(by: lines)) }
    }
  }

  /// The same kinds with the same rows, in whatever order they were added.
  public static func == (one: RefusedRows, other: RefusedRows) -> Bool { one.kinds == other.kinds }

  private mutating func place(of reason: RowRejection.Reason, _ column: String?) -> Int {
    func known(_ column: String?) -> Int? {
      found.firstIndex { $0.column == column && $0.reason == reason }
    }
    if let place = known(column) { return place }
    // A file may have any number of columns that nobody knows; fields are few.
    let field = column.flatMap { ImportField(header: $0) == nil ? nil : $0 }
    if let place = known(field) { return place }
    found.append(Kind(reason: reason, column: field))
    return found.count - 1
  }
}

extension RowRejection {
  /// The same row, counted from another line.
  package func moved(by lines: Int) -> RowRejection {
    guard lines != 0 else { return self }
    var moved = RowRejection(line: line + lines, column: column, value: value, reason: reason)
    moved.source = source
    return moved
  }
}

extension RowRejection.Reason {
  /// The reason without what differs from row to row.
  fileprivate var kind: RowRejection.Reason {
    switch self {
    case .conflictsWithLine: .conflictsWithLine(0)
    case .fieldCount(_, let expected): .fieldCount(found: 0, expected: expected)
    case .json(let fault): .json(JSONFault(reason: fault.reason, column: 0))
    case .sameMeaning: .sameMeaning(as: "")
    default: self
    }
  }

  /// The reason in a word or two, for counts.
  fileprivate var name: String {
    switch self {
    case .missingValue: "empty"
    case .unreadableInstant: "unreadable-time"
    case .noZone: "time-without-zone"
    case .skippedHour: "skipped-hour"
    case .instantOutOfRange: "time-out-of-range"
    case .endBeforeStart: "end-before-start"
    case .endedWithoutEnd: "ended-without-end"
    case .notWholeSeconds: "no-duration"
    case .negative: "negative"
    case .fractional: "fractional"
    case .durationTooLong: "duration-too-long"
    case .unknownWord: "unknown-word"
    case .tooLong: "too-long"
    case .tooManyTags: "too-many-tags"
    case .tooManyContacts: "too-many-contacts"
    case .tooManyNames: "too-many-names"
    case .conflictsWithLine: "key-with-other-values"
    case .fieldCount: "field-count"
    case .textAfterQuote: "text-after-quote"
    case .nulByte: "nul-byte"
    case .invalidUTF8: "not-utf-8"
    case .json: "no-json"
    case .notText: "no-text"
    case .basisDiffers: "basis-differs"
    case .sameMeaning: "same-meaning"
    }
  }
}
