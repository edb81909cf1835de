import HandlingAnalytics
import TestSupport
import Testing

@testable import ReportRendering

/// No line of a picture is wider than it may be, whatever an answer holds.
struct ChartWidthTests {
  private static let scalars = Array(
    "abc XYZ09|<>&\"'\\\u{301}éß日本語한🙂📦👨‍👩‍👧🇫🇷❤️\u{1B}\n\t\u{202E}\u{200B}Ωшع".unicodeScalars)

  private static func name(_ generator: inout SeededGenerator) -> String {
    var name = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...80, using: &generator) {
      name.append(scalars.randomElement(using: &generator) ?? "a")
    }
    return String(name)
  }

  private static func label(of dimension: Dimension, _ generator: inout SeededGenerator)
    -> HandlingReport.Label
  {
    switch (Int.random(in: 0..<12, using: &generator), dimension) {
    case (0, _): .missing
    case (_, .hour): .number(Int.random(in: 0...23, using: &generator))
    case (_, .weekday): .number(Int.random(in: 1...7, using: &generator))
    case (_, .month): dimension.label(at: Int.random(in: 24_000...24_060, using: &generator)) ?? .missing
    case (_, .day): dimension.label(at: Int.random(in: -900...900, using: &generator)) ?? .missing
    default: .name(name(&generator))
    }
  }

  private static func figure(_ generator: inout SeededGenerator) -> HandlingReport.Figure {
    switch Int.random(in: 0..<14, using: &generator) {
    case 0: .none
    case 1: .whole(0)
    case 2: .whole(.max)
    case 3: .whole(.min)
    case 4:
      .real(
        [-1e300, 1e300, .infinity, -.infinity, .nan, -0.0, .leastNonzeroMagnitude].randomElement(
          using: &generator) ?? 0)
    case 5...8: .real(Double.random(in: -10...1e6, using: &generator))
    default: .whole(Int.random(in: -100...100_000, using: &generator))
    }
  }

  /// A report of any shape that can be drawn, with any figures.
  static func report(_ generator: inout SeededGenerator) -> HandlingReport {
    let measure: Measure =
      [.contacts, .mean, .share, .rating, .total, .quantile(permille: 999)].randomElement(using: &generator)
      ?? .n
    let dimensions: [Dimension] = [.tag, .agent, .hour, .weekday, .month, .day]
    if Int.random(in: 0..<5, using: &generator) == 0 {
      let counts = (0..<Int.random(in: 1...25, using: &generator)).map { _ in
        [0, 1, 1_000, .max].randomElement(using: &generator) ?? 0
      }
      return ReportSample.histogram(
        counts, width: [1, 60, 86_400].randomElement(using: &generator) ?? 1, median: figure(&generator),
        p90: figure(&generator))
    }
    let first = dimensions.randomElement(using: &generator) ?? .tag
    let count = Int.random(in: 1...90, using: &generator)
    if Bool.random(using: &generator) {
      return ReportSample.bars(
        by: first, measure, total: figure(&generator),
        (0..<count).map { _ in (label(of: first, &generator), figure(&generator)) })
    }
    let second = dimensions.filter { $0 != first }.randomElement(using: &generator) ?? .hour
    let across = (0..<Int.random(in: 1...40, using: &generator)).map { _ in label(of: second, &generator) }
    return ReportSample.field(
      by: [first, second], measure,
      (0..<count).map { _ in
        (
          label(of: first, &generator), across.randomElement(using: &generator) ?? .missing,
          figure(&generator)
        )
      })
  }

  /// The line without escape sequences, which take no column.
  private func bare(_ line: Substring) -> String {
    var bare = ""
    var isEscape = false
    for scalar in line.unicodeScalars {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape { bare.unicodeScalars.append(scalar) }
      if scalar == "m" { isEscape = false }
    }
    return bare
  }

  @Test(arguments: 0..<150)
  func noLineIsWiderThanTheCanvas(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let report = Self.report(&generator)
    for width in [-1, 60, Int.random(in: 48...200, using: &generator)] {
      for isStyled in [false, true] {
        let picture = try report.chart(width: width, isStyled: isStyled)
        #expect(picture.hasSuffix("\n"))
        for line in picture.split(separator: "\n") {
          let bare = bare(line)
          #expect(DisplayWidth.of(bare) <= max(width, 48), "\(bare)")
          #expect(PrintableText.of(bare) == bare)
          if !isStyled { #expect(bare.unicodeScalars.elementsEqual(line.unicodeScalars)) }
        }
      }
    }
  }
}
