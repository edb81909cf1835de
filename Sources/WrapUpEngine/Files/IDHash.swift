/// A hash of ids in whole words, filled up with zeros, none of which is an id's own.
///
/// Seeded per process: nobody can prepare a file whose ids collide.
struct IDHash: Sendable {
  private let seeds = (UInt64.random(in: 0 ... .max) | 1, UInt64.random(in: 0 ... .max) | 1)

  /// All bits of it are good for places and for telling ids apart. O(words).
  @inline(__always)
  func hash(of id: Span<UInt64>) -> UInt64 {
    var hash = seeds.0
    for word in id.indices { hash = Self.mixed(hash ^ id[word], seeds.1) }
    return Self.mixed(hash ^ seeds.1, seeds.0)
  }

  @inline(__always)
  private static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }
}
