/// Why a store could not be used.
package enum StoreFault: Error, Equatable, Sendable {
  /// There is no file, and the request needs one that exists.
  case missing
  /// The file is not an SQLite database, or not one of Wrapup's.
  case foreign
  /// A newer program wrote it.
  case newer(version: Int32, supported: Int32)
  /// SQLite found it unsound, or it is shorter than its header says.
  case damaged
  /// Another process is writing.
  case busy
  /// The file or its folder can't be written.
  case readOnly
  /// The disk is full.
  case full
  /// The file can't be opened: its folder is missing or closed to this user.
  case cantOpen
  /// Anything else that SQLite reports.
  case sqlite(code: Int32, reason: String)

  package init(_ fault: SQLiteFault) {
    self =
      if fault.isDamage {
        .damaged
      } else if fault.isBusy {
        .busy
      } else if fault.isReadOnly {
        .readOnly
      } else if fault.isFull {
        .full
      } else if fault.isCantOpen {
        .cantOpen
      } else { .sqlite(code: fault.code, reason: fault.reason) }
  }
}
