@testable import HandlingAnalytics

/// The names of the generated contacts, by number and in the order in which answers must list them.
enum TestNames {
  static let tags = ["refund", "Élan", "apple", "Zebra", "échec", "Übergabe"]
  static let categories = ["billing", "Shipping", "Ärger"]
  static let channels = ["chat", "call"]
  static let agents = ["Zoé", "adam", "Bob", "ÉVA"]
  static let groups = ["north", "South"]

  /// Written down by hand: without case and accents.
  static let listed = [
    "adam", "apple", "Ärger", "billing", "Bob", "call", "chat", "échec", "Élan", "ÉVA", "north", "refund",
    "Shipping", "South", "Übergabe", "Zebra", "Zoé",
  ]

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
