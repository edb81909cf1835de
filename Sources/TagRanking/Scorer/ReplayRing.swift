/// The last closes learnt, to be learnt again while the model is young: that is when a second look is worth most.
///
/// Which close is looked at again follows from how many were learnt, never from chance.
struct ReplayRing {
  /// A close as it was learnt.
  struct Item {
    let vector: FeatureVector
    let tags: [Int32]
    let chosen: [Int32]
  }

  /// Closes kept at most.
  static let limit = 1000
  /// Features kept at most, over all closes: 8 MB.
  static let featureLimit = 1 << 20

  /// Oldest at `head`.
  private var items: [Item?] = Array(repeating: nil, count: Self.limit)
  private var head = 0
  private(set) var count = 0
  private var featureCount = 0
  private(set) var state: UInt64

  /// The closes kept, oldest first. O(closes).
  var inOrder: [Item] { (0..<count).compactMap { items[(head + $0) % Self.limit] } }

  /// Keeps a close; the oldest go for it. Amortised O(1).
  mutating func append(_ item: Item) {
    while count == Self.limit || (count > 0 && featureCount + item.vector.features.count > Self.featureLimit)
    {
      featureCount -= items[head]?.vector.features.count ?? 0
      items[head] = nil
      head = (head + 1) % Self.limit
      count -= 1
    }
    items[(head + count) % Self.limit] = item
    count += 1
    featureCount += item.vector.features.count
  }

  /// Lets all go. O(1) when there are none.
  mutating func removeAll() {
    guard count > 0 else { return }
    self = ReplayRing(state: state)
  }

  /// Keeps none yet.
  ///
  /// - Parameter state: of the generator.
  init(state: UInt64 = 0x2545_F491_4F6C_DD1D) { self.state = state }

  /// One of the closes kept; `nil` when there is none. O(1).
  mutating func draw() -> Item? {
    guard count > 0 else { return nil }
    // A linear congruential generator (Knuth's MMIX): its high bits are good enough to pick by.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return items[(head + Int(state >> 33) % count) % Self.limit]
  }
}
