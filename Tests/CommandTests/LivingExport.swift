import Foundation
import TestSupport

/// Contacts as one export gives them, and as a later one gives some of their conversations: closed, qualified
/// otherwise, reopened, with other figures.
struct LivingExport {
  private static let header =
    "id,contactId,visitor,channel,category,tags,agent,group,bot,startedAt,firstMessageAt,firstReplyAt,endedAt,"
    + "endReason,closing,handlingSeconds,talkSeconds,holdSeconds,wrapUpSeconds,satisfaction,networkQuality\n"

  /// About this many contacts.
  let contacts: Int
  private var generator: SeededGenerator
  /// The latest row of each contact.
  private var rows: [[String]] = []

  init(contacts: Int, seed: UInt64) {
    self.contacts = contacts
    generator = SeededGenerator(seed: seed)
    rows = Array(repeating: [], count: contacts * 2 / 3)
  }

  /// One file of what all files so far have come to.
  var final: String { Self.header + rows.joined().joined() }

  private mutating func one(of values: String...) -> String { values.randomElement(using: &generator)! }

  /// The first file.
  mutating func first() -> String {
    var text = Self.header
    for conversation in 0..<(contacts * 2 / 3) {
      for contact in 0..<(conversation % 2 + 1) { text += row(conversation, contact, at: 0) }
    }
    return text
  }

  /// A later file: every conversation whose number has that rest by 20 with new values, some with a further contact.
  mutating func later(_ rests: Range<Int>) -> String {
    var text = Self.header
    for conversation in 0..<(contacts * 2 / 3) where rests.contains(conversation % 20) {
      let reopened = conversation % 7 == 0 ? 1 : 0
      for contact in 0..<(conversation % 2 + 1 + reopened) {
        text += row(conversation, contact, at: 86_400 * contact)
      }
    }
    return text
  }

  private mutating func row(_ conversation: Int, _ contact: Int, at offset: Int) -> String {
    let start = 1_450_000_000 + conversation * 613 + contact * 5_000
    let length = Int.random(in: 0..<4_000, using: &generator)
    let isOpen = Int.random(in: 0..<30, using: &generator) == 0
    func instant(_ seconds: Int) -> String {
      Date(timeIntervalSince1970: Double(start + seconds)).ISO8601Format()
    }
    let (wait, talk) = (length / 3, length / 2)
    let text =
      [
        "x\(conversation)", "k\(contact)", conversation % 5 == 0 ? "" : "v\(conversation % 900)",
        conversation % 3 == 0 ? "chat" : "whatsapp", "Category \(conversation % 9)",
        one(of: "Refund;Delay", "Delay", "Voucher;Refund;Lost parcel", "T\(conversation % 37)", ""),
        one(of: "Ann", "Bao", "Émile", "a\(conversation % 60)", ""), one(of: "-- night", "day", ""),
        one(of: "0", "0", "0", "1"), instant(0), instant(-30), one(of: instant(wait), ""),
        isOpen ? "" : instant(length), isOpen ? "" : conversation % 13 == 0 ? "transferred" : "closed",
        one(of: "agent", "visitor", "natural", ""), one(of: "\(length)", "\(length)", "17", ""), "\(talk)",
        one(of: "0", "30"), one(of: "5", "1000"), one(of: "1", "4", "5", "good", "bad", ""),
        one(of: "1", "5", ""),
      ].joined(separator: ",") + "\n"
    if contact < rows[conversation].count {
      rows[conversation][contact] = text
    } else {
      rows[conversation].append(text)
    }
    return text
  }
}
