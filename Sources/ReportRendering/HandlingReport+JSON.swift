internal import Conversations
internal import HandlingAnalytics

extension HandlingReport {
  /// One object: the answer with the question, the zone, the limits, the change it knows and what was left out.
  func writeJSON(showsTotal: Bool, to write: (String) -> Void) {
    var members: [(String, String)] = [
      ("query", query.json),
      ("zone", JSONText.string(zone)),
      ("from", periodText.from.map(JSONText.string) ?? "null"),
      ("to", periodText.to.map(JSONText.string) ?? "null"),
      ("seq", "\(seq)"),
      ("scanned", "\(basis.scanned)"),
      (
        "left_out",
        JSONText.object([
          ("open", "\(basis.leftOut.open)"), ("bots", "\(basis.leftOut.bots)"),
          ("period", "\(basis.leftOut.period)"), ("filter", "\(basis.leftOut.filter)"),
        ])
      ),
      ("n", "\(basis.n)"), ("missing", "\(basis.missing)"),
      ("provisional", basis.provisional.map(String.init) ?? "null"),
      (
        "bases",
        JSONText.object(
          basis.bases.sorted { $0.key.rawValue < $1.key.rawValue }.map { ("\($0.key)", "\($0.value)") })
      ),
      ("several_tags", "\(basis.severalTags)"), ("requalified", "\(basis.requalified)"),
      ("row_count", "\(rowCount)"),
    ]
    if showsTotal { members.append(("total", JSONText.object(query.named(total)))) }
    let head = JSONText.object(members)
    write(String(head.dropLast()) + ",\"rows\":[")
    for (place, row) in rows.enumerated() {
      let object = JSONText.object(
        zip(query.dimensions, row.labels).map { ($0.rawValue, $1.json) } + query.named(row.figures))
      write(place == 0 ? object : "," + object)
    }
    write("]}\n")
  }
}

extension HandlingQuery {
  /// The question as it was understood.
  var json: String {
    JSONText.object([
      ("by", JSONText.array(dimensions.map { JSONText.string($0.rawValue) })),
      ("measures", JSONText.array(measures.map { JSONText.string($0.name) })),
      ("where", filter.map { JSONText.string($0.text) } ?? "null"),
      ("attribute", JSONText.string(attribution.rawValue)),
      ("per", JSONText.string(unit.rawValue)),
      ("tags", JSONText.string(tagCounting.rawValue)),
      ("open", "\(includesOpen)"),
      ("bots", "\(includesBots)"),
      ("quantiles", JSONText.string(quantiles.rawValue)),
      ("target", target.map { "\($0)" } ?? "null"),
      ("trim", trimPermille.map { JSONText.number(Double($0) / 10) } ?? "null"),
    ])
  }

  func named(_ figures: [HandlingReport.Figure]) -> [(String, String)] {
    // A key stands once in an object: the mean rating by rating gives way to the label.
    let taken = Set(dimensions.map(\.rawValue))
    return zip(measures, figures).map {
      (taken.contains($0.name) ? "mean_\($0.name)" : $0.name, $1 == .none ? "null" : $1.exactText)
    }
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
