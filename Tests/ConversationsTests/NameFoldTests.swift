import Conversations
import Foundation
import Testing

struct NameFoldTests {
  @Test(arguments: [
    ("Billing", "billing"), ("RÉCLAMATION", "reclamation"), ("Re\u{301}clamation", "reclamation"),
    ("Straße", "strasse"), ("STRASSE", "strasse"), ("İstanbul", "istanbul"), ("Ørsted", "ørsted"),
    ("Łódź", "łodz"), ("Tiếng Việt", "tieng viet"), ("Ǻngström", "angstrom"), ("A\u{30A}ngstrom", "angstrom"),
    ("ΤΙΜΟΛΌΓΙΟ", "τιμολογιο"), ("Ελληνικός", "ελληνικοσ"), ("ΕΛΛΗΝΙΚΟΣ", "ελληνικοσ"), ("ᾳ", "α"),
    ("α\u{345}", "α"), ("Ώρα", "ωρα"), ("Ω\u{301}ρα", "ωρα"),
    ("Ёлка", "елка"), ("ЙОД", "иод"), ("И\u{306}од", "иод"), ("Счёт", "счет"), ("ЇЖАК", "іжак"),
    ("日本語", "日本語"), ("a_B-c 1", "a_b-c 1"), ("", ""),
  ])
  func namesFoldTo(name: String, folded: String) {
    // Byte by byte: strings compare equal when they are merely canonically equivalent.
    #expect(Array(NameFold.fold(name).utf8) == Array(folded.utf8))
  }

  @Test func everyLetterFoldsLikeItsDecompositionAndOnlyOnce() throws {
    var letters = 0
    for block in [0xC0...0x24F, 0x370...0x52F, 0x1E00...0x1FFF] {
      for code in block {
        guard let scalar = Unicode.Scalar(UInt32(code)), scalar.properties.isAlphabetic else { continue }
        letters += 1
        let name = String(scalar)
        let folded = NameFold.fold(name)
        #expect(NameFold.fold(folded) == folded, "U+\(String(code, radix: 16))")
        #expect(
          NameFold.fold(name.decomposedStringWithCanonicalMapping) == folded, "U+\(String(code, radix: 16))")
        #expect(NameFold.fold(scalar.properties.lowercaseMapping) == folded, "U+\(String(code, radix: 16))")
      }
    }
    #expect(letters > 1000)
  }

  @Test func namesAreListedByFoldThenByBytes() {
    let listed = ["", "10", "2", "Apple", "apple", "Äpple", "Banane", "Zebra", "ζ", "дом"]
    #expect(listed.shuffled().sorted(by: NameFold.precedes) == listed)
    #expect(!listed.contains { NameFold.precedes($0, $0) })
  }

  @Test func theTableIsWhatUnicodedataSays() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let check = Process()
    check.executableURL = URL(filePath: "/usr/bin/env")
    check.arguments = ["python3", root.appending(path: "Referee/make_fold_table.py").path(), "--check"]
    try check.run()
    check.waitUntilExit()
    #expect(check.terminationStatus == 0)
  }
}
