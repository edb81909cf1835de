@testable import HandlingAnalytics

/// The names of the generated contacts, by number and in the order in which answers must list them.
enum TestNames {
  static let tags = ["refund", "Élan", "apple", "Zebra", "échec", "Übergabe"]
  static let categories = ["billing", "Shipping", "Ärger"]
  static let channels = ["chat", "call"]
  static let agents = ["Zoé", "adam", "Bob", "ÉVA"]
  static let groups = ["north", "South"]
  static let visitors = ["ann", "Ann", "ben", "", "ünal"]

  /// Written down by hand: without case and accents.
  static let listed = [
    "adam", "agent", "apple", "Ärger", "bad", "billing", "Bob", "bot", "call", "chat", "échec", "Élan",
    "ÉVA", "good", "natural", "north", "refund", "Shipping", "South", "Übergabe", "visitor", "Zebra", "Zoé",
  ]

  /// Other ways of writing the names of tags, categories and channels, by hand too.
  static let spellings: [String: [String]] = [
    "refund": ["Refund", "REFUND", "réfund"], "Élan": ["elan", "ÉLAN", "E\u{301}lan"], "apple": ["Äpple"],
    "Zebra": ["zebra"], "échec": ["ECHEC", "Echec"], "Übergabe": ["ubergabe", "ÜBERGABE"],
    "billing": ["Billing"], "Shipping": ["shipping", "SHIPPING"], "Ärger": ["arger", "ÄRGER"],
    "chat": ["Chat"], "call": ["CALL"],
  ]

  /// The name that is written one way or another.
  static func name(spelt spelling: String) -> String {
    spellings.first { $0.value.contains(spelling) }?.key ?? spelling
  }

  static var dictionaries: NameDictionaries {
    var names = NameDictionaries()
    names[.tag] = tags
    names[.category] = categories
    names[.channel] = channels
    names[.agent] = agents
    names[.group] = groups
    return names
  }
}
