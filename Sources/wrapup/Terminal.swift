internal import Glibc
internal import ReportRendering
internal import Synchronization

/// Standard output and standard error, and what may be written to them.
enum Terminal {
  private static let isBroken = Atomic<Bool>(false)

  /// Writes to standard output, at once.
  static func say(_ text: String) {
    if write(text, to: STDOUT_FILENO) != nil { isBroken.store(true, ordering: .relaxed) }
  }

  /// Standard output in pieces, gathered into writes of a sensible size.
  struct Output {
    private var pending = ""

    mutating func write(_ text: String) {
      pending += text
      if pending.utf8.count > 1 << 16 { flush() }
    }

    mutating func flush() {
      if !pending.isEmpty { Terminal.say(pending) }
      pending = ""
    }
  }

  /// Writes a line to standard error.
  static func complain(_ line: String, isBare: Bool = false) {
    _ = write((isBare ? "" : "wrapup: ") + PrintableText.of(line) + "\n", to: STDERR_FILENO)
  }

  /// Whether everything said so far was written; complains if not.
  static func hasSaidAll() -> Bool {
    let isBroken = isBroken.load(ordering: .relaxed)
    if isBroken { complain("standard output can't be written") }
    return !isBroken
  }

  /// Writes all of a text; what kept it from that, if anything did.
  static func write(_ text: String, to descriptor: Int32) -> Int32? {
    write(Array(text.utf8), to: descriptor)
  }

  /// Writes all of some bytes; what kept it from that, if anything did.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return errno }
      bytes = bytes.dropFirst(count)
    }
    return nil
  }

  /// When colours and bold are used.
  enum Colour: String, CaseIterable, Sendable {
    /// On a terminal that can, unless NO_COLOR is set.
    case auto
    case always, never
  }

  /// What `--color` or the configuration says.
  static var colour: Colour {
    get { Colour.allCases[colourPlace.load(ordering: .relaxed)] }
    set { colourPlace.store(Colour.allCases.firstIndex(of: newValue)!, ordering: .relaxed) }
  }
  private static let colourPlace = Atomic<Int>(0)

  /// Whether standard output may be styled.
  static var isStyled: Bool {
    switch colour {
    case .always: true
    case .never: false
    case .auto:
      isOutputWatched && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }
  }

  /// Standard output as tables see it: lines are kept within a terminal, and are as long as they are elsewhere.
  static var screen: Screen { Screen(isStyled: isStyled, width: isOutputWatched ? width : nil) }

  /// Whether standard output is a terminal.
  static var isOutputWatched: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Columns of standard output: the terminal's, else what $COLUMNS says, else 80.
  static var width: Int {
    var size = winsize()
    // Safe: the call fills in the structure it is given, or fails.
    if unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
  }

  /// Whether somebody watches standard error.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  /// Replaces the progress line; an empty one clears it.
  static func progress(_ line: String) {
    _ = write("\r\u{1B}[K\(line)", to: STDERR_FILENO)
  }

  /// A variable of the environment; `nil` when it is not set.
  static func environment(_ name: String) -> String? {
    // Safe: nothing in this program changes the environment.
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// Seconds on a clock that never steps.
  static var seconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
