// Feeds arbitrary bytes to the reader of ISO 8601 texts: it must not trap, what it reads must be what the text says, and
// what is written of it must read as the same instant. Not part of a test target; `.ci/fuzz` builds and runs it.

/// The first byte chooses an offset, the rest is the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzISO8601(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: the fuzzer passes `count` readable bytes.
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let text = Array(input.dropFirst())
  guard let parsed = parse(text) else { return 0 }
  switch parsed {
  case .instant(let instant):
    precondition(Instant.earliest <= instant && instant <= Instant.latest, "outside the years taken")
    let written = Array(ISO8601.string(instant).utf8)
    precondition(written.count == 20 && parse(written) == parsed, "UTC reads as another instant")
    let east = (Int(choice) - 128) * 11 * 60
    precondition(parse(Array(ISO8601.string(instant, offset: east).utf8)) == parsed, "an offset moves it")
    let shown = ISO8601.string(instant, offset: offset(of: text))
    precondition(Array(shown.utf8.prefix(16)) == clock(of: text), "not the clock of the text")
  case .local(let local):
    let written = Array(ISO8601.string(Instant(local.secondsSinceEpochAsIfUTC)).utf8)
    precondition(parse(written.dropLast()) == parsed, "reads as another clock")
    precondition(Array(written.prefix(16)) == clock(of: text), "not the clock of the text")
    precondition(LocalDateTime(local.date, secondOfDay: local.secondOfDay) == local, "its parts differ")
  }
  return 0
}

private func parse(_ text: [UInt8]) -> ISO8601.ParsedInstant? {
  try? ISO8601.parse(text.span)
}

/// Year to minute as a text says them, in the writer's form.
private func clock(of text: [UInt8]) -> [UInt8] {
  var clock = Array(text.prefix(16))
  clock[10] = UInt8(ascii: "T")
  return clock
}

/// The seconds east of UTC that a text ends with, read once more from its end.
private func offset(of text: [UInt8]) -> Int {
  guard let place = text.lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }), place >= 16
  else { return 0 }
  let digits = text[place...].filter { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.map { Int($0) - 48 }
  let minutes = digits.count == 4 ? digits[2] * 10 + digits[3] : 0
  let size = ((digits[0] * 10 + digits[1]) * 60 + minutes) * 60
  return text[place] == UInt8(ascii: "-") ? -size : size
}
