import Foundation
import Testing

@testable import ReportRendering

struct JSONTextTests {
  @Test(arguments: [
    ("", #""""#), ("plain é 日本 🙂", #""plain é 日本 🙂""#), ("say \"hi\"", #""say \"hi\"""#),
    ("a\\b", #""a\\b""#),
    ("\n\r\t", #""\n\r\t""#), ("\r\n", #""\r\n""#), ("\u{0}\u{1}\u{1F} ", #""\u0000\u0001\u001f ""#),
    ("\u{8}\u{C}", #""\u0008\u000c""#), ("\u{7F}\u{2028}/", "\"\u{7F}\u{2028}/\""),
    ("e\u{301}\"\u{301}", "\"e\u{301}\\\"\u{301}\""),
  ])
  func stringsAreEscaped(text: String, json: String) throws {
    #expect(Array(JSONText.string(text).utf8) == Array(json.utf8))
    let read = try JSONSerialization.jsonObject(
      with: Data(JSONText.string(text).utf8), options: .fragmentsAllowed)
    #expect((read as? String).map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test func everyScalarBelow256ReadsBack() throws {
    let text = String(String.UnicodeScalarView((0..<256).map { Unicode.Scalar(UInt8($0)) }))
    let json = JSONText.array([JSONText.string(text)])
    let read = try JSONDecoder().decode([String].self, from: Data(json.utf8))
    #expect(read.map { Array($0.unicodeScalars) } == [Array(text.unicodeScalars)])
  }

  @Test func objectsKeepTheirOrder() {
    #expect(JSONText.object([]) == "{}")
    #expect(JSONText.object([("b", "1"), ("a\"", "[]"), ("b", "null")]) == #"{"b":1,"a\"":[],"b":null}"#)
    #expect(JSONText.array([]) == "[]")
    #expect(JSONText.array(["1", "{}"]) == "[1,{}]")
  }

  @Test(
    arguments: [
      (0, "0"), (5, "5"), (-5, "-5"), (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"),
      (9_007_199_254_740_991, "9007199254740991"),
      (1e22, "1e+22"), (.leastNonzeroMagnitude, "5e-324"), (10.05, "10.05"), (100, "100"),
      (.infinity, "null"),
      (.nan, "null"),
    ] as [(Double, String)])
  func numbersByTheirShortestExactText(number: Double, json: String) {
    #expect(JSONText.number(number) == json)
    if number.isFinite { #expect(Double(json) == number) }
  }
}
