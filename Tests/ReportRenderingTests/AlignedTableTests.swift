import ReportRendering
import Testing

struct AlignedTableTests {
  private func text(_ rows: [[String]], isStyled: Bool = false) -> [String] {
    let table = AlignedTable([("name", .left), ("n", .right), ("note", .left)])
    let rows = rows.enumerated().map { AlignedTable.Row($1, isStrong: $0 == 0) }
    return table.text(rows, on: Screen(isStyled: isStyled)).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(
      String.init)
  }

  @Test func wordsStandLeftAndNumbersRight() {
    #expect(
      text([["*", "1,234", "all"], ["Réclamation", "7", ""], ["日本", "–", "x y"]]) == [
        "name             n  note", "*            1,234  all", "Réclamation      7",
        "日本             –  x y", "",
      ])
    #expect(text([]) == ["name  n  note", ""])
    #expect(AlignedTable([]).text([], on: .plain) == "\n")
  }

  @Test func headerAndStrongRowsAreBoldOnATerminal() {
    #expect(
      text([["*", "1", ""], ["a", "2", "b"]], isStyled: true) == [
        "\u{1B}[1mname  n  note\u{1B}[0m", "\u{1B}[1m*     1\u{1B}[0m", "a     2  b", "",
      ])
  }

  @Test func noNameMovesTheCursorOrBreaksTheLine() {
    for code in Array(0..<32) + Array(127..<160) {
      let scalar = String(Unicode.Scalar(UInt8(code)))
      let lines = text([["a\(scalar)b", "1", "c"]])
      #expect(lines == ["name  n  note", "a\u{FFFD}b   1  c", ""], "control \(code)")
    }
    #expect(text([["\u{1B}[31mred\r\n", "1", "c"]])[1] == "\u{FFFD}[31mred\u{FFFD}\u{FFFD}  1  c")
    // Titles are names too, and what is printable stays.
    let titled = AlignedTable([("a\u{7}", .left)])
    #expect(titled.text([], on: .plain) == "a\u{FFFD}\n")
    #expect(text([["~\u{A0}é", "1", "c"]])[1] == "~\u{A0}é   1  c")
  }

  @Test func rowsAreWrittenOneByOneAfterThoseThatComeFirst() {
    let table = AlignedTable([("n", .right)])
    var lines: [String] = []
    table.write([.init(["*"], isStrong: true)], (8...10).lazy.map { .init(["\($0)"]) }, on: .plain) {
      lines.append($0)
    }
    #expect(lines == [" n\n", " *\n", " 8\n", " 9\n", "10\n"])
  }
}
