import Foundation
import MappedFiles
import Synchronization
import TestSupport
import Testing

@testable import WrapUpEngine

/// What is learnt, written down: the same whoever learns it, and never trusted unread.
struct CheckpointTests {
  private static let question = DialogContext(category: "Delivery", text: "where is parcel number 3")

  private static func rows(_ numbers: Range<Int>) -> String {
    "id,startedAt,endedAt,category,tags,agent,text\n"
      + numbers.map { number in
        let start = 1_767_600_000 + Int64(number) * 60
        let (from, to) = (WrapUp.text(ofInstant: start), WrapUp.text(ofInstant: start + 50))
        let tag = ["Refund", "Late", "Lost", "Address"][number * 7 % 11 % 4]
        return
          "c\(number),\(from),\(to),Delivery,\(tag),Agent \(number % 5),\(tag) of parcel \(number % 23)\n"
      }.joined()
  }

  /// A checkpoint without what differs from store to store: its uuid, the nonce, and the checksum over them.
  static func contents(of wrapup: WrapUp) throws -> Data {
    try wrapup.ranking.withKeeper(wrapup.openKeeper) { try $0.saveCheckpoint($1) }
    var bytes = try Data(contentsOf: URL(filePath: wrapup.path + ".model"))
    let length = Int(bytes[48..<56].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    for range in [16..<48, 56..<72, (length - 8)..<length] {
      bytes.replaceSubrange(range, with: Data(count: range.count))
    }
    return bytes
  }

  /// Many closes are taken apart on a thread of their own, few are not.
  @Test("1, 2 and 4 threads, one file or many: the same history gives the same bytes")
  func threads() throws {
    let count = 3_000
    var found: Set<Data> = []
    for slices in [1, 2, 4] {
      var settings = WrapUp.Settings()
      settings.sliceCount = slices
      try Scratch.withStore(settings: settings) { wrapup in
        _ = try Scratch.importCSV(Self.rows(0..<count), into: wrapup)
        found.insert(try Self.contents(of: wrapup))
        _ = try wrapup.train()
        found.insert(try Self.contents(of: wrapup))
      }
    }
    try Scratch.withStore { wrapup in
      for first in stride(from: 0, to: count, by: 500) {
        _ = try Scratch.importCSV(Self.rows(first..<(first + 500)), into: wrapup)
      }
      found.insert(try Self.contents(of: wrapup))
    }
    #expect(found.count == 1)
  }

  @Test("what only learning needs is looked at before something is learnt, and learnt anew if it is damaged")
  func damage() throws {
    let notices = Mutex<[Notice]>([])
    var settings = WrapUp.Settings()
    settings.notify = { notice in notices.withLock { $0.append(notice) } }
    try Scratch.withStore { wrapup in
      _ = try Scratch.importCSV(Self.rows(0..<300), into: wrapup)
      let list = try wrapup.recommend(Self.question).list
      let model = URL(filePath: wrapup.path + ".model")
      var bytes = try Data(contentsOf: model)
      // Among the sums of squares, which stand last.
      bytes[bytes.count - MappedFile.pageSize + 64] ^= 1
      try bytes.write(to: model)
      let again = try WrapUp(store: wrapup.path, settings: settings)
      #expect(try again.recommend(Self.question).list == list)
      #expect(notices.withLock(\.self) == [])
      try again.open("live", channel: "chat", category: "Delivery")
      _ = try again.close("live", tags: ["Lost"], text: "lost parcel number 3")
      let after = try again.recommend(Self.question).list
      #expect(notices.withLock(\.self) == [.rebuilt(path: model.path, cause: .damaged)])
      #expect(after != list)
      #expect(try Data(contentsOf: model) != bytes)
      #expect(try wrapup.recommend(Self.question).list == after)
      _ = try again.train()
      #expect(try WrapUp(store: wrapup.path, settings: settings).recommend(Self.question).list == after)
      #expect(notices.withLock(\.count) == 1)
    }
  }
}
