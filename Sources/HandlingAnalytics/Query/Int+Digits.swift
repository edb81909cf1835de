extension Int {
  /// The number that a text of ASCII digits writes, `Int.max` for any above; `nil` for any other text, signs and
  /// the empty one included.
  init?(saturatingDigits text: some StringProtocol) {
    guard !text.isEmpty else { return nil }
    var value = 0
    for byte in text.utf8 {
      guard case UInt8(ascii: "0")...UInt8(ascii: "9") = byte else { return nil }
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isSumTooLarge) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      value = isTooLarge || isSumTooLarge ? .max : sum
    }
    self = value
  }
}
