internal import Columnar

extension DenseScan {
  /// Adds a block whose groups are put together digit by digit.
  mutating func addWide(_ rows: Rows, _ digits: BlockDigits, into target: inout Target)
    throws(ColumnsFault)
  {
    if rows.kept == nil, digits.further == nil, let codes = digits.pair {
      return try addPair(rows, digits, codes, into: &target)
    }
    var own = takeWide(.own, for: rows, into: &target)
    var further = digits.further == nil ? nil : takeWide(.further, for: rows, into: &target)
    let valueless = rows.valueless.span
    var next = 0
    try forEachChunk(rows, digits) { pass, numbers, seconds, chunk throws(ColumnsFault) in
      guard case (.own, .stretch(let stretch)) = (pass, chunk) else {
        for entry in seconds.indices {
          let (place, isHandled) = (Int(numbers[entry]), rows.isHandled(chunk.row(entry)))
          if pass == .own {
            own.add(seconds[entry], at: place, isHandled: isHandled)
          } else {
            further?.add(seconds[entry], at: place, isHandled: isHandled)
          }
        }
        return
      }
      own.add(numbers.span, seconds)
      while next < valueless.count, Int(valueless[next]) < stretch.upperBound {
        let row = Int(valueless[next])
        own.removeValueless(at: Int(numbers[row - stretch.lowerBound]), isHandled: rows.isHandled(row))
        next += 1
      }
    }
    wide[Pass.own.rawValue] = own
    if let further { wide[Pass.further.rawValue] = further }
  }

  /// Adds all rows of a block whose groups are one or two codes, and buckets that last for stretches of rows.
  private mutating func addPair(
    _ rows: Rows, _ digits: BlockDigits, _ codes: CodePair, into target: inout Target
  ) throws(ColumnsFault) {
    var tally = takeWide(.own, for: rows, into: &target)
    let seconds = rows.seconds.span
    let valueless = rows.valueless.span
    var stretches: [PackedTally.Stretch] = []
    try digits.forEachStretch(of: 0..<rows.block.rowCount) { stretch, number throws(ColumnsFault) in
      stretches.append(PackedTally.Stretch(end: stretch.upperBound, base: Int(number + codes.base)))
    }
    tally.add(
      codes, seconds, stretches, wayStride: wideWays > 1 ? Int(dropped) + 1 : 0, valueless: valueless,
      isHandled: rows.marks == nil ? nil : { rows.isHandled($0) })
    wide[Pass.own.rawValue] = tally
  }
}
