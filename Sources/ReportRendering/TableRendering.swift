internal import Conversations
internal import HandlingAnalytics

/// A report for people: aligned, durations as h:mm:ss, and below what the figures rest on.
struct TableRendering {
  let report: HandlingReport
  let showsTotal: Bool
  let isStyled: Bool

  var text: String {
    var table = AlignedTable(
      report.query.dimensions.map { ($0.rawValue, $0.isNumeric ? .right : .left) }
        + report.query.measures.map { ($0.name, .right) })
    if showsTotal {
      table.append(report.query.dimensions.map { _ in "*" } + cells(report.total), isStrong: true)
    }
    for row in report.rows { table.append(row.labels.map(Self.text) + cells(row.figures)) }
    return table.text(isStyled: isStyled) + "\n" + notes.joined(separator: "\n") + "\n"
  }

  private func cells(_ figures: [HandlingReport.Figure]) -> [String] {
    zip(report.query.measures, figures).map { measure, figure in
      switch figure {
      case .none: "–"
      case .whole(let number): measure.isDuration ? Self.clock(Double(number)) : Self.grouped(number)
      case .real(let number): measure.isDuration ? Self.clock(number) : number.exactText
      }
    }
  }

  private static func text(_ label: HandlingReport.Label) -> String {
    label == .missing ? "(none)" : label.exactText
  }

  /// What the figures are of, who was left out, and when a contact counts.
  private var notes: [String] {
    var notes = [unit]
    var counted = "\(Self.grouped(report.scanned)) contacts looked at"
    if report.leftOutOpen > 0 {
      counted += ", \(Self.grouped(report.leftOutOpen)) left out as their conversation has not ended (--open)"
    }
    if report.leftOutBots > 0 { counted += ", \(Self.grouped(report.leftOutBots)) of bots left out (--bots)" }
    notes.append("\(counted); zone \(report.zone); \(attribution).")
    if let provisional = report.provisional, provisional > 0 {
      notes.append(
        "provisional: \(Self.grouped(provisional)) contacts of conversations not yet ended fall in this period"
      )
    }
    if report.query.dimensions.contains(.tag) {
      notes.append("A conversation with several tags counts in each of them; the total counts it once.")
    }
    return notes
  }

  private var unit: String {
    let named = report.bases.sorted { $0.key.rawValue < $1.key.rawValue }.map { basis, count in
      switch basis {
      case .given: (phrase: "handling time as the source gives it", count: count)
      case .parts: (phrase: "talk + hold + wrap-up", count: count)
      case .derived: (phrase: "elapsed from start to end", count: count)
      case .none: (phrase: "no value", count: count)
      }
    }
    switch named.count {
    case 0: return "Durations in h:mm:ss; no contact has a handling time."
    case 1: return "Durations in h:mm:ss per contact: \(named[0].phrase)."
    default:
      let parts = named.map { "\($0.phrase) (n = \(Self.grouped($0.count)))" }.joined(separator: ", ")
      return "Durations in h:mm:ss per contact, over several bases: \(parts)."
    }
  }

  private var attribution: String {
    switch report.query.attribution {
    case .reported: "a contact counts when its conversation ended"
    case .ended: "a contact counts when it ended"
    case .started: "a contact counts when it started"
    }
  }

  /// 3661 → 1:01:01, to the nearest second.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(grouped(whole / 3600)):\(twoDigits(whole / 60 % 60)):\(twoDigits(whole % 60))"
  }

  /// 1234567 → 1,234,567
  static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return number < 0 ? "-\(digits)" : digits
  }
}
