internal import HandlingAnalytics

extension Measure {
  var isBin: Bool { if case .bin = self { true } else { false } }

  /// Whether the figure of a whole is the sum of its parts': where nothing was counted it is 0, and a picture of it
  /// starts at 0.
  var isSum: Bool {
    switch self {
    case .total, .hours, .share, .shareContacts, .engaged: true
    default: kind == .count
    }
  }

  /// What a number is written in, where that does not go without saying.
  var unitText: String? {
    switch kind {
    case .duration: "h:mm:ss"
    case .share: "%"
    case .count, .number: nil
    }
  }

  /// A point of the measure's scale as tables would show it.
  func text(at value: Double) -> String {
    // A figure beyond what a whole number can hold is written like any other number.
    if kind == .count, value.magnitude < 1e15 { return FigureText.grouped(Int(value.rounded())) }
    return FigureText.text(.real(value), of: self)
  }
}

extension HandlingReport.Figure {
  /// How long its bar is: a picture has nothing below 0, and `nil` is no bar at all.
  var drawn: Double? {
    guard let number, !number.isNaN else { return nil }
    // Whatever is beyond is off every scale, and must not make one infinite.
    return Swift.min(Swift.max(number, 0), 1e100)
  }
}

extension Dimension {
  /// A label in a picture: weekdays by name.
  func title(of label: HandlingReport.Label) -> String {
    if self == .weekday, case .number(let day) = label, 1...7 ~= day {
      return ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day - 1]
    }
    return PrintableText.of(FigureText.text(label))
  }
}
