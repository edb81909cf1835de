/// The offsets of one IANA zone through time, ready to be asked.
///
/// Everything is laid out as runs of equal offset when the zone is loaded, up to the end of 2201: a zone
/// weighs a few kilobytes and no question evaluates a rule. Later instants keep the offset that holds then.
package struct TimeZoneRules: Sendable {
  /// The name as given, such as `Europe/Paris`.
  package let identifier: String
  let timeline: OffsetTimeline

  /// Why there are no rules to be had.
  package enum Fault: Error, Equatable, Sendable {
    /// No such zone; up to three names that resemble it, nearest first. None at all: there is no tz database.
    case unknownZone(nearest: [String])
    /// The file of that name is no sound TZif file without leap seconds, or cannot be read.
    case unreadableFile
    /// Not a name to look for on a disk: empty, absolute, over 255 bytes, or with an empty, `.` or `..`
    /// component or a control character.
    case badName
  }

  /// A stretch of time with one offset.
  package struct OffsetRun: Hashable, Sendable {
    /// First unix second.
    package var start: Int64
    /// Seconds east of UTC.
    package var offset: Int32

    /// A run from its parts.
    package init(start: Int64, offset: Int32) {
      self.start = start
      self.offset = offset
    }
  }

  /// What a wall-clock reading means.
  package enum LocalResolution: Equatable, Sendable {
    /// Exactly one instant.
    case unique(Instant)
    /// The clock was put back and shows it twice or more; the earliest.
    case repeated(first: Instant)
    /// The clock was put forward over it.
    case skipped
  }

  /// Coordinated Universal Time; needs no file.
  package static let utc = TimeZoneRules(identifier: "UTC", timeline: OffsetTimeline(offset: 0))

  init(identifier: String, timeline: OffsetTimeline) {
    self.identifier = identifier
    self.timeline = timeline
  }

  /// Seconds east of UTC. O(log runs).
  package func offset(at instant: Instant) -> Int {
    Int(timeline.offsets[timeline.index(at: instant.seconds)])
  }

  /// The runs that cover `from...through`, ascending, neighbours differing; the first is given `from` as its
  /// start.
  ///
  /// Never empty: an interval that ends before it begins is answered as `from` alone. O(log runs + answer).
  package func offsetRuns(from: Instant, through: Instant) -> [OffsetRun] {
    let first = timeline.index(at: from.seconds)
    let last = max(first, timeline.index(at: through.seconds))
    return (first...last).map { index in
      OffsetRun(start: max(timeline.starts[index], from.seconds), offset: timeline.offsets[index])
    }
  }

  /// The instant at which a clock of this zone shows `local`. O(log runs).
  package func resolve(_ local: LocalDateTime) -> LocalResolution {
    let reading = Self.bounded(local)
    var found: Instant?
    // Only an offset of the zone can have brought the clock there.
    var index = timeline.index(at: reading - Int64(timeline.extremes.upperBound))
    let latest = reading - Int64(timeline.extremes.lowerBound)
    while index < timeline.starts.count, timeline.starts[index] <= latest {
      let second = reading - Int64(timeline.offsets[index])
      let isBeforeEnd = index + 1 == timeline.starts.count || second < timeline.starts[index + 1]
      if timeline.starts[index] <= second, isBeforeEnd {
        if let first = found { return .repeated(first: first) }
        found = Instant(second)
      }
      index += 1
    }
    return found.map { .unique($0) } ?? .skipped
  }

  /// The first instant at which the clock shows `local` or, where it is put forward over it, anything later.
  ///
  /// With midnight it is where a civil day begins, also on days without a midnight. O(log runs).
  package func firstInstant(atOrAfter local: LocalDateTime) -> Instant {
    let reading = Self.bounded(local)
    var index = timeline.index(at: reading - Int64(timeline.extremes.upperBound))
    while index + 1 < timeline.starts.count,
      reading - Int64(timeline.offsets[index]) >= timeline.starts[index + 1]
    {
      index += 1
    }
    return Instant(max(reading - Int64(timeline.offsets[index]), timeline.starts[index]))
  }

  /// Readings 18 billion years off are moved there, to leave room for arithmetic.
  private static func bounded(_ local: LocalDateTime) -> Int64 {
    min(max(local.secondsSinceEpochAsIfUTC, -(1 << 59)), 1 << 59)
  }
}
