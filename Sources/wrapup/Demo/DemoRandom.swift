/// The demo's dice: SplitMix64, so that a seed gives the same shop on every machine (Steele, Lea and Flood, 2014).
struct DemoRandom {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// One of 0 ..< bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// True in so many of a thousand cases.
  mutating func isOneOf(permille: Int) -> Bool { below(1_000) < permille }

  mutating func element<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// A place, each as often as its weight says.
  mutating func place(_ weights: [Int]) -> Int {
    var rest = below(weights.reduce(0, +))
    for (place, weight) in weights.enumerated() {
      if rest < weight { return place }
      rest -= weight
    }
    return weights.count - 1
  }

  /// Early places most often, as names and tags are used: weights 1, 1/2, 1/3 …
  mutating func earlyPlace(_ count: Int) -> Int { place((1...count).map { 2_520 / $0 }) }

  /// A duration around a median with a long tail to the right: a power of two of a nearly normal number, its fraction
  /// taken linearly, which every processor does alike.
  mutating func duration(median: Int) -> Int {
    // The sum of four numbers from -500 to 500: a bell from -2000 to 2000, mostly within 600.
    let bell = (0..<4).reduce(0) { sum, _ in sum + below(1_001) - 500 }
    let thousandths = bell * 2
    let whole = Int((Double(thousandths) / 1_000).rounded(.down))
    let fraction = thousandths - whole * 1_000
    let scaled = median * (1_000 + fraction)
    return max(1, (whole >= 0 ? scaled << whole : scaled >> -whole) / 1_000)
  }
}
