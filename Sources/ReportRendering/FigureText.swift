package import HandlingAnalytics

/// Figures and labels as people read them.
package enum FigureText {
  /// A figure as its measure wants it: durations as h:mm:ss, shares in percent, counts in groups of three.
  package static func text(_ figure: HandlingReport.Figure, of measure: Measure) -> String {
    guard let number = figure.number else { return "–" }
    switch measure.kind {
    case .duration: return clock(number)
    case .share: return decimal(number * 100, places: 1) + "%"
    case .number: return decimal(number, places: 2)
    case .count:
      if case .whole(let count) = figure { return grouped(count) }
      return decimal(number, places: 2)
    }
  }

  /// A label; `(none)` for a missing one.
  package static func text(_ label: HandlingReport.Label) -> String {
    label == .missing ? "(none)" : label.exactText
  }

  /// 3661 → 1:01:01, to the nearest second; a difference may be negative.
  package static func clock(_ seconds: Double) -> String {
    guard seconds.magnitude < 1e15 else { return seconds.exactText }
    let whole = Int(seconds.magnitude.rounded())
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let text = "\(grouped(whole / 3600)):\(twoDigits(whole / 60 % 60)):\(twoDigits(whole % 60))"
    return seconds < 0 && whole > 0 ? "-\(text)" : text
  }

  /// 1234567 → 1,234,567
  package static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return number < 0 ? "-\(digits)" : digits
  }

  /// 1234.567 → 1,234.57, half away from zero.
  package static func decimal(_ number: Double, places: Int) -> String {
    guard number.magnitude < 1e15 else { return number.exactText }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((number.magnitude * Double(scale)).rounded())
    var text = grouped(scaled / scale)
    if places > 0 {
      let fraction = String(scaled % scale)
      text += ".\(String(repeating: "0", count: places - fraction.count))\(fraction)"
    }
    return number < 0 && scaled > 0 ? "-\(text)" : text
  }
}
