@testable import HandlingAnalytics

/// The figures of one row by their definitions: lists, sorting and dictionaries.
struct ReferenceFigures {
  private let contacts: [Contact]
  private let handled: [Contact]
  private let values: [UInt32]
  private let method: HandlingQuery.QuantileMethod

  init(_ contacts: [Contact], method: HandlingQuery.QuantileMethod) {
    self.contacts = contacts
    self.method = method
    handled = contacts.filter(\.isHandled)
    values = handled.compactMap(\.seconds).sorted()
  }

  func figure(_ measure: Measure) -> HandlingReport.Figure {
    switch measure {
    case .contacts: .whole(contacts.count)
    case .handled: .whole(handled.count)
    case .unhandled: .whole(contacts.count - handled.count)
    case .conversations: .whole(Set(contacts.map(\.conversation)).count)
    case .n: .whole(values.count)
    case .missing: .whole(handled.count { $0.seconds == nil })
    case .total: .whole(sum)
    case .mean: values.isEmpty ? .none : .real(mean)
    case .sd: values.count < 2 ? .none : .real((squares / Double(values.count - 1)).squareRoot())
    case .sdPopulation: values.isEmpty ? .none : .real((squares / Double(values.count)).squareRoot())
    case .min: values.first.map { .whole(Int($0)) } ?? .none
    case .max: values.last.map { .whole(Int($0)) } ?? .none
    case .quantile(let permille): values.isEmpty ? .none : quantile(permille)
    case .nConversation: .whole(conversationSums.count)
    case .meanConversation:
      conversationSums.isEmpty
        ? .none : .real(Double(conversationSums.reduce(0, +)) / Double(conversationSums.count))
    }
  }

  private var sum: Int { values.reduce(0) { $0 + Int($1) } }
  private var mean: Double { Double(sum) / Double(values.count) }
  private var squares: Double {
    let mean = mean
    return values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
  }

  /// The sum of each conversation that has a handled contact here and none without a value.
  private var conversationSums: [Int] {
    var contactsOf: [Int64: [Contact]] = [:]
    for contact in handled { contactsOf[contact.conversation, default: []].append(contact) }
    return contactsOf.values.compactMap { contacts in
      contacts.contains { $0.seconds == nil } ? nil : contacts.reduce(0) { $0 + Int($1.seconds!) }
    }
  }

  private func quantile(_ permille: Int) -> HandlingReport.Figure {
    let n = values.count
    if method == .nearest {
      // The first rank from 1 that covers the share asked for.
      let rank = (1...n).first { $0 * 1_000 >= permille * n }!
      return .whole(Int(values[rank - 1]))
    }
    let thousandths = permille * (n - 1)
    let (low, rest) = (thousandths / 1_000, thousandths % 1_000)
    if rest == 0 || values[low] == values[low + 1] { return .whole(Int(values[low])) }
    return .real(
      (Double(values[low]) * Double(1_000 - rest) + Double(values[low + 1]) * Double(rest)) / 1_000)
  }
}
