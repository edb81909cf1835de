internal import WrapUpEngine

/// Refused rows as sentences: file, line, column, value, what is wrong and what would be right.
enum RejectionPhrases {
  static func phrase(for rejection: RowRejection, file: String) -> String {
    var place = "\(file == "-" ? "standard input" : file):\(rejection.line): "
    if let column = rejection.column { place += column + " " }
    if let value = rejection.value { place += "\"\(value.filter { !$0.isNewline })\" " }
    if rejection.reason == .unreadableInstant, let value = rejection.value, isDate(value) {
      return place + "is a date without a time of day; write it like \(value)T14:05:00Z"
    }
    return place + phrase(for: rejection.reason)
  }

  private static func isDate(_ value: String) -> Bool {
    value.utf8.count == 10
      && zip(value.utf8, "0000-00-00".utf8).allSatisfy {
        $1 == UInt8(ascii: "-") ? $0 == $1 : UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
      }
  }

  static func phrase(for reason: RowRejection.Reason) -> String {
    switch reason {
    case .missingValue: "is empty and must not be"
    case .unreadableInstant:
      "is not an instant; write it like 2016-02-29T14:05:00Z or 2016-02-29T15:05:00+01:00, or as unix seconds"
    case .noZone: "has no offset; add Z or +01:00, or import with --zone Europe/Paris"
    case .skippedHour:
      "does not exist in that zone: clocks were put forward over it; add an offset such as +01:00"
    case .instantOutOfRange: "lies outside the years 1900 to 2200"
    case .endBeforeStart: "is before the start"
    case .endedWithoutEnd: "says ended, but endedAt is empty"
    case .notWholeSeconds: "is not a number of whole seconds, such as 300"
    case .negative: "is negative; durations are whole seconds from 0"
    case .fractional: "has a fraction; durations are whole seconds"
    case .durationTooLong(let limit): "is above \(Phrase.grouped(Int(limit))) s; --max-duration allows more"
    case .unknownWord(let expected): "is none of \(expected.joined(separator: ", "))"
    case .tooLong(let limit):
      "is longer than \(Phrase.grouped(limit)) \(limit == Bounds.noteCharacters ? "characters" : "bytes")"
    case .tooManyTags(let limit): "makes more than \(limit) tags for one conversation"
    case .tooManyContacts(let limit): "makes more than \(Phrase.grouped(limit)) contacts of one conversation"
    case .tooManyNames(let limit): "has more than \(Phrase.grouped(limit)) different names"
    case .conflictsWithLine(let line): "has other values for the contact whose key is already on line \(line)"
    case .fieldCount(let found, let expected):
      "has \(Phrase.count(found, "field")) where the header has \(Phrase.grouped(expected))"
        + (found > expected ? "; a field that holds the separator stands in quotes" : "")
    case .textAfterQuote: "has text after its closing quote; double the quotes inside a quoted field"
    case .nulByte: "holds a NUL byte"
    case .invalidUTF8: "is not UTF-8; save the file as UTF-8"
    case .json(let fault): "byte \(fault.column): \(phrase(for: fault.reason))"
    case .notText: "is not a text; write it in quotes"
    case .basisDiffers:
      "does not agree with handlingSeconds: parts are talk + hold + wrap-up, derived is endedAt - startedAt"
    case .sameMeaning(let other): "means the same as \(other); keep one of them"
    }
  }

  private static func phrase(for reason: JSONFault.Reason) -> String {
    switch reason {
    case .expected(.object): "a line is one JSON object, such as {\"id\":\"c-17\",\"tags\":[\"Refund\"]}"
    case .expected(.key): "a key in quotes was to come here"
    case .expected(.colon): "a colon was to come here"
    case .expected(.commaOrEnd): "a comma or the end of the object or list was to come here"
    case .expected(.value): "a JSON value was to come here"
    case .unfinished: "the line ends inside a value; each object stands on one line"
    case .textAfterEnd: "more follows the object; each stands on a line of its own"
    case .repeatedKey: "this key stands in the object already"
    case .invalidUTF8: "the text is not UTF-8"
    case .controlCharacter: "a control character in a text is written as an escape, such as \\n"
    case .unknownEscape: "JSON has no such escape"
    case .tooDeep(let limit): "objects and lists lie more than \(limit) deep"
    }
  }
}
