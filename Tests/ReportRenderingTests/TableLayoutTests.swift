import ReportRendering
import TestSupport
import Testing

/// Tables on screens that are narrower than they are.
struct TableLayoutTests {
  private static let words = AlignedTable([("tag", .left), ("n", .right), ("why", .left)])
  private static let rows = [
    AlignedTable.Row(["Late parcel", "12", "mapped to Delivery; words: late, parcel"]),
    AlignedTable.Row(["Refund", "1,234", "mapped"]),
  ]

  private static func lines(_ table: AlignedTable, _ rows: [AlignedTable.Row], width: Int?) -> [String] {
    table.text(rows, on: Screen(width: width)).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  @Test("what fits stands as it would in a file")
  func wide() {
    let unlimited = Self.lines(Self.words, Self.rows, width: nil)
    #expect(Self.lines(Self.words, Self.rows, width: 60) == unlimited)
    #expect(unlimited.map(\.count).max() == 59)
  }

  @Test("columns of words are broken at blanks, numbers are not")
  func broken() {
    #expect(
      Self.lines(Self.words, Self.rows, width: 36) == [
        "tag              n  why", "Late parcel     12  mapped to", "                    Delivery; words:",
        "                    late, parcel", "Refund       1,234  mapped", "",
      ])
    // Narrower still: the key column gives way too.
    #expect(
      Self.lines(Self.words, Self.rows, width: 24) == [
        "tag         n  why", "Late       12  mapped to", "parcel         Delivery;",
        "               words:", "               late,", "               parcel", "Refund  1,234  mapped", "",
      ])
  }

  @Test("numbers that do not fit beside each other stand in blocks, each with the keys")
  func blocks() {
    let table = AlignedTable(
      [("month", .right), ("tag", .left), ("n", .right), ("mean", .right), ("total", .right)], keyCount: 2)
    let rows = [
      AlignedTable.Row(["1", "Refund", "12", "0:06:35", "20:04:42"]),
      AlignedTable.Row(["12", "Wrong item", "7", "0:01:00", "0:07:00"]),
    ]
    #expect(
      Self.lines(table, rows, width: 26) == [
        "month  tag      n     mean", "    1  Refund  12  0:06:35", "   12  Wrong    7  0:01:00",
        "       item",
        "", "month  tag        total", "    1  Refund  20:04:42", "   12  Wrong    0:07:00", "       item",
        "",
      ])
  }

  @Test("a command line is never broken: it stands under its row where the table does not fit")
  func commands() {
    let table = RecordTable(
      [.words("tag"), .numbers("n"), .commands("command")],
      rows: [
        [.text("Late parcel"), .count(7), .text("wrapup tag off 'Late parcel'")],
        [.text("Refund"), .count(12), .missing],
      ])
    #expect(
      table.text(as: .table, on: Screen(width: 30)) == """
        tag           n
        Late parcel   7
            wrapup tag off 'Late parcel'
        Refund       12

        """)
    #expect(
      table.text(as: .table, on: Screen(width: 60)) == """
        tag           n  command
        Late parcel   7  wrapup tag off 'Late parcel'
        Refund       12  –

        """)
  }

  @Test("no line is wider than the screen as long as no word is, no word is broken, and nothing is lost")
  func property() {
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let columnCount = Int.random(in: 1...7, using: &random)
      let alignments = (0..<columnCount).map { _ in
        Bool.random(using: &random) ? AlignedTable.Alignment.left : .right
      }
      func cell(_ alignment: AlignedTable.Alignment) -> String {
        guard alignment == .left else { return "\(Int.random(in: 0...99_999, using: &random))" }
        let words = (0..<Int.random(in: 1...6, using: &random)).map { _ in
          String(repeating: "w", count: Int.random(in: 1...8, using: &random))
        }
        return words.joined(separator: " ")
      }
      let keyCount = Int.random(in: 0...min(2, columnCount), using: &random)
      let table = AlignedTable(alignments.map { ("t", $0) }, keyCount: keyCount)
      let rows = (0..<4).map { _ in AlignedTable.Row(alignments.map(cell)) }
      // The keys take half of it at most, and the widest word of the others the rest.
      let width = Int.random(in: 40...90, using: &random)
      let lines = Self.lines(table, rows, width: width)
      #expect(lines.allSatisfy { $0.count <= width }, "seed \(seed)")
      func pieces(_ lines: [String]) -> [String: Int] {
        lines.flatMap { $0.split(separator: " ") }.reduce(into: [:]) { $0[String($1), default: 0] += 1 }
      }
      let natural = pieces(Self.lines(table, rows, width: nil))
      let shown = pieces(lines)
      #expect(Set(shown.keys) == Set(natural.keys), "seed \(seed)")
      for (piece, count) in natural { #expect(shown[piece]! >= count, "seed \(seed): \(piece)") }
    }
  }

  @Test("sentences keep within the screen")
  func sentences() {
    let screen = Screen(width: 12)
    #expect(screen.lines(of: "one two three four") == "one two\nthree four\n")
    #expect(screen.lines(of: "incomprehensibilities here") == "incomprehensibilities\nhere\n")
    #expect(screen.lines(of: "日本語 日本語 日本語") == "日本語\n日本語\n日本語\n")
    #expect(screen.lines(of: "") == "\n")
    #expect(Screen.plain.lines(of: "one two three four") == "one two three four\n")
  }
}
