import Glibc

extension ZoneDatabase {
  /// The zones whose names resemble a text, nearest first, then by name.
  ///
  /// Case does not count, nor a space for an underscore. A city alone is one step from its zone. O(names *
  /// length^2).
  func names(nearest text: String, limit: Int) -> [String] {
    let wanted = Self.folded(text.utf8)
    let ranked = names().map { name in
      let whole = Self.folded(name.utf8)
      let city = whole.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? whole
      return (min(Self.distance(wanted, whole), Self.distance(wanted, city) + 1), name)
    }
    return ranked.sorted { $0 < $1 }.prefix(limit).map(\.1)
  }

  /// Every zone, in no order. Walks the folder, three levels deep and at most 5,000 names.
  func names() -> [String] {
    var names: [String] = []
    collect(under: "", depth: 1, into: &names)
    return names
  }

  private func collect(under folder: String, depth: Int, into names: inout [String]) {
    guard let stream = unsafe opendir("\(root)/\(folder)") else { return }
    defer { unsafe closedir(stream) }
    while names.count < 5000, let entry = unsafe readdir(stream) {
      // Safe: the entry and the name in it, which ends with a zero, live until the next call on this stream.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      let path = folder + name
      guard Self.isZoneName(path) else { continue }
      if unsafe Int(entry.pointee.d_type) == Int(DT_DIR) {
        if depth < 3 { collect(under: path + "/", depth: depth + 1, into: &names) }
      } else {
        names.append(path)
      }
    }
  }

  private static func folded(_ name: String.UTF8View) -> [UInt8] {
    name.map { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      case UInt8(ascii: " "): UInt8(ascii: "_")
      default: byte
      }
    }
  }

  /// Least number of bytes to insert, delete or replace (Levenshtein), by the row-wise recurrence of Wagner
  /// and Fischer (1974). O(left * right).
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (byte == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
