internal import CivilTime
internal import Conversations

/// What the text of a period says, before a zone and a clock give it limits.
enum PeriodReading: Equatable {
  /// A date, or an instant.
  enum Limit: Equatable {
    /// Counted from 1970-01-01.
    case day(Int)
    /// Unix seconds.
    case instant(Int64)
  }

  /// The span of that unit in which today lies, or the one before it.
  case current(CivilSpan.Unit, isPrevious: Bool)
  /// So many whole days before today.
  case lastDays(Int)
  case span(CivilSpan)
  case between(from: Limit?, to: Limit?)

  /// The periods that have a name of their own.
  static let relative: [(name: String, reading: PeriodReading)] = [
    ("today", .current(.day, isPrevious: false)), ("yesterday", .current(.day, isPrevious: true)),
    ("this-week", .current(.week, isPrevious: false)), ("last-week", .current(.week, isPrevious: true)),
    ("this-month", .current(.month, isPrevious: false)), ("last-month", .current(.month, isPrevious: true)),
    ("this-quarter", .current(.quarter, isPrevious: false)),
    ("last-quarter", .current(.quarter, isPrevious: true)),
    ("this-year", .current(.year, isPrevious: false)), ("last-year", .current(.year, isPrevious: true)),
  ]
}

extension Period {
  /// The longest stretch of whole days before today: that of the years 1900 to 2200.
  static let dayLimit = 301 * 366

  /// What its text says. Only what a zone must tell is left open: whether a date lies before an instant.
  var reading: PeriodReading {
    get throws(PeriodFault) {
      switch self {
      case .named(let name):
        return try Self.reading(of: name)
      case .between(let from, let to):
        let first = try Self.limit(from, .from)
        let last = try Self.limit(to, .to)
        let isBackwards =
          switch (first, last) {
          case (.day(let one), .day(let other)): one > other
          case (.instant(let one), .instant(let other)): one >= other
          default: false
          }
        guard !isBackwards else { throw .backwards(from: from ?? "", to: to ?? "") }
        return .between(from: first, to: last)
      }
    }
  }

  private static func reading(of name: String) throws(PeriodFault) -> PeriodReading {
    let folded = name.lowercased()
    if let relative = PeriodReading.relative.first(where: { $0.name == folded }) { return relative.reading }
    if folded.hasSuffix("d"), let days = Int(saturatingDigits: folded.dropLast()) {
      guard days > 0 else { throw .impossible(.name, name) }
      guard days <= dayLimit else { throw .outOfYears(.name, name) }
      return .lastDays(days)
    }
    if let dots = name.utf8.firstIndex(of: UInt8(ascii: ".")), name[dots...].hasPrefix("..") {
      let first = String(name[..<dots])
      let last = String(name[dots...].dropFirst(2))
      let from = try date(first, in: name)
      let to = try date(last, in: name)
      guard from <= to else { throw .backwards(from: first, to: last) }
      return .between(from: .day(from), to: .day(to))
    }
    do throws(CivilSpan.Fault) {
      return .span(try CivilSpan(name))
    } catch .unreadable {
      let names = PeriodReading.relative.map(\.name)
      throw .unreadable(.name, name, nearest: NearestNames.of(name, among: names))
    } catch {
      throw fault(error, .name, name)
    }
  }

  /// One of the two dates of a name.
  private static func date(_ text: String, in name: String) throws(PeriodFault) -> Int {
    do throws(CivilSpan.Fault) {
      let span = try CivilSpan(text)
      guard span.unit == .day else { throw .unreadable }
      return span.days.lowerBound
    } catch .unreadable {
      throw .unreadable(.name, name, nearest: [])
    } catch {
      throw fault(error, .name, text)
    }
  }

  private static func limit(
    _ text: String?, _ part: PeriodFault.Part
  ) throws(PeriodFault) -> PeriodReading.Limit? {
    guard let text else { return nil }
    do {
      let span = try CivilSpan(text)
      if span.unit == .day { return .day(span.days.lowerBound) }
    } catch {
      if error != .unreadable { throw fault(error, part, text) }
    }
    switch try instant(text, part) {
    case .instant(let instant): return .instant(instant.seconds)
    case .local: throw .offsetMissing(part, text)
    }
  }

  private static func instant(
    _ text: String, _ part: PeriodFault.Part
  ) throws(PeriodFault) -> ISO8601.ParsedInstant {
    do {
      return try ISO8601.parse(Array(text.utf8).span)
    } catch {
      switch error {
      case .unreadable: throw .unreadable(part, text, nearest: [])
      case .impossibleDate, .impossibleTime: throw .impossible(part, text)
      case .outOfRange: throw .outOfYears(part, text)
      }
    }
  }

  private static func fault(
    _ fault: CivilSpan.Fault, _ part: PeriodFault.Part, _ text: String
  ) -> PeriodFault {
    switch fault {
    case .unreadable: .unreadable(part, text, nearest: [])
    case .impossible: .impossible(part, text)
    case .outOfYears: .outOfYears(part, text)
    }
  }
}
