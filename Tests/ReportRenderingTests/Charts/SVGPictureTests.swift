import Foundation
import FoundationXML
import HandlingAnalytics
import TestSupport
import Testing

@testable import ReportRendering

struct SVGPictureTests {
  /// What a reader of XML finds.
  private final class Reader: NSObject, XMLParserDelegate {
    private(set) var counts: [String: Int] = [:]
    private(set) var texts: [String: [String]] = [:]
    private(set) var classes: [String: Int] = [:]
    /// Coordinates and lengths.
    private(set) var numbers = ""
    private var path: [String] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      counts[name, default: 0] += 1
      classes[attributes["class"] ?? "", default: 0] += 1
      for name in ["x", "y", "width", "height", "d", "viewBox"] { numbers += attributes[name] ?? "" }
      texts[name, default: []].append("")
      path.append(name)
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      guard let name = path.last, let last = texts[name]?.indices.last else { return }
      texts[name]?[last] += text
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      path.removeLast()
    }
  }

  private func read(_ svg: String) throws -> Reader {
    let parser = XMLParser(data: Data(svg.utf8))
    let reader = Reader()
    parser.delegate = reader
    let isRead = parser.parse()
    try #require(isRead, "\(String(describing: parser.parserError)): \(svg.prefix(2_000))")
    return reader
  }

  private let tags = ReportSample.bars(
    by: .tag, .mean, total: .real(300),
    [(.name("Delivery"), .whole(600)), (.name("<&>\"'\u{7}\u{FFFE}"), .real(301)), (.missing, .none)])

  @Test func aPictureStandsByItself() throws {
    let svg = try tags.rendered(as: .svg)
    #expect(
      svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wrapup\" role=\"img\" viewBox=\""))
    #expect(svg.hasSuffix("</svg>\n"))
    #expect(svg.contains("@media (prefers-color-scheme:dark)"))
    for foreign in ["<script", "href", "url(", "@import", "<image", "onload"] {
      #expect(!svg.contains(foreign))
    }
    #expect(svg.components(separatedBy: "http").count == 2)
    let reader = try read(svg)
    #expect(reader.texts["title"]?.first == "mean by tag")
    let description = try #require(reader.texts["desc"]?.first)
    #expect(
      description.hasPrefix(
        "3 values of tag; the greatest is Delivery, 0:10:00; all together: 0:05:00. Handling time"))
  }

  @Test func barsHaveNamesValuesAndAReference() throws {
    let reader = try read(try tags.svg())
    #expect(reader.classes["bar"] == 2)
    #expect(reader.classes["mark"] == 2)
    let texts = try #require(reader.texts["text"])
    for text in [
      "mean by tag", "h:mm:ss", "all 0:05:00", "Delivery", "0:10:00", "0:05:01", "<&>\"'\u{FFFD}\u{FFFD}",
      "(none)", "–",
    ] {
      #expect(texts.contains(text), "\(text)")
    }
    #expect(reader.texts["title"]?.contains("Delivery: 0:10:00") == true)
    let withoutTotal = try read(try tags.svg(showsTotal: false))
    #expect(withoutTotal.classes["mark"] == nil)
  }

  @Test func theDrawingOfOneBar() throws {
    let report = ReportSample.bars(by: .tag, .n, total: .whole(9), [(.name("a"), .whole(4))])
    let elements = try report.svg().components(separatedBy: "</style>\n")[1]
    #expect(
      elements.hasPrefix(
        """
        <text class="title" x="0" y="18">n by tag</text>
        """))
    #expect(
      elements.contains(
        """
        <text class="label end" x="8.3" y="73">a</text>
        <rect class="bar" x="16.3" y="60" width="525.5" height="17"><title>a: 4</title></rect>
        <text class="value end" x="560" y="73">4</text>
        """))
  }

  @Test func noMoreThanSixtyBars() throws {
    let rows = (0..<400).map {
      (HandlingReport.Label.name("tag \($0)"), HandlingReport.Figure.whole(400 - $0))
    }
    let reader = try read(try ReportSample.bars(by: .tag, .total, rows).svg())
    #expect(reader.classes["bar"] == 60)
    #expect(reader.texts["text"]?.contains("… and 340 more") == true)
    let field = ReportSample.field(
      by: [.tag, .channel], .mean, (0..<100).map { (.name("\($0)"), .name("chat"), .whole($0)) })
    let fields = try read(try field.svg())
    #expect(fields.texts["text"]?.contains("… and 40 more") == true)
  }

  @Test func timeIsALine() throws {
    func months(_ ordinals: [Int]) throws -> Reader {
      let labels = ordinals.compactMap { Dimension.month.label(at: $0) }
      return try read(
        try ReportSample.bars(
          by: .month, .mean, total: .whole(60), labels.map { ($0, .whole(60)) } + [(.missing, .whole(9))]
        )
        .svg())
    }
    let few = try months([24_190, 24_191, 24_195])
    #expect(few.classes["bar"] == 4)
    #expect(few.texts["text"]?.contains("(none)") == true)
    // 2015-11 and 2016-02: a title for what has no bar, too.
    #expect(few.texts["text"]?.contains("2016-02") == true)
    let many = try months(Array(24_000..<24_100) + [24_110])
    #expect(many.classes["bar"] == nil)
    #expect(many.classes["curve"] == 1)
    #expect(many.classes["curve dot"] == 1)
  }

  @Test func aHistogramNamesItsQuantiles() throws {
    let reader = try read(
      try ReportSample.histogram([4, 18, 25, 12, 0, 3, 1], median: .whole(130), p90: .real(301.5)).svg())
    #expect(reader.classes["bar"] == 6)
    #expect(reader.classes["mark"] == 2)
    let texts = try #require(reader.texts["text"])
    for text in ["n by handling time per contact", "median 0:02:10", "p90 0:05:02", "≥ 0:06:00", "20"] {
      #expect(texts.contains(text), "\(text)")
    }
    #expect(
      reader.texts["desc"]?.first?.hasPrefix(
        "7 ranges; most values are in 0:02:00 to 0:02:59, 25; median 0:02:10; p90 0:05:02.") == true)
  }

  @Test func aHeatMapSaysEachFieldAndItsClasses() throws {
    let week = ReportSample.field(
      by: [.weekday, .hour], .mean,
      [(.number(1), .number(9), .whole(120)), (.number(1), .number(10), .whole(300))])
    let reader = try read(try week.svg())
    #expect(reader.classes["none"] == 7 * 24 - 2)
    // One on the field, one in the legend; the frame of the field, and that of its legend.
    #expect(reader.classes["c0"] == 2)
    #expect(reader.classes["c6"] == 2)
    #expect(reader.classes["frame"] == 2)
    #expect(reader.texts["title"]?.contains("Mon, 10: 0:05:00") == true)
    #expect(reader.texts["text"]?.contains("mean, h:mm:ss, from") == true)
    #expect(reader.texts["text"]?.contains("no value") == true)
  }

  @Test(arguments: 0..<100)
  func everyPictureIsXML(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let reader = try read(try ChartWidthTests.report(&generator).svg())
    #expect(reader.numbers.allSatisfy { "0123456789.- MLh".contains($0) })
  }

  @Test(
    arguments: [
      (0, "0"), (1, "1"), (0.04, "0"), (0.05, "0.1"), (12.34, "12.3"), (-0.26, "-0.3"), (-7, "-7"),
      (1e9, "1000000000"),
    ] as [(Double, String)])
  func coordinatesAreShort(number: Double, text: String) {
    #expect(SVGText.number(number) == text)
  }

  @Test func textIsCutAndBrokenByItsWidth() {
    #expect(SVGText.shortened("Delivery", to: 200, size: 14) == "Delivery")
    let short = SVGText.shortened("A very long name of a tag", to: 100, size: 14)
    #expect(short.hasSuffix("…") && short.count > 8)
    #expect(SVGText.width(short, size: 14) <= 100)
    #expect(SVGText.width("日本", size: 10) > SVGText.width("ab", size: 10))
    let lines = SVGText.lines("one two three four five", width: 60, size: 12)
    #expect(lines.count > 1)
    #expect(lines.joined(separator: " ") == "one two three four five")
    #expect(lines.allSatisfy { SVGText.width($0, size: 12) <= 60 })
  }
}
