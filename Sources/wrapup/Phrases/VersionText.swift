/// What `--version` says: the version on the first line, then whose work is in the program.
enum VersionText {
  static let version = "0.1.0"
  /// When it was made.
  static let date = "2026-11-29"

  static let all = """
    wrapup \(version)

    Wrapup is free software under the MIT licence; it comes without any warranty. See LICENSE.

    In this program:
      Swift standard library and Foundation  Apache License 2.0 with Runtime Library Exception
                                             https://swift.org/LICENSE.txt
      folding of names to plain letters      made from the Unicode Character Database, Unicode License v3
                                             https://www.unicode.org/license.txt
    Used from the system:
      SQLite                                 public domain, https://sqlite.org/copyright.html
      tz database                            public domain, https://www.iana.org/time-zones
      C library                              under its own licence

    """
}
