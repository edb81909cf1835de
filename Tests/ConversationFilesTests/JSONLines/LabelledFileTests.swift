import Testing

@testable import ConversationFiles

struct LabelledFileTests {
  private func read(_ text: String, chunk: Int = 7) throws -> [Result<LabelledFile.Row, RowRejection>] {
    var file = LabelledFile(ByteSource(bytes: Array(text.utf8), chunk: chunk))
    var rows: [Result<LabelledFile.Row, RowRejection>] = []
    while let row = try file.next() { rows.append(row) }
    return rows
  }

  private func rejection(_ line: String) throws -> RowRejection? {
    guard case .failure(let rejection)? = try read(line).first else { return nil }
    return rejection
  }

  @Test(arguments: [1, 3, 1000])
  func rowsInTheirOrder(chunk: Int) throws {
    let rows = try read(
      "\u{FEFF}{\"Queue\":\" Delivery \",\"tags\":[\"a\",\"b\",\"a\"],\"text\":\"x\\ny\",\"split\":\"test\",\"endedAt\":\"1970-01-01T00:01:00Z\"}\r\n"
        + "\n  \n{\"type\":\"a; b\\\\;c ;\",\"channel\":\"chat\",\"agent\":\"Ana\",\"startedAt\":\"1970-01-01T00:00:09Z\",\"text\":null,\"n\":1}",
      chunk: chunk)
    #expect(
      rows == [
        .success(
          .init(line: 1, category: "Delivery", text: "x\ny", tags: ["a", "b"], instant: 60, isTest: true)),
        .success(.init(line: 4, channel: "chat", agent: "Ana", tags: ["a", "b;c"], instant: 9)),
      ])
  }

  @Test func whatIsRefusedAndWhy() throws {
    #expect(try rejection(#"{"tags":7}"#)?.reason == .notText)
    #expect(try rejection(#"{"tags":["a",["b"]]}"#)?.reason == .notText)
    #expect(try rejection(#"{"split":"dev"}"#)?.reason == .unknownWord(expected: ["train", "test"]))
    #expect(try rejection(#"{"endedAt":"yesterday"}"#)?.reason == .unreadableInstant)
    #expect(try rejection(#"{"endedAt":"2016-02-29T14:05:00"}"#)?.reason == .noZone)
    #expect(try rejection(#"{"category":"a\u0000b"}"#)?.reason == .nulByte)
    #expect(try rejection(#"{"text":1}"#)?.column == "text")
    #expect(try rejection("[1]")?.reason == .json(JSONFault(reason: .expected(.object), column: 1)))
    let many = (0..<65).map { "\"t\($0)\"" }.joined(separator: ",")
    #expect(try rejection("{\"tags\":[\(many)]}")?.reason == .tooManyTags(limit: 64))
    let long = String(repeating: "x", count: 1_048_577)
    #expect(try rejection("{\"text\":\"\(long)\"}")?.reason == .tooLong(limit: 1_048_576))
  }

  @Test func aLineBeyondTheLimitIsPassedOver() throws {
    let rows = try read(
      "{\"text\":\"" + String(repeating: "x", count: LabelledFile.lineLimit) + "\"}\n{\"tags\":\"a\"}",
      chunk: 1 << 20)
    #expect(rows.count == 2)
    guard case .failure(let rejection) = rows[0] else { throw JSONFault(reason: .unfinished, column: 0) }
    #expect(rejection.reason == .tooLong(limit: LabelledFile.lineLimit) && rejection.line == 1)
    #expect(rows[1] == .success(.init(line: 2, tags: ["a"])))
  }
}
