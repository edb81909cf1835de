internal import Glibc
internal import WrapUpEngine

/// Small pieces of sentences.
enum Phrase {
  /// `; did you mean "x"?`, or what ends the sentence when nothing is near.
  static func didYouMean(_ name: String, among names: [String], else end: String = "") -> String {
    let nearest = NearestNames.of(name, among: names)
    return nearest.isEmpty ? end : didYouMean(nearest)
  }

  /// `; did you mean "x" or "y"?`, or nothing.
  static func didYouMean(_ nearest: [String]) -> String {
    guard !nearest.isEmpty else { return "" }
    return "; did you mean " + nearest.map { "\"\($0)\"" }.joined(separator: " or ") + "?"
  }

  /// The system's words for an error code of its own.
  static func reason(_ code: Int32) -> String {
    // Safe: the message is copied before anything else can change it.
    unsafe String(cString: strerror(code))
  }

  /// 1 row, 2 rows.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// 1234567 → 1,234,567
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return String(
      digits.enumerated().flatMap { place, digit in
        place > 0 && (digits.count - place).isMultiple(of: 3) ? [",", digit] : [digit]
      })
  }
}
