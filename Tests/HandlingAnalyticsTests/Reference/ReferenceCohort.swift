@testable import HandlingAnalytics

/// Which contacts count, contact by contact, and why the others do not.
struct ReferenceCohort {
  private(set) var kept: [Contact] = []
  private(set) var leftOut = HandlingReport.LeftOut()
  private(set) var provisional: Int?

  init(_ query: HandlingQuery, over contacts: [Contact], in calendar: ReferenceCalendar) {
    let limits = query.period.map(calendar.limits)
    let filter = ReferenceFilter(attribution: query.attribution, calendar: calendar)
    if query.attribution != .reported, !query.includesOpen { provisional = 0 }
    for contact in contacts {
      let isTooOpen = contact.isOpen && !query.includesOpen
      // An open conversation has no end to be reported at: being open is why it is left out.
      let asksForInstant = !(query.attribution == .reported && isTooOpen)
      if let limits, asksForInstant, !(contact.instant(query.attribution).map(limits.contains) ?? false) {
        leftOut.period += 1
      } else if let asked = query.filter, !filter.keeps(contact, asked) {
        leftOut.filter += 1
      } else if isTooOpen {
        leftOut.open += 1
        let wouldCount = query.includesBots || !contact.isBot
        if let count = provisional, wouldCount, contact.instant(query.attribution) != nil {
          provisional = count + 1
        }
      } else if contact.isBot, !query.includesBots {
        leftOut.bots += 1
      } else {
        kept.append(contact)
      }
    }
  }
}
