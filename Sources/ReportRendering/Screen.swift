/// Where a text is read, and what may be done with it there.
public struct Screen: Sendable {
  /// Whether a terminal's escape sequences may mark what stands out.
  public var isStyled: Bool
  /// Columns to keep within; `nil` where lines may be as long as they are.
  public var width: Int?

  /// Plain text of any width unless said otherwise.
  public init(isStyled: Bool = false, width: Int? = nil) {
    self.isStyled = isStyled
    self.width = width
  }

  /// A file, a pipe: plain, and lines of any length.
  public static let plain = Screen()

  /// A sentence in as many lines as it takes, each ended; broken at blanks only. O(characters).
  package func lines(of sentence: String) -> String {
    guard let width else { return sentence + "\n" }
    return WrappedText.lines(of: sentence, within: width).map { $0 + "\n" }.joined()
  }
}
