internal import Foundation

/// A seeded, endless desk of contacts: skewed tags, several a conversation at times, missing values, ascending
/// time. Keeps what a report must answer, added up without any of the product's code.
struct GeneratedContacts {
  /// What one tag adds up to.
  struct Expected: Equatable {
    var contacts = 0
    var n = 0
    var total = 0
  }

  static let tagCount = 60
  private static let channels = ["chat", "email", "call", "whatsapp", "video"]

  /// By tag name; "" for untagged.
  private(set) var expected: [String: Expected] = [:]
  private var state: UInt64 = 0x5EED

  static let header =
    "id,contactId,channel,category,tags,agent,group,startedAt,firstReplyAt,endedAt,handlingSeconds,satisfaction\n"

  /// Writes `rows` contacts, a megabyte at a time.
  mutating func writeCSV(rows: Int, to write: (Data) -> Void) {
    var text = Self.header
    var start = 1_420_070_400
    for row in 0..<rows {
      start += below(60)
      append(row, startedAt: start, to: &text)
      if text.utf8.count > 1 << 20 {
        write(Data(text.utf8))
        text = ""
      }
    }
    write(Data(text.utf8))
  }

  private mutating func append(_ row: Int, startedAt start: Int, to text: inout String) {
    let category = below(12)
    let tags = tags()
    let handling = below(20) == 0 ? nil : 30 + below(40) * below(40) + below(600)
    let end = start + (handling ?? 300) + below(900)
    text += "C\(1_000_000 + row),,\(Self.channels[min(below(8), 4)]),Category \(category),"
    text += tags.joined(separator: ";")
    text += ",agent \(below(500)),group \(below(10)),"
    text += "\(instant(start)),\(instant(start + below(30))),\(instant(end)),"
    text += "\(handling.map(String.init) ?? ""),\(below(3) == 0 ? String(1 + below(5)) : "")\n"
    for tag in tags.isEmpty ? [""] : tags {
      expected[tag, default: Expected()].contacts += 1
      if let handling {
        expected[tag]!.n += 1
        expected[tag]!.total += handling
      }
    }
  }

  /// None to three tags, low numbers often.
  private mutating func tags() -> [String] {
    let count = [0, 1, 1, 1, 1, 1, 1, 2, 2, 3][below(10)]
    var tags: [String] = []
    while tags.count < count {
      let tag = "Tag \(min(below(Self.tagCount), below(Self.tagCount)))"
      if !tags.contains(tag) { tags.append(tag) }
    }
    return tags
  }

  /// SplitMix64.
  private mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }

  private func instant(_ seconds: Int) -> String {
    // Days to civil date, counted from 2015-01-01 over a table of month lengths: slow and plain.
    var day = seconds / 86_400 - 16_436
    var year = 2015
    func length(_ year: Int) -> Int { year.isMultiple(of: 4) ? 366 : 365 }
    while day >= length(year) {
      day -= length(year)
      year += 1
    }
    var month = 0
    let months = [31, year.isMultiple(of: 4) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    while day >= months[month] {
      day -= months[month]
      month += 1
    }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let rest = seconds % 86_400
    return
      "\(year)-\(two(month + 1))-\(two(day + 1))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
