/// One row of the demo's export, as its fields stand in the file: local times of the shop, empty where nothing is known.
struct DemoContact {
  static let fields = [
    "id", "contactId", "visitor", "channel", "category", "tags", "agent", "group", "bot", "startedAt",
    "firstMessageAt", "firstReplyAt", "endedAt", "endReason", "closing", "state", "handlingSeconds",
    "talkSeconds",
    "holdSeconds", "wrapUpSeconds", "satisfaction", "networkQuality", "productQuality", "text",
  ]

  var id = ""
  var contactID = ""
  var visitor = ""
  var channel = ""
  var category = ""
  var tags: [String] = []
  var agent = ""
  var group = ""
  var isBot = false
  /// Seconds of the shop's clock since the year began.
  var startedAt = 0
  /// What stands in its place in the file, if it is no time.
  var startedAtText: String?
  /// Whether its times may be ones that no clock of the shop has shown.
  var isOnStoppedClock = false
  var firstMessageAt: Int?
  var firstReplyAt: Int?
  var endedAt: Int?
  var endReason = ""
  var closing = ""
  var state = ""
  var handling = ""
  var talk = ""
  var hold = ""
  var wrapUp = ""
  var satisfaction = ""
  var networkQuality = ""
  var productQuality = ""
  var text = ""

  var values: [String] {
    [
      id, contactID, visitor, channel, category, tags.joined(separator: ";"), agent, group,
      isBot ? "true" : "", startedAtText ?? shown(startedAt), firstMessageAt.map(shown) ?? "",
      firstReplyAt.map(shown) ?? "", endedAt.map(shown) ?? "", endReason, closing, state, handling, talk,
      hold, wrapUp, satisfaction, networkQuality, productQuality, text,
    ]
  }

  /// A time as the shop's clock shows it, which goes from two to three on the last Sunday of March.
  private func shown(_ seconds: Int) -> String {
    let isSkipped =
      Self.seconds(month: 3, day: 30, hour: 2)..<Self.seconds(month: 3, day: 30, hour: 3) ~= seconds
    return Self.time(isSkipped && !isOnStoppedClock ? seconds + 3_600 : seconds)
  }

  /// The days of the year before each month of 2025, a year without a leap day.
  private static let daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

  /// A time of the shop's clock: 2025-03-30T09:15:00, running into 2026.
  static func time(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = seconds / 86_400
    let (year, dayOfYear) = (2025 + day / 365, day % 365)
    let month = daysBefore.lastIndex { $0 <= dayOfYear }!
    let clock = seconds % 86_400
    return
      "\(year)-\(two(month + 1))-\(two(dayOfYear - daysBefore[month] + 1))T\(two(clock / 3_600)):\(two(clock / 60 % 60)):\(two(clock % 60))"
  }

  /// Seconds of the shop's clock at a day of the year 2025.
  static func seconds(month: Int, day: Int, hour: Int = 0) -> Int {
    (daysBefore[month - 1] + day - 1) * 86_400 + hour * 3_600
  }
}
