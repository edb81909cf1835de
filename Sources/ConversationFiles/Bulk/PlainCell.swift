internal import CivilTime

/// Numbers in the form that nearly all files use, read a word at a time; any other form is left to the exact reader.
enum PlainCell {
  /// What a reading gives that found another form.
  static let other = UInt64.max

  /// The eight bytes at `place`, the first in the lowest bits.
  ///
  /// - Precondition: eight bytes can be read there.
  @unsafe @inline(__always)
  static func word(_ place: UnsafeRawPointer) -> UInt64 {
    // Safe: the caller vouches for the bytes, and any eight of them are an integer.
    UInt64(littleEndian: unsafe place.loadUnaligned(as: UInt64.self))
  }

  /// A number of 1 to 8 digits and nothing else, or ``other``.
  ///
  /// - Precondition: eight bytes can be read at `place`, and `length` is 1 to 8.
  @unsafe @inline(__always)
  static func number(_ place: UnsafeRawPointer, length: Int) -> UInt64 {
    let zeros = ByteWord.eight(UInt8(ascii: "0"))
    let unused = UInt64(64 &- 8 &* length)
    // The digits move to the high bytes, zeros take the places before them.
    let text = unsafe (word(place) &<< unused) | (length == 8 ? 0 : zeros &>> UInt64(8 &* length))
    var digits = text ^ zeros
    guard (digits | (digits &+ ByteWord.eight(0x76))) & ByteWord.highBits == 0 else { return other }
    digits = (digits &* 10 &+ digits &>> 8) & 0x00FF_00FF_00FF_00FF
    digits = (digits &* 100 &+ digits &>> 16) & 0x0000_FFFF_0000_FFFF
    return (digits &* 10_000 &+ digits &>> 32) & 0xFFFF_FFFF
  }
}

/// Instants written `2016-02-29T14:05:00Z`, of which neighbours often share the date.
struct PlainInstants {
  /// What a reading gives that found another form, or no such instant.
  static let other = Int64.max

  /// `YYYY-MM-` and `DD` of the last date.
  private var yearAndMonth: UInt64 = 0
  private var day: UInt64 = 0
  private var midnight: Int64 = 0

  // Digits become 0 to 9 and separators 0; what is added sets the high bit of every byte that is more.
  private static let dateText: UInt64 = 0x2D30_302D_3030_3030
  private static let dateRoom: UInt64 = 0x7F76_767F_7676_7676
  private static let clockText: UInt64 = 0x3030_3A30_3054_3030
  private static let clockRoom: UInt64 = 0x7676_7F76_767F_7676
  private static let endText: UInt64 = 0x5A30_303A
  private static let endRoom: UInt64 = 0x7F76_767F

  /// The unix seconds of the twenty bytes at `place`, or ``other``.
  ///
  /// - Precondition: 24 bytes can be read there.
  @unsafe @inline(__always)
  mutating func read(_ place: UnsafeRawPointer) -> Int64 {
    let date = unsafe PlainCell.word(place)
    let clock = unsafe PlainCell.word(place + 8)
    let end = unsafe PlainCell.word(place + 16) & 0xFFFF_FFFF
    if date != yearAndMonth || clock & 0xFFFF != day {
      guard take(date, clock & 0xFFFF) else { return Self.other }
    }
    let digits = clock ^ Self.clockText
    let last = end ^ Self.endText
    let wrong = digits | (digits &+ Self.clockRoom) | last | (last &+ Self.endRoom)
    let hour = (digits &>> 24 & 0xFF) &* 10 &+ (digits &>> 32 & 0xFF)
    let minute = (digits &>> 48 & 0xFF) &* 10 &+ digits &>> 56
    let second = (last &>> 8 & 0xFF) &* 10 &+ (last &>> 16 & 0xFF)
    guard wrong & ByteWord.highBits == 0, hour < 24, minute < 60, second < 60 else { return Self.other }
    return midnight &+ Int64(hour &* 3600 &+ minute &* 60 &+ second)
  }

  /// Takes over another date; false when it is none, or outside the years that are read.
  @inline(never)
  private mutating func take(_ date: UInt64, _ dayText: UInt64) -> Bool {
    let digits = date ^ Self.dateText
    let last = dayText ^ 0x3030
    guard (digits | (digits &+ Self.dateRoom)) & ByteWord.highBits == 0,
      (last | (last &+ 0x7676)) & 0x8080 == 0
    else { return false }
    func digit(_ place: UInt64) -> Int { Int(digits &>> (8 &* place) & 0xFF) }
    let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let month = digit(5) * 10 + digit(6)
    let dayOfMonth = Int(last & 0xFF) * 10 + Int(last &>> 8)
    guard 1900...2200 ~= year, CivilDate.isValid(year: year, month: month, day: dayOfMonth) else {
      return false
    }
    yearAndMonth = date
    day = dayText
    midnight = Int64(CivilDate(year: year, month: month, day: dayOfMonth).dayNumber * 86_400)
    return true
  }
}
