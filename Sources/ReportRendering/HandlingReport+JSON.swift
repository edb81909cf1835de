internal import Conversations
internal import HandlingAnalytics

extension HandlingReport {
  /// The answer with the question, the zone, the change it knows and what was left out.
  func json(showsTotal: Bool) -> String {
    var members: [(String, String)] = [
      ("query", queryJSON),
      ("zone", JSONText.string(zone)),
      ("seq", "\(seq)"),
      ("scanned", "\(scanned)"),
      ("left_out", JSONText.object([("open", "\(leftOutOpen)"), ("bots", "\(leftOutBots)")])),
      ("provisional", provisional.map(String.init) ?? "null"),
      (
        "bases",
        JSONText.object(
          bases.sorted { $0.key.rawValue < $1.key.rawValue }.map { ("\($0.key)", "\($0.value)") })
      ),
    ]
    if showsTotal { members.append(("total", JSONText.object(named(total)))) }
    let objects = rows.map { row in
      JSONText.object(zip(query.dimensions, row.labels).map { ($0.rawValue, $1.json) } + named(row.figures))
    }
    members.append(("rows", JSONText.array(objects)))
    return JSONText.object(members) + "\n"
  }

  private var queryJSON: String {
    JSONText.object([
      ("by", JSONText.array(query.dimensions.map { JSONText.string($0.rawValue) })),
      ("measures", JSONText.array(query.measures.map { JSONText.string($0.name) })),
      ("attribute", JSONText.string(query.attribution.rawValue)),
      ("open", "\(query.includesOpen)"),
      ("bots", "\(query.includesBots)"),
      ("quantiles", JSONText.string(query.quantiles.rawValue)),
    ])
  }

  private func named(_ figures: [Figure]) -> [(String, String)] {
    zip(query.measures, figures).map { ($0.name, $1 == .none ? "null" : $1.exactText) }
  }
}

extension HandlingReport.Label {
  var json: String {
    switch self {
    case .name(let name): JSONText.string(name)
    case .number(let number): "\(number)"
    case .missing: "null"
    }
  }
}
