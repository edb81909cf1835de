import TestSupport

/// Contacts files with much in them that is odd: repeated ids, spellings, quotes, blanks, values out of bounds.
struct NastyFile {
  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
  mutating func pick<Element>(_ from: [Element]) -> Element { from[below(from.count)] }
  mutating func chance(_ one: Int) -> Bool { below(one) == 0 }

  private static let columns = [
    "id", "contactId", "visitor", "channel", "category", "tags", "agent", "group", "bot", "startedAt",
    "firstMessageAt", "firstReplyAt", "endedAt", "endReason", "closing", "state", "handlingSeconds",
    "talkSeconds", "holdSeconds", "wrapUpSeconds", "satisfaction", "networkQuality", "productQuality", "note",
    "colour",
  ]

  /// A file of up to so many rows.
  ///
  /// - Parameter oddity: one cell in so many is odd.
  mutating func text(rows: Int, ids: Int, oddity: Int) -> String {
    var columns = Self.columns.filter { $0 == "id" || $0 == "startedAt" || !chance(4) }
    columns.shuffle(using: &generator)
    let delimiter = pick([",", ",", ",", ";", "\t"])
    let lineEnd = pick(["\n", "\n", "\r\n"])
    var text = chance(6) ? "\u{FEFF}" : ""
    text += columns.joined(separator: delimiter) + lineEnd
    let isAscending = chance(2)
    for row in 0..<below(rows) {
      if chance(40) { text += lineEnd }
      let number = isAscending ? row * ids / rows : below(ids)
      var cells = columns.map { cell($0, number, oddity) }
      if chance(30 * oddity) { cells.removeLast() }
      if chance(30 * oddity) { cells.append("more") }
      text += cells.map { quoted($0, delimiter) }.joined(separator: delimiter) + lineEnd
    }
    if chance(3) { text.unicodeScalars.removeLast() }
    return text
  }

  private mutating func quoted(_ cell: String, _ delimiter: String) -> String {
    let isNeeded = cell.contains { "\",;\t\r\n".contains($0) }
    guard isNeeded && !chance(20) || chance(12) else { return chance(30) ? " \(cell)" : cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\"" + (chance(60) ? "x" : "")
  }

  private mutating func cell(_ column: String, _ number: Int, _ oddity: Int) -> String {
    if chance(oddity) {
      return pick([
        "", "x", "-5", "12.5", "\u{0}", "2016-02-30T00:00:00Z", "1899-12-31T23:59:59Z", "9999999999", "a\"b",
        "\"", "multi\nline", "é", String(repeating: "w", count: 257), String(repeating: "ü", count: 120), " ",
        "2016-03-27T02:30:00", "2016-10-30T02:30:00", "2016-10-30T12:30", "00000012", "123456789", "6",
        "good",
      ])
    }
    switch column {
    case "id": return chance(9) ? "conversation-number-\(number)" : "c\(number)"
    case "contactId": return chance(2) ? "" : "k\(below(3))"
    case "visitor": return chance(2) ? "" : "v\(below(5))"
    case "channel": return pick(["chat", "Chat", "call", "Phone", "email", "", "WhatsApp"])
    case "category":
      return pick(["Delivery", "delivery", "Rétours", "Retours", "", "A category of a long name"])
    case "tags":
      return pick([
        "", "Refund", "refund", "REFUND;Late parcel", "Late parcel; Refund;refund", "a;b;c;d", "Größe",
        "x\\;y", ";",
        "A;;B",
      ])
    case "agent": return pick(["Ann", "ann", "Ben", "", "someone.with.a.long.name@example.com"])
    case "group": return pick(["g1", "g2", ""])
    case "bot": return pick(["", "0", "1", "false", "TRUE", "0", ""])
    case "startedAt": return instant(below(5_000))
    case "firstMessageAt": return chance(2) ? "" : instant(below(5_000))
    case "firstReplyAt": return chance(2) ? "" : instant(below(6_000))
    case "endedAt": return chance(5) ? "" : instant(4_000 + below(6_000))
    case "endReason": return pick(["", "", "closed", "transferred", "Snoozed"])
    case "closing": return pick(["", "agent", "visitor", "natural", "BOT"])
    case "state": return pick(["", "", "", "ended", "open", "closed"])
    case "handlingSeconds": return chance(3) ? "" : "\(below(4_000))"
    case "talkSeconds", "holdSeconds": return chance(6) ? "" : "\(below(900))"
    case "wrapUpSeconds": return chance(6) ? "" : "\(below(1_800))"
    case "satisfaction": return pick(["", "", "1", "5", "good", "Bad", "6"])
    case "networkQuality", "productQuality": return pick(["", "3", "4", "0"])
    case "note": return pick(["", "A note, and more", "said \"hello\"", "zwei\nZeilen"])
    default: return pick(["", "red", "grün"])
    }
  }

  private mutating func instant(_ minute: Int) -> String {
    let (day, hour) = (1 + minute / 1440 % 28, minute / 60 % 24)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let text = "2016-\(two(1 + minute / 4000))-\(two(day))T\(two(hour)):\(two(minute % 60)):\(two(below(60)))"
    return text + pick(["Z", "Z", "Z", "Z", "Z", "Z", "+01:00", "z", ".5Z"])
  }

  /// Some bytes of a file other than they were.
  mutating func mutated(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<(1 + below(4)) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(4) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(pick([0, 0x22, 0x0A, 0x0D, 0x2C, 0x3B, 0x20, 0xC3, 0xFF, 0x30]), at: place)
      case 2: bytes[place] = UInt8(below(256))
      default: bytes.removeSubrange(place..<min(bytes.count, place + below(30)))
      }
    }
    return bytes
  }
}
