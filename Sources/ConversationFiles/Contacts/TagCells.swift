internal import Conversations

/// The tag lists of a file by the cell they stand in: most rows repeat a cell seen before.
final class TagCells {
  /// Longest cell that can hold a conversation's tags, every character escaped, with separators; bytes.
  static let cellLimit = Bounds.tagsOfConversation * (2 * Bounds.idBytes + 1)
  /// Bytes of different cells kept; beyond, the memory starts over.
  private static let byteLimit = 1 << 23

  private var cells = TextTable()
  private var lists: [[Int]] = []

  /// The list of a cell that was remembered.
  func known(_ cell: Span<UInt8>) -> [Int]? {
    if cells.byteCount >= Self.byteLimit {
      cells = TextTable()
      lists = []
    }
    let number = cells.number(of: cell)
    return number < lists.count && lists[number] != Self.unknown ? lists[number] : nil
  }

  /// Remembers the list of the cell that ``known(_:)`` was just asked for.
  func remember(_ cell: Span<UInt8>, _ list: [Int]) {
    let number = cells.number(of: cell)
    while lists.count <= number { lists.append(Self.unknown) }
    lists[number] = list
  }

  private static let unknown = [-1]

  /// The names in a cell: separated by `;`, `\;` and `\\` stand for the characters themselves; spaces and tabs
  /// around a name and empty names are dropped.
  static func split(_ cell: Span<UInt8>) -> [[UInt8]] {
    var names: [[UInt8]] = []
    var name: [UInt8] = []
    func trimmed(_ name: [UInt8]) -> [UInt8] {
      let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
      let head = name.drop(while: blank)
      return Array(head.reversed().drop(while: blank).reversed())
    }
    var index = 0
    while index < cell.count {
      let byte = cell[index]
      let isEscape =
        byte == UInt8(ascii: "\\") && index + 1 < cell.count
        && (cell[index + 1] == UInt8(ascii: ";") || cell[index + 1] == UInt8(ascii: "\\"))
      if isEscape {
        name.append(cell[index + 1])
        index += 1
      } else if byte == UInt8(ascii: ";") {
        names.append(trimmed(name))
        name = []
      } else {
        name.append(byte)
      }
      index += 1
    }
    names.append(trimmed(name))
    return names.filter { !$0.isEmpty }
  }
}
