extension OffsetTimeline {
  /// Lays out a file's transitions and then its footer's, up to the end of 2201.
  ///
  /// Some databases leave almost everything to the footer, others write transitions out to 2037: both give
  /// the same runs. The last transition's offset holds until the footer's next change (RFC 9636 section 3.3):
  /// the two agree in a sound file, and where a compact one left out a change of rule without a change of
  /// offset (America/Ojinaga, November 2022) the transition is right and the footer too early.
  init(_ file: TZifFile) {
    let last = file.transitions.last?.start
    // A footer alone holds for all time.
    self.init(offset: last == nil ? file.footer?.standardOffset ?? file.initialOffset : file.initialOffset)
    for transition in file.transitions { append(start: transition.start, offset: transition.offset) }
    guard let footer = file.footer else { return }
    let year = last.map { CivilDate(dayNumber: Int($0).flooredQuotient(by: 86_400)).year } ?? Self.firstYear
    let years = min(max(year, Self.firstYear), Self.lastYear)...Self.lastYear
    for change in footer.changes(inYears: years) where change.start > last ?? .min {
      append(start: change.start, offset: change.offset)
    }
  }

  /// A season that begins in 1899 is known in 1900.
  private static let firstYear = 1898
  /// A season of 2201 may begin, in UTC, in 2200.
  private static let lastYear = 2201
}
