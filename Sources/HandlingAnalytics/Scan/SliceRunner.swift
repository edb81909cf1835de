/// Runs the slices of one question, each once, on as many threads as it likes; returns when all are done.
///
/// The layers below the engine know no threads: they say how many slices there are and what each does.
package struct SliceRunner: Sendable {
  /// Number of slices worth cutting a question into.
  package let sliceCount: Int
  /// Calls the body with 0 ..< sliceCount.
  package let run: @Sendable (_ sliceCount: Int, _ body: @Sendable (Int) -> Void) -> Void

  package init(sliceCount: Int, run: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void) {
    self.sliceCount = sliceCount
    self.run = run
  }

  /// One slice after the other on the caller's thread.
  package static func serial(slices: Int = 1) -> SliceRunner {
    SliceRunner(sliceCount: slices) { count, body in
      for slice in 0..<count { body(slice) }
    }
  }
}
