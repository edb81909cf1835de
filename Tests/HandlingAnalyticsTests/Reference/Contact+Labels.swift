import Conversations

@testable import HandlingAnalytics

extension Contact {
  /// The labels of a contact in a dimension, of tags every one in the order chosen; a missing value is a label.
  func labels(
    _ dimension: Dimension, _ attribution: HandlingQuery.Attribution, in calendar: ReferenceCalendar
  ) -> [HandlingReport.Label] {
    func name(_ code: Int?, _ names: [String]) -> [HandlingReport.Label] {
      [code.map { .name(names[$0 - 1]) } ?? .missing]
    }
    switch dimension {
    case .tag: return tags.isEmpty ? [.missing] : tags.map { .name(TestNames.tags[$0 - 1]) }
    case .category: return name(category, TestNames.categories)
    case .channel: return name(channel, TestNames.channels)
    case .agent: return name(agent, TestNames.agents)
    case .group: return name(group, TestNames.groups)
    case .closing:
      switch closing {
      case .agent: return [.name("agent")]
      case .visitor: return [.name("visitor")]
      case .natural: return [.name("natural")]
      case .bot: return [.name("bot")]
      case nil: return [.missing]
      }
    case .rating:
      switch rating {
      case .of(let rating): return [.number(rating)]
      case .bad: return [.name("bad")]
      case .good: return [.name("good")]
      case nil: return [.missing]
      }
    case .hour, .weekday, .day, .week, .month, .quarter, .year:
      return [instant(attribution).map { calendar.label(dimension, of: $0) } ?? .missing]
    }
  }
}

extension HandlingReport.Label {
  /// A text that sorts as labels are listed: numbers by size, then names as listed by hand, buckets by time (their
  /// text sorts so), missing last.
  var place: String {
    switch self {
    case .missing: "~"
    case .number(let number): number < 10 ? "00\(number)" : "0\(number)"
    case .name(let name):
      TestNames.listed.firstIndex(of: name).map { $0 < 10 ? "10\($0)" : "1\($0)" } ?? "2\(name)"
    }
  }

  /// As filters write it.
  var text: String? {
    switch self {
    case .missing: nil
    case .number(let number): "\(number)"
    case .name(let name): name
    }
  }
}
