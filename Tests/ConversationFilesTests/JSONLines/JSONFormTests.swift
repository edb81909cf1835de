import Testing

@testable import ConversationFiles

/// How JSON Lines are told from CSV.
struct JSONFormTests {
  @Test("packed files are told from both, however their first bytes arrive")
  func archives() {
    for form in ArchiveForm.allCases {
      for chunk in [1, 2, 3, 7, 100] {
        var source = ByteSource(bytes: form.mark + [0, 1, 2, 3], chunk: chunk)
        #expect(throws: ContactFileFault.archive(form)) { try JSONRecords.form(of: &source) }
      }
    }
    // A file may begin like one and be CSV.
    for start in ["P", "PK", "PK,id", "(", "(a),b"] {
      var source = ByteSource(bytes: Array(start.utf8), chunk: 1)
      #expect((try? JSONRecords.form(of: &source)) == JSONRecords.Form.none)
    }
  }

  @Test(
    "by the first bytes, however they arrive",
    arguments: [
      ([0xEF, 0xBB, 0xBF] + Array("{\"id\":1}".utf8), .lines), (Array("  \n{\"id\":1}".utf8), .lines),
      ([0xEF, 0xBB, 0xBF] + Array("id,startedAt".utf8), .none), ([0xEF, 0xBB, 0xBF], .none), ([], .none),
      (Array("[{\"id\":1}]".utf8), .array),
    ] as [([UInt8], JSONRecords.Form)])
  func form(bytes: [UInt8], expected: JSONRecords.Form) throws {
    for chunk in [1, 2, 3, 7, 100] {
      var source = ByteSource(bytes: bytes, chunk: chunk)
      #expect(try JSONRecords.form(of: &source) == expected, "chunks of \(chunk)")
    }
  }
}
