internal import Synchronization

extension SliceRunner {
  /// What `body` gives for each of `count` slices, in slice order; the first slice's error if any fails.
  func map<Result: Sendable, Failure: Error>(
    _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let places = (0..<count).map { _ in SlicePlace<Result, Failure>() }
    run(count) { slice in
      do throws(Failure) {
        places[slice].result = .success(try body(slice))
      } catch {
        places[slice].result = .failure(error)
      }
    }
    var results: [Result] = []
    for place in places {
      if let result = place.result { results.append(try result.get()) }
    }
    return results
  }
}

extension SliceRunner {
  /// The same for bodies that throw different kinds of error.
  func mapThrowing<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) throws -> Result) throws
    -> [Result]
  {
    try map(count) { slice throws(any Error) in try body(slice) }
  }
}

/// Where one slice leaves its result.
private final class SlicePlace<Success: Sendable, Failure: Error>: @unchecked Sendable {
  // Safe: written by one slice, read after all slices have been joined.
  var result: Result<Success, Failure>?
}
