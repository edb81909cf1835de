internal import CivilTime
internal import Conversations

/// The cells of the current row as values; empty ones are `nil`.
extension ContactFile {
  func instant(_ field: ImportField, _ flags: inout ContactFlags) throws(RowRejection) -> Int64? {
    let bytes = cell(field)
    guard bytes.count > 0 else { return nil }
    if let (seconds, unit) = UnixTimes.seconds(of: bytes) {
      note(unit)
      return seconds
    }
    let parsed: ISO8601.ParsedInstant
    do throws(ISO8601.Fault) {
      parsed = try ISO8601.parse(bytes)
    } catch {
      throw rejection(field, error == .outOfRange ? .instantOutOfRange : .unreadableInstant)
    }
    switch parsed {
    case .instant(let instant): return instant.seconds
    case .local(let local):
      guard let zone = options.zone else { throw rejection(field, .noZone) }
      switch zone.resolve(local) {
      case .unique(let instant): return instant.seconds
      case .repeated(let first):
        flags.insert(.repeatedHour)
        return first.seconds
      case .skipped: throw rejection(field, .skippedHour)
      }
    }
  }

  func seconds(_ field: ImportField) throws(RowRejection) -> UInt32? {
    let bytes = cell(field)
    guard bytes.count > 0 else { return nil }
    var number: Int64 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { throw notWhole(field) }
      // Saturates far above every limit instead of overflowing.
      number = min(number * 10 + Int64(byte - UInt8(ascii: "0")), 1 << 40)
    }
    guard number <= options.maxDuration, number < Int64(UInt32.max) else {
      throw rejection(field, .durationTooLong(limit: min(options.maxDuration, Int64(UInt32.max) - 1)))
    }
    return UInt32(number)
  }

  private func notWhole(_ field: ImportField) -> RowRejection {
    guard let text = text(field), let number = Double(text), number.isFinite else {
      return rejection(field, .notWholeSeconds)
    }
    if number < 0 { return rejection(field, .negative) }
    return rejection(field, text.contains(".") ? .fractional : .notWholeSeconds)
  }

  func flag(_ field: ImportField) throws(RowRejection) -> Bool {
    guard let text = text(field) else { return false }
    switch text.lowercased() {
    case "true", "1": return true
    case "false", "0": return false
    default: throw rejection(field, .unknownWord(expected: ["true", "false", "1", "0"]))
    }
  }

  func word<Word>(_ field: ImportField, among words: [Word], name: (Word) -> String)
    throws(RowRejection) -> Word?
  {
    guard let text = text(field)?.lowercased() else { return nil }
    guard let word = words.first(where: { name($0) == text }) else {
      throw rejection(field, .unknownWord(expected: words.map(name)))
    }
    return word
  }

  /// What the given handling time was taken from, where an export says so.
  func basis() throws(RowRejection) -> HandlingBasis? {
    try word(.handlingBasis, among: [HandlingBasis.given, .parts, .derived]) { "\($0)" }
  }

  /// What an export says was noticed when the row was first taken in, as far as its values do not tell.
  func noticedBefore() throws(RowRejection) -> ContactFlags {
    guard cell(.importFlags).count > 0 else { return [] }
    var flags: ContactFlags = []
    for name in TagCells.split(cell(.importFlags)) {
      guard let found = ContactFlags.names.first(where: { Array($0.name.utf8) == name }) else {
        throw rejection(.importFlags, .unknownWord(expected: ContactFlags.names.map(\.name)))
      }
      flags.insert(found.flag)
    }
    return flags.intersection(.unrepeatable)
  }

  func note() throws(RowRejection) -> String? {
    guard let note = text(.note) else { return nil }
    guard note.count <= Bounds.noteCharacters else {
      throw rejection(.note, .tooLong(limit: Bounds.noteCharacters))
    }
    return note
  }

  /// What the visitor wrote.
  func longText() throws(RowRejection) -> String? {
    guard cell(.text).count <= Bounds.textBytes else {
      throw rejection(.text, .tooLong(limit: Bounds.textBytes))
    }
    return text(.text)
  }

  /// A text of at most ``Bounds/idBytes``.
  func shortText(_ field: ImportField) throws(RowRejection) -> String? {
    guard cell(field).count <= Bounds.idBytes else { throw rejection(field, .tooLong(limit: Bounds.idBytes)) }
    return text(field)
  }

  /// A rating; what is none is dropped and flagged.
  func rating(_ field: ImportField, _ flags: inout ContactFlags) -> Rating? {
    guard let text = text(field) else { return nil }
    if let rating = Rating(name: text.lowercased()) { return rating }
    flags.insert(.ratingOutOfRange)
    return nil
  }

  /// A quality, 1 to 5; what is none is dropped and flagged.
  func quality(_ field: ImportField, _ flags: inout ContactFlags) -> UInt8? {
    guard let rating = rating(field, &flags) else { return nil }
    if rating.score == nil { flags.insert(.ratingOutOfRange) }
    return rating.score.map(UInt8.init)
  }
}
