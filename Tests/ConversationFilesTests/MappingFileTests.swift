import ConversationFiles
import Conversations
import Testing

struct MappingFileTests {
  @Test func pairsAndRefusals() throws {
    let long = String(repeating: "x", count: 257)
    var file = try MappingFile(
      ByteSource(
        bytes: Array(
          """
          ignored;Conversation Type;QUEUE
          1; Refund ;Billing
          2;"a;b";Ta"x
          3;;Billing
          4;Refund;\t
          5;\(long);Billing
          6;Refund
          7;Late;Bílling

          """.utf8)))
    var pairs: [MappingFile.Pair] = []
    var rejections: [RowRejection] = []
    while let row = try file.next() {
      switch row {
      case .success(let pair): pairs.append(pair)
      case .failure(let rejection): rejections.append(rejection)
      }
    }
    #expect(pairs.map(\.line) == [2, 3, 8])
    #expect(pairs.map(\.category) == ["Billing", "Ta\"x", "Bílling"])
    #expect(pairs.map(\.tag) == ["Refund", "a;b", "Late"])
    #expect(
      rejections == [
        RowRejection(line: 4, column: "Conversation Type", reason: .missingValue),
        RowRejection(line: 5, column: "QUEUE", reason: .missingValue),
        RowRejection(line: 6, column: "Conversation Type", reason: .tooLong(limit: 256)),
        RowRejection(line: 7, reason: .fieldCount(found: 2, expected: 3)),
      ])
  }

  @Test(
    arguments: [
      ("tag,agent\n", .missingColumn(.category, found: ["tag", "agent"])),
      ("category\n", .missingColumn(.tags, found: ["category"])),
      ("", .csv(.empty)),
    ] as [(String, ContactFileFault)])
  func aFileWithoutItsColumns(text: String, fault: ContactFileFault) {
    do {
      _ = try MappingFile(ByteSource(bytes: Array(text.utf8)))
      Issue.record("opened")
    } catch {
      #expect(error == fault)
    }
  }
}
