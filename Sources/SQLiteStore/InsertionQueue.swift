/// Takes the writing of rows off the thread that makes them.
///
/// Between ``run(_:)`` and ``finish()`` the connection belongs to the queue: nobody else may touch it.
package protocol InsertionQueue {
  /// Has `work` run after all that was given before, perhaps on another thread and later.
  ///
  /// - Throws: what went wrong with earlier work; then nothing given since has been run.
  func run(_ work: @escaping @Sendable () throws(SQLiteFault) -> Void) throws(SQLiteFault)

  /// Waits until all that was given has been run.
  ///
  /// - Throws: as ``run(_:)``.
  func finish() throws(SQLiteFault)
}
