import Foundation
import TestSupport
import Testing

@testable import WrapUpEngine

/// Files asked without a store give what a store gives.
struct ExportedFilesTests {
  @Test("random files, several at a time, by chunks and threads of any number", arguments: 0..<12)
  func randomFiles(seed: Int) throws {
    var nasty = NastyFile(seed: UInt64(seed))
    var manner = FileParity.Manner()
    manner.chunkSize = nasty.pick([1, 100, 1000, 1 << 20])
    manner.slices = 1 + nasty.below(3)
    manner.settings.derivesHandling = nasty.chance(2)
    if nasty.chance(2) { manner.settings.zone = "Europe/Paris" }
    if nasty.chance(3) { manner.settings.maxDuration = 500 }
    let files = (0..<(1 + nasty.below(3))).map { _ in
      Array(nasty.text(rows: 120, ids: nasty.pick([10, 60, 1000]), oddity: nasty.pick([40, 400])).utf8)
    }
    try FileParity.check(files, manner, hint: "seed \(seed)")
  }

  @Test("damaged files", arguments: 0..<30)
  func damagedFiles(seed: Int) throws {
    var nasty = NastyFile(seed: UInt64(1000 + seed))
    let text = nasty.text(rows: 30, ids: 12, oddity: 60)
    var manner = FileParity.Manner()
    manner.chunkSize = nasty.pick([1, 50, 1 << 20])
    manner.slices = 1 + nasty.below(3)
    try FileParity.check(
      [nasty.mutated(text)], manner, questions: Array(FileParity.questions.prefix(4)), hint: "seed \(seed)")
  }

  @Test("the same file twice, and its rows in another order")
  func repeatedFile() throws {
    var nasty = NastyFile(seed: 7)
    let text = Array(nasty.text(rows: 200, ids: 80, oddity: 1000).utf8)
    try FileParity.check([text, text], hint: "twice")
  }

  @Test("a small file cut at every byte")
  func everyCut() throws {
    let text = """
      id,startedAt,endedAt,tags,handlingSeconds,note
      a,2016-01-05T10:00:00Z,2016-01-05T10:10:00Z,"Refund;Late",60,"one, ""two""
      three"
      b,2016-01-05T10:00:00Z,2016-01-05T10:10:00Z,Refund,70,
      b,2016-01-05T11:00:00Z,2016-01-05T11:10:00Z,5" pipe,80,"\r\n"

      c,2016-01-05T12:00:00Z,,"x",,last
      """
    let sizes = (1...text.utf8.count).filter { $0 < 90 || $0.isMultiple(of: 7) }
    try FileParity.check(
      [Array(text.utf8)], sizes.map { .init(chunkSize: $0, slices: 1 + $0 % 3) },
      questions: Array(FileParity.questions.prefix(1)), hint: "every size")
  }

  @Test("a refused row leaves neither its names nor its spellings behind")
  func refusedNames() throws {
    let header = "id,contactId,startedAt,endedAt,agent,tags\n"
    let end = "2016-01-05T10:00:00Z,2016-01-05T10:10:00Z"
    let rows =
      "a,1,\(end),Ann,refund\na,1,\(end),Ghost,Refund;Phantom;phantom\nb,1,\(end),Ben,phantom;other\n"
      + "c,1,\(end),Cem,late\nc,1,\(end),Cem,Late\n"
    try FileParity.check(
      [Array((header + rows).utf8), Array((header + "d,1,\(end),Ghost,Late;REFUND\n").utf8)],
      (1...3).map { .init(chunkSize: 40, slices: $0) }, hint: "refused names")
  }

  @Test("more tags than a conversation takes, over several rows")
  func tooManyTags() throws {
    func tags(_ range: Range<Int>) -> String { range.map { "t\($0)" }.joined(separator: ";") }
    let end = "2016-01-05T10:00:00Z,2016-01-05T10:10:00Z"
    let text =
      "id,contactId,startedAt,endedAt,tags\na,1,\(end),\(tags(0..<40))\na,2,\(end),\(tags(40..<65))\n"
      + "b,1,\(end),\(tags(0..<65))\nc,1,\(end),\(tags(0..<64))\n"
    try FileParity.check([Array(text.utf8)], hint: "tags")
  }

  @Test(
    "a later file that lacks columns keeps what was known, and conversations it changes are seen as changed")
  func laterFile() throws {
    let first = """
      id,contactId,startedAt,endedAt,handlingSeconds,agent,tags
      a,1,2016-01-05T10:00:00Z,2016-01-05T10:10:00Z,60,Ann,Refund
      b,1,2016-01-05T10:00:00Z,2016-01-05T10:10:00Z,70,Ben,Late

      """
    let second = """
      id,contactId,startedAt,endedAt,tags
      a,1,2016-01-05T10:00:00Z,2016-01-05T10:10:00Z,Late
      a,2,2016-01-05T11:00:00Z,2016-01-05T11:10:00Z,New

      """
    try FileParity.check([Array(first.utf8), Array(second.utf8)], hint: "later")
    try FileParity.check([Array(second.utf8), Array(first.utf8)], hint: "earlier")
  }

  @Test("a pipe is read as a file is")
  func pipe() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pipe-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "pipe").path
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let rows = "id,startedAt,endedAt,handlingSeconds\na,2016-01-05T10:00:00Z,2016-01-05T10:10:00Z,60\n"
    let writer = Thread { try? Data(rows.utf8).write(to: URL(filePath: path)) }
    writer.start()
    let answer = try ExportedFiles([path]).report(HandlingQuery(by: [], measures: [.n, .total]))
    #expect(answer.value.total == [.whole(1), .whole(60)])
  }
}
