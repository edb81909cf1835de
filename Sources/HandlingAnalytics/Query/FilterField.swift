internal import Conversations

/// What a comparison in `--where` can be about.
enum FilterField: Equatable {
  case dimension(Dimension)
  case duration(Filter.Duration)
  case basis
  case flag
  case bot
  case visitor
  case period

  /// The names of all fields, `type` for `tag` included.
  static let names =
    Dimension.allCases.map(\.rawValue) + ["type"] + Filter.Duration.allCases.map(\.rawValue)
    + ["basis", "flag", "bot", "visitor", "period"]

  /// The field called `name`, in any case.
  init?(name: String) {
    let folded = name.lowercased()
    if let dimension = Dimension(name: folded) {
      self = .dimension(dimension)
    } else if let duration = Filter.Duration(rawValue: folded) {
      self = .duration(duration)
    } else {
      switch folded {
      case "basis": self = .basis
      case "flag": self = .flag
      case "bot": self = .bot
      case "visitor": self = .visitor
      case "period": self = .period
      default: return nil
      }
    }
  }

  /// Whether `<` and its like, and `between`, make sense.
  var isOrdered: Bool {
    switch self {
    case .dimension(let dimension): dimension.isOrdered
    case .duration: true
    case .basis, .flag, .bot, .visitor, .period: false
    }
  }

  /// The test for missing; `nil` where there is none.
  var missing: Filter? {
    switch self {
    case .dimension(let dimension): .missing(dimension)
    case .duration(let duration): .missingSeconds(duration)
    case .basis: .basis([.none])
    case .flag: .not(.flags(ContactFlags.names.reduce(into: []) { $0.formUnion($1.flag) }))
    case .bot: .any([])
    case .visitor: .missingVisitor
    case .period: nil
    }
  }

  /// Every comparison that the field takes, as it is written.
  var comparisons: [String] {
    ["=", "!=", "in", "not in"] + (isOrdered ? ["<", "<=", ">", ">=", "between", "not between"] : [])
      + (missing == nil ? [] : ["is missing", "is not missing"]) + (self == .period ? ["from", "to"] : [])
  }
}

extension HandlingBasis {
  /// The word in filters.
  var word: String {
    switch self {
    case .none: "none"
    case .given: "given"
    case .parts: "parts"
    case .derived: "derived"
    }
  }
}
