import TestSupport
import Testing

@testable import ConversationFiles

struct TagCellsTests {
  @Test(arguments: [
    ("a", ["a"]), ("a;b", ["a", "b"]), (" a ;\tb c ", ["a", "b c"]), (";;a; ;", ["a"]), ("", []), (";", []),
    ("a\\;b", ["a;b"]), ("a\\\\;b", ["a\\", "b"]), ("a\\\\\\;b", ["a\\;b"]), ("a\\b", ["a\\b"]),
    ("a\\", ["a\\"]),
    ("\\;", [";"]), ("a,b", ["a,b"]), ("é;日本", ["é", "日本"]), ("a;a", ["a", "a"]),
  ])
  func namesInACell(cell: String, names: [String]) {
    let bytes = Array(cell.utf8)
    #expect(TagCells.split(bytes.span).map { String(decoding: $0, as: UTF8.self) } == names)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func escapedNamesReadBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let names = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      String((0..<Int.random(in: 1...6, using: &random)).map { _ in "a;\\é".randomElement(using: &random)! })
    }
    let cell = names.map { name in
      name.map { $0 == ";" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    }.joined(separator: " ; ")
    let bytes = Array(cell.utf8)
    #expect(TagCells.split(bytes.span).map { String(decoding: $0, as: UTF8.self) } == names)
  }

  @Test func aCellIsKnownOnceItWasRemembered() {
    let cells = TagCells()
    func known(_ cell: String) -> [Int]? {
      let bytes = Array(cell.utf8)
      return cells.known(bytes.span)
    }
    func remember(_ cell: String, _ list: [Int]) {
      let bytes = Array(cell.utf8)
      cells.remember(bytes.span, list)
    }
    // Asked for and refused, never remembered.
    #expect(known("bad") == nil)
    #expect(known("a;b") == nil)
    remember("a;b", [4, 2])
    #expect(known("bad") == nil)
    #expect(known("a;b") == [4, 2])
    remember("none", [])
    #expect(known("none") == [])
    // A list is right or forgotten, however much there is of them: 20,000 cells of 1,000 bytes.
    let filling = String(repeating: "x", count: 1_000)
    for number in 0..<20_000 {
      let bytes = Array("\(number)\(filling)".utf8)
      if cells.known(bytes.span) == nil { cells.remember(bytes.span, [number]) }
    }
    let kept = stride(from: 0, to: 20_000, by: 100).filter { number in
      let found = known("\(number)\(filling)")
      #expect(found == nil || found == [number])
      return found != nil
    }
    #expect(kept.contains(19_900) && !kept.contains(0), "it started over after 8 MB")
  }
}
