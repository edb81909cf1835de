internal import Conversations

extension Filter {
  /// The filter of the form that reading a text gives; it keeps the same contacts. What is read has this form.
  /// O(length).
  var normalForm: Filter {
    switch self {
    case .all(let parts): parts.count == 1 ? parts[0].normalForm : .all(parts.map(\.normalForm))
    case .any(let parts): parts.count == 1 ? parts[0].normalForm : .any(parts.map(\.normalForm))
    case .not(let filter): .not(filter.normalForm)
    case .oneOf(_, let values) where values.isEmpty: .any([])
    case .basis(let bases) where bases.isEmpty: .any([])
    case .visitor(let ids) where ids.isEmpty: .any([])
    case .flags(let flags): Self.flagged(flags)
    // Ratings of two values lie in no range.
    case .range(.rating, nil, nil): .range(.rating, from: "1", through: "5")
    case .range(let dimension, nil, nil): .not(.missing(dimension))
    case .range(let dimension, let from?, let through?) where dimension.precedes(through, from): .any([])
    case .seconds(let duration, let from, let through):
      from > through || from > WhereParser.greatestSeconds
        ? .any([]) : .seconds(duration, from: from, through: min(through, WhereParser.greatestSeconds))
    // The instant that files a contact is missing where its calendar buckets are.
    case .period(.between(nil, nil)): .not(.missing(.year))
    case .oneOf, .basis, .visitor, .range, .missing, .isBot, .missingSeconds, .missingVisitor, .period: self
    }
  }

  /// The filter with other names in place of those that `current` knows better. O(names).
  package func replacingNames<Fault: Error>(
    _ current: (Dimension, String) throws(Fault) -> String
  ) throws(Fault) -> Filter {
    switch self {
    case .all(let parts): .all(try parts.map { part throws(Fault) in try part.replacingNames(current) })
    case .any(let parts): .any(try parts.map { part throws(Fault) in try part.replacingNames(current) })
    case .not(let part): .not(try part.replacingNames(current))
    case .oneOf(let dimension, let names):
      .oneOf(dimension, try names.map { name throws(Fault) in try current(dimension, name) })
    default: self
    }
  }

  private static func flagged(_ flags: ContactFlags) -> Filter {
    let named = ContactFlags.names.reduce(into: ContactFlags()) { $0.formUnion(flags.intersection($1.flag)) }
    return named.isEmpty ? .any([]) : .flags(named)
  }
}
