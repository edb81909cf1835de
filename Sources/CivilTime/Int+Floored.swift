// Swift divides towards zero; a calendar counts the same way on both sides of its epoch.
extension Int {
  /// The largest q with q * divisor <= self, for a positive divisor.
  @inline(__always)
  func flooredQuotient(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// self - divisor * flooredQuotient(by: divisor), always in 0..<divisor, for a positive divisor.
  @inline(__always)
  func flooredRemainder(by divisor: Int) -> Int {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
