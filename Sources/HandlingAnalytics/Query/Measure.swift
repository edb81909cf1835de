/// A figure of one row of an answer. Definitions are those of the project's design; every one is exact.
public enum Measure: Hashable, Sendable {
  /// All contacts.
  case contacts
  /// Contacts handled: a human accepted, wrote or closed; imported ones by what they carry.
  case handled
  /// The rest.
  case unhandled
  /// Distinct conversations.
  case conversations
  /// Handled contacts with a handling value.
  case n
  /// Handled contacts without.
  case missing
  /// Sum of the handling values, whole seconds.
  case total
  /// total / n, seconds.
  case mean
  /// Standard deviation over n - 1, seconds; none at n = 1.
  case sd
  /// Standard deviation over n, seconds.
  case sdPopulation
  /// Least value, seconds.
  case min
  /// Greatest value, seconds.
  case max
  /// The q-quantile, q in thousandths: p95 is 950, p99.9 is 999.
  case quantile(permille: Int)
  /// Conversations with a value and at least one handled contact in the row.
  case nConversation
  /// Mean over these of the sum of their handled contacts in the row, seconds.
  case meanConversation

  private static let named: [(name: String, measure: Measure)] = [
    ("contacts", .contacts), ("handled", .handled), ("unhandled", .unhandled),
    ("conversations", .conversations), ("n", .n), ("missing", .missing), ("total", .total), ("mean", .mean),
    ("sd", .sd), ("sd_pop", .sdPopulation), ("min", .min), ("max", .max),
    ("n_conversation", .nConversation), ("mean_conversation", .meanConversation),
  ]

  /// Every fixed name, in the order of the documentation; quantiles come on top as pNN and pNN.N.
  public static let names = named.map(\.name)

  /// The name in the command line, CSV and JSON.
  public var name: String {
    if case .quantile(let permille) = self {
      return permille.isMultiple(of: 10) ? "p\(permille / 10)" : "p\(permille / 10).\(permille % 10)"
    }
    return Self.named.first { $0.measure == self }!.name
  }

  /// The measure called `name`: a fixed name in any case, `median`, or pNN or pNN.N above 0 and below 100.
  public init?(name: String) {
    let folded = name.lowercased()
    if let fixed = Self.named.first(where: { $0.name == folded })?.measure {
      self = fixed
    } else if folded == "median" {
      self = .quantile(permille: 500)
    } else if folded.hasPrefix("p"), let permille = Self.permille(folded.dropFirst()) {
      self = .quantile(permille: permille)
    } else {
      return nil
    }
  }

  private static func permille(_ text: Substring) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...2).contains(parts[0].utf8.count),
      parts.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }), let whole = Int(parts[0])
    else { return nil }
    var tenth = 0
    if parts.count == 2 {
      guard parts[1].utf8.count == 1, let digit = Int(parts[1]) else { return nil }
      tenth = digit
    }
    let permille = whole * 10 + tenth
    return permille > 0 ? permille : nil
  }

  /// Whether the figure is a duration in seconds rather than a count.
  public var isDuration: Bool {
    switch self {
    case .contacts, .handled, .unhandled, .conversations, .n, .missing, .nConversation: false
    case .total, .mean, .sd, .sdPopulation, .min, .max, .quantile, .meanConversation: true
    }
  }

  var needsConversations: Bool {
    switch self {
    case .conversations, .nConversation, .meanConversation: true
    default: false
    }
  }
}
