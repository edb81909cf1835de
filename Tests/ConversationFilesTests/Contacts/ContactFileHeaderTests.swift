import Conversations
import Testing

@testable import ConversationFiles

struct ContactFileHeaderTests {
  private func fault(_ text: String) -> ContactFileFault? {
    do {
      _ = try ContactFile(ByteSource(bytes: Array(text.utf8)), options: ImportOptions())
      return nil
    } catch {
      return error
    }
  }

  @Test func headersInAnyCaseSpellingAndOrder() throws {
    let reading = try ContactReading(
      "\u{FEFF} QUEUE ;\"wrap-up code\";Created At;Ticket_ID;ACW;Colour\nbilling;x;2016-02-29T10:00:00Z;7;9;red\n"
    )
    #expect(reading.unusedHeaders == ["Colour"])
    #expect(reading.rows.map(\.id) == ["7"])
    #expect(reading.texts == ["billing", "x"])
    #expect(reading.rows.map(\.record.wrapUpSeconds) == [9])
  }

  @Test func aFileNeedsAnIDAndAStartAndEachFieldOnce() {
    #expect(fault("id,startedAt\n") == nil)
    #expect(fault("startedAt,agent\n") == .missingColumn(.id, found: ["startedAt", "agent"]))
    #expect(fault("Ticket,agent\n") == .missingColumn(.startedAt, found: ["Ticket", "agent"]))
    #expect(fault("name\n") == .missingColumn(.id, found: ["name"]))
    #expect(fault("id,startedAt,type,Label\n") == .repeatedColumn(.tags, "type", "Label"))
    #expect(fault("id,ID\n") == .repeatedColumn(.id, "id", "ID"))
    #expect(fault("") == .csv(.empty))
    #expect(fault("id,\"x\n") == .csv(.unterminatedQuote(line: 1)))
  }

  @Test func readingEndsAtAQuoteThatIsNeverClosed() throws {
    let text = "id,startedAt\nc1,2016-02-29T10:00:00Z\nc2,\"2016\n"
    var file = try ContactFile(ByteSource(bytes: Array(text.utf8)), options: ImportOptions())
    #expect(try file.next() != nil)
    #expect(file.line == 2 && file.bytesConsumed == 37)
    do {
      _ = try file.next()
      Issue.record("read on")
    } catch {
      #expect(error == .csv(.unterminatedQuote(line: 3)))
    }
  }

  @Test func namesAreNumberedInTheOrderMet() throws {
    let start = "2016-02-29T10:00:00Z"
    let reading = try ContactReading(
      """
      id,startedAt,channel,agent,tags
      1,\(start),chat,Ann,a;b
      2,\(start), chat ,ann,b ; a
      3,\(start),Ann,chat,a;b

      """)
    #expect(reading.texts == ["chat", "Ann", "a", "b", "ann"])
    #expect(reading.rows.map { [$0.channel, $0.agent] } == [[0, 1], [0, 4], [1, 0]])
    #expect(reading.rows.map(\.tags) == [[2, 3], [3, 2], [2, 3]])
  }
}
