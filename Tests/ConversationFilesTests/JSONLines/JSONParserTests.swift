import Foundation
import TestSupport
import Testing

@testable import ConversationFiles

struct JSONParserTests {
  private func parse(_ line: String) throws(JSONFault) -> [(key: String, value: JSONValue)] {
    try JSONParser.object(Array(line.utf8))
  }

  private func fault(_ line: [UInt8]) -> JSONFault? {
    do {
      _ = try JSONParser.object(line)
      return nil
    } catch {
      return error
    }
  }

  private func string(_ literal: String) throws -> String? {
    guard case .string(let text)? = try parse("{\"a\":\(literal)}").first?.value else { return nil }
    return text
  }

  @Test func valuesOfEveryKind() throws {
    let members = try parse(
      #" { "a" : [1, -0.5e+10, true, false, null, "x", [], {}] , "b":{"c":"d"} } "#)
    #expect(members.map(\.key) == ["a", "b"])
    #expect(
      members[0].value
        == .array([
          .number("1"), .number("-0.5e+10"), .bool(true), .bool(false), .null, .string("x"), .array([]),
          .object([]),
        ]))
    #expect(members[1].value == .object([("c", .string("d"))]))
    #expect(try parse("{}").isEmpty)
  }

  @Test func escapesAndSurrogates() throws {
    #expect(try string(#""\"\\\/\b\f\n\r\t""#) == "\"\\/\u{8}\u{C}\n\r\t")
    #expect(try string(#""\u00e9\u0000 \uD83D\uDE00 é😀""#) == "é\u{0} 😀 é😀")
    // Half a pair stands for no character.
    #expect(try string(#""a\uD83Db""#) == "a\u{FFFD}b")
    #expect(try string(#""\uDE00\uD83D\u0041""#) == "\u{FFFD}\u{FFFD}A")
    #expect(try string(#""\uD83D\uD83D\uDE00""#) == "\u{FFFD}😀")
  }

  @Test(
    arguments: [
      ("", .expected(.object), 1), ("[]", .expected(.object), 1), ("{", .unfinished, 2),
      (#"{"a""#, .unfinished, 5),
      (#"{"a" 1}"#, .expected(.colon), 6), (#"{"a":}"#, .expected(.value), 6), (#"{"a":1"#, .unfinished, 7),
      (#"{"a":1 "b":2}"#, .expected(.commaOrEnd), 8), (#"{"a":1,}"#, .expected(.key), 8),
      (#"{"a":tru"#, .unfinished, 6),
      (#"{"a":trux}"#, .expected(.value), 6), (#"{"a":01}"#, .expected(.value), 6),
      (#"{"a":1.}"#, .expected(.value), 8),
      (#"{"a":"b}"#, .unfinished, 9), (#"{"a":"\x"}"#, .unknownEscape, 8),
      (#"{"a":"\u12G4"}"#, .unknownEscape, 11),
      (#"{"a":1}{"#, .textAfterEnd, 8), (#"{"a":1,"a":2}"#, .repeatedKey, 8),
      ("{\"a\":\"\u{1}\"}", .controlCharacter, 7),
      (#"{'a':1}"#, .expected(.key), 2),
    ] as [(String, JSONFault.Reason, Int)])
  func mistakesAndWhereTheyShow(line: String, reason: JSONFault.Reason, column: Int) {
    #expect(fault(Array(line.utf8)) == JSONFault(reason: reason, column: column), "\(line)")
  }

  @Test func depthAndBytesAreBounded() {
    let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
    #expect(fault(Array(deep.utf8))?.reason == .tooDeep(limit: JSONParser.depthLimit))
    let fits = "{\"a\":" + String(repeating: "[", count: 63) + String(repeating: "]", count: 63) + "}"
    #expect(fault(Array(fits.utf8)) == nil)
    #expect(fault(Array("{\"a\":\"".utf8) + [0xFF, 0x22, 0x7D])?.reason == .invalidUTF8)
  }

  /// Whatever bytes come, the parser answers, and takes what Foundation takes.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func damagedLinesAreAnswered(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sound = Array(
      #"{"id":"7","tags":["a","b\n"],"text":"x é y","n":-1.5e3,"t":true,"o":{"p":null}}"#.utf8)
    for _ in 0..<3000 {
      var line = sound
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<line.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: line[place] = UInt8.random(in: 0...255, using: &random)
        case 1: line.remove(at: place)
        default: line.insert(Array("{}[]\",:\\u0".utf8).randomElement(using: &random)!, at: place)
        }
      }
      if fault(line) == nil { #expect((try? JSONSerialization.jsonObject(with: Data(line))) != nil) }
    }
  }
}
