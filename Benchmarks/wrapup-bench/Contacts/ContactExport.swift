internal import Foundation

/// Writes synthetic contacts as raw little-endian columns, one file each, for engines that are compared.
struct ContactExport {
  /// Writes `rowCount` contacts to files in `folder`, which is made where it is missing.
  static func write(rowCount: Int, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var contacts = SyntheticContacts(rowCount: rowCount)
    var columns = Columns()
    while let conversation = contacts.next() {
      for contact in conversation.contacts { columns.append(contact, of: conversation) }
    }
    func write<Element>(_ elements: [Element], _ name: String) throws {
      // Safe: arrays of plain numbers.
      try unsafe elements.withUnsafeBytes { unsafe Data($0) }.write(to: folder.appending(path: name))
    }
    try write(columns.conversation, "conversation.u32")
    try write(columns.tag, "tag.u8")
    try write(columns.wideTag, "tag2.u16")
    try write(columns.agent, "agent.u16")
    try write(columns.wideAgent, "agent2.u16")
    try write(columns.channel, "channel.u8")
    try write(columns.category, "category.u8")
    try write(columns.bot, "bot.u8")
    try write(columns.handling, "handling.i32")
    try write(columns.ended, "ended.i64")
    try write(columns.tags, "tags.u8")
    try write(columns.tagEnds, "tags_ends.u32")
  }

  private struct Columns {
    var conversation: [UInt32] = []
    var tag: [UInt8] = []
    var wideTag: [UInt16] = []
    var agent: [UInt16] = []
    var wideAgent: [UInt16] = []
    var channel: [UInt8] = []
    var category: [UInt8] = []
    var bot: [UInt8] = []
    /// -1 = missing.
    var handling: [Int32] = []
    var ended: [Int64] = []
    var tags: [UInt8] = []
    var tagEnds: [UInt32] = []

    mutating func append(
      _ contact: SyntheticContacts.Contact, of whole: SyntheticContacts.Conversation
    ) {
      conversation.append(UInt32(whole.key))
      tag.append(UInt8(whole.tags[0]))
      wideTag.append(UInt16(whole.wideTag))
      agent.append(UInt16(contact.agent))
      wideAgent.append(UInt16(contact.wideAgent))
      channel.append(UInt8(whole.channel))
      category.append(UInt8(whole.category))
      bot.append(contact.isBot ? 1 : 0)
      handling.append(contact.seconds.map(Int32.init) ?? -1)
      ended.append(whole.ended)
      for tag in whole.tags { tags.append(UInt8(tag)) }
      tagEnds.append(UInt32(tags.count))
    }
  }
}
