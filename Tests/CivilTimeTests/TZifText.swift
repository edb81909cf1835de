@testable import CivilTime

/// Writes TZif files to try the reader with: sound unless told otherwise.
struct TZifText {
  var version: UInt8 = UInt8(ascii: "2")
  var transitions: [(time: Int64, type: UInt8)] = []
  var offsets: [Int32] = [0]
  var isDaylight: UInt8 = 0
  var abbreviation: UInt8 = 0
  var leapSeconds: [(time: Int64, correction: Int32)] = []
  var indicators = 0
  var footer: String? = ""

  var bytes: [UInt8] {
    guard version != 0 else { return block(timeSize: 4, of: self) }
    // What old readers see is an empty block, as the format allows.
    let empty = TZifText(version: version)
    return block(timeSize: 4, of: empty) + block(timeSize: 8, of: self)
      + (footer.map { Array("\n\($0)\n".utf8) } ?? [])
  }

  private func block(timeSize: Int, of file: TZifText) -> [UInt8] {
    var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
    func put(_ value: Int64, size: Int) {
      for shift in (0..<size).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * shift))) }
    }
    let counts = [
      file.indicators, file.indicators, file.leapSeconds.count, file.transitions.count, file.offsets.count, 4,
    ]
    for count in counts { put(Int64(count), size: 4) }
    for transition in file.transitions { put(transition.time, size: timeSize) }
    bytes += file.transitions.map(\.type)
    for offset in file.offsets {
      put(Int64(offset), size: 4)
      bytes += [file.isDaylight, file.abbreviation]
    }
    bytes += Array("ABC\0".utf8)
    for leap in file.leapSeconds {
      put(leap.time, size: timeSize)
      put(Int64(leap.correction), size: 4)
    }
    return bytes + [UInt8](repeating: 0, count: 2 * file.indicators)
  }

  /// The runs of 1900-2200 that the file gives.
  func runs() throws -> [TimeZoneRules.OffsetRun] {
    try rules().offsetRuns(from: .earliest, through: .latest)
  }

  func rules() throws -> TimeZoneRules {
    let bytes = self.bytes
    return TimeZoneRules(identifier: "Test", timeline: OffsetTimeline(try TZifFile(bytes.span)))
  }
}
