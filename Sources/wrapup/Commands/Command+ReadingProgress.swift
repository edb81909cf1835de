internal import Synchronization
internal import WrapUpEngine

extension Command {
  /// Shows rows, rate and time left, from the second second on, where somebody watches.
  ///
  /// - Parameter files: what is read; what is left is known when all of them have a size.
  static func progress(reading files: [String] = []) -> @Sendable (Int, Int) -> Void {
    guard Terminal.showsProgress else { return { _, _ in } }
    let start = Terminal.seconds
    let lastShown = Atomic<Int>(0)
    let shown = ProgressClock(lastShown)
    let sizes = files.map(size)
    let total = sizes.contains(nil) ? 0 : sizes.reduce(0) { $0 + ($1 ?? 0) }
    return { rows, bytes in
      let elapsed = Terminal.seconds - start
      guard elapsed > 1, shown.isDue(Int(elapsed * 5)) else { return }
      var line =
        "\(Phrase.grouped(rows)) rows, \(Phrase.grouped(bytes / 1_000_000)) MB, \(Phrase.grouped(Int(Double(rows) / elapsed))) rows/s"
      if bytes > 0, bytes <= total {
        let left = Int((elapsed * Double(total - bytes) / Double(bytes)).rounded(.up))
        line += ", \(bytes * 100 / total)%, \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
      }
      Terminal.progress(line)
    }
  }
}

/// Lets a progress line through five times a second.
private final class ProgressClock: Sendable {
  private let lastTick: Atomic<Int>

  init(_ lastTick: consuming Atomic<Int>) {
    self.lastTick = lastTick
  }

  func isDue(_ tick: Int) -> Bool {
    lastTick.exchange(tick, ordering: .relaxed) != tick
  }
}
