import HandlingAnalytics
import Testing

@testable import ReportRendering

struct MarkdownRenderingTests {
  @Test func aReportAsMarkdown() throws {
    let table = """
      | tag | hour | contacts | mean | sd | p99.5 |
      | --- | ---: | ---: | ---: | ---: | ---: |
      | \\* | \\* | 1,234,567 | 1:01:02 | – | 0:01:30 |
      | a,"b"\u{FFFD}c | 7 | 1 | 0:00:59 | 0:00:00 | – |
      | (none) | (none) | 0 | – | – | 1,000:00:00 |

      Handling time per contact, as the source gives it; n = 2, missing 0; 12,343 never handled; \
      12,345 contacts looked at, none left out; \
      zone Europe/Paris; all time, a contact counts when its conversation ended.

      """
    #expect(try ReportSample.report().rendered(as: .markdown, on: Screen(isStyled: true)) == table)
    let withoutTotal = try ReportSample.report().rendered(as: .markdown, showsTotal: false)
    #expect(!withoutTotal.contains("\\*"))
  }

  @Test func notesKeepTheirLines() throws {
    let report = ReportSample.report(basis: ReportSample.basis { $0.severalTags = 2 })
    let lines = try report.rendered(as: .markdown).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 9)
    #expect(lines[6].hasSuffix("ended.\\"))
    #expect(
      lines[7] == "2 conversations with several tags count in each of them, in the total once.")
  }

  @Test(arguments: [
    ("plain é 日本 🙂", "plain é 日本 🙂"), ("a|b", "a\\|b"), ("\\", "\\\\"), ("`x`", "\\`x\\`"),
    ("*_~#", "\\*\\_\\~\\#"),
    ("[x](y)", "\\[x\\](y)"), ("<b>&amp;", "\\<b\\>\\&amp;"), ("a\nb\u{202E}", "a\u{FFFD}b\u{FFFD}"),
    ("|\u{301}", "\\|\u{301}"),
  ])
  func namesShowAsTheyAre(text: String, escaped: String) {
    #expect(Array(MarkdownRendering.escaped(text).utf8) == Array(escaped.utf8))
  }

  @Test func noNameAddsACellOrALine() throws {
    for name in ["|", "a | b", "\\|", "a\r\n| --- |", "\\"] {
      let report = ReportSample.bars(by: .tag, .n, [(.name(name), .whole(1))])
      let row = try report.rendered(as: .markdown, showsTotal: false).split(separator: "\n")[2]
      // A bar that no backslash hides ends a cell.
      var bars = 0
      var isHidden = false
      for character in row.unicodeScalars {
        if character == "|", !isHidden { bars += 1 }
        isHidden = character == "\\" && !isHidden
      }
      #expect(bars == 3, "\(name)")
    }
  }
}
