/// How far a listing is, on standard error, from the second second on, where somebody watches it and the listing itself
/// goes elsewhere.
struct ProgressLine {
  private let isShown = Terminal.showsProgress && !Terminal.isOutputWatched
  private let start = Terminal.seconds
  private var counted = 0
  private var lastShown = 0.0

  /// Counts one more of `things`.
  mutating func count(_ things: String) {
    counted += 1
    guard isShown, counted.isMultiple(of: 256) else { return }
    let elapsed = Terminal.seconds - start
    guard elapsed > 1, elapsed - lastShown > 0.2 else { return }
    lastShown = elapsed
    Terminal.progress("\(Phrase.grouped(counted)) \(things)")
  }

  /// Takes the line away.
  func clear() {
    if lastShown > 0 { Terminal.progress("") }
  }
}
