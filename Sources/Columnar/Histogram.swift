/// How often each byte value occurs among the kept rows. O(rows).
package func byteHistogram(_ bytes: Span<UInt8>, keeping selection: Selection) -> [Int] {
  var counts = [Int](repeating: 0, count: 256)
  for (index, word) in selection.words.enumerated() {
    var rest = word
    while rest != 0 {
      counts[Int(bytes[index &* 64 &+ rest.trailingZeroBitCount])] &+= 1
      rest &= rest &- 1
    }
  }
  return counts
}
