extension TimeZoneRules {
  /// Loads a zone from the system's tz database: `$TZDIR`, else /usr/share/zoneinfo. `UTC` needs no database.
  ///
  /// Reads one file of at most 1 MB; an unknown name costs a walk through the database.
  package init(identifier: String) throws(Fault) {
    if identifier == Self.utc.identifier {
      self = Self.utc
    } else {
      try self.init(identifier: identifier, database: .system)
    }
  }

  /// The names of all zones that the system knows, in order. Walks through the database.
  package static var knownIdentifiers: [String] { ZoneDatabase.system.names().sorted() }

  init(identifier: String, database: ZoneDatabase) throws(Fault) {
    guard Self.isSafe(identifier) else { throw .badName }
    guard ZoneDatabase.isZoneName(identifier), let bytes = try database.contents(of: identifier) else {
      throw .unknownZone(nearest: database.names(nearest: identifier, limit: 3))
    }
    let file = try TZifFile(bytes.span)
    self.init(identifier: identifier, timeline: OffsetTimeline(file))
  }

  /// Whether a name stays inside the folder it is looked for in.
  private static func isSafe(_ identifier: String) -> Bool {
    let bytes = identifier.utf8
    guard 1...255 ~= bytes.count, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return false }
    return bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
    }
  }
}
