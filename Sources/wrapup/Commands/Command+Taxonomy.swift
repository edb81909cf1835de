internal import ReportRendering
internal import WrapUpEngine

/// What tags and categories have in common: names are added, changed, and that taken back.
extension Command {
  static func add(to taxonomy: Taxonomy) -> Command {
    let sample = taxonomy == .tag ? #"Refund "Late parcel""# : #"Delivery "After-sales""#
    return Command(
      name: "\(taxonomy) add", summary: "add \(taxonomy.plural) before anything is filed under them",
      operands: "\(taxonomy.placeholder) ...", operandCount: 1...65_534, options: [.store, .storeZone],
      examples: [("wrapup \(taxonomy) add \(sample)", "two \(taxonomy.plural), each unless it is there")],
      run: { arguments in
        let wrapup = try WrapUp.opened(arguments, creating: true)
        let result = try wrapup.add(arguments.operands, to: taxonomy)
        for added in result.added where !added.nearest.isEmpty {
          Terminal.complain("new \(taxonomy) \"\(added.name)\"" + Phrase.didYouMean(added.nearest))
        }
        for taken in result.taken { tell(taken.name, takenFrom: taken.from, taxonomy) }
        let rest =
          result.known.isEmpty
          ? "" : "; \(Phrase.grouped(result.known.count)) \(result.known.count == 1 ? "was" : "were") there"
        Terminal.say("\(taxonomy.count(result.added.count)) added to \(wrapup.path)\(rest)\n")
      })
  }

  static func rename(in taxonomy: Taxonomy) -> Command {
    let sample = taxonomy == .tag ? #"Refund "Money back""# : #"Delivery Shipping"#
    return Command(
      name: "\(taxonomy) rename", summary: "give a \(taxonomy) another name, in the past too",
      operands: "OLD NEW", operandCount: 2...2, operandValues: [.names(of: taxonomy.dimension), .any],
      options: [.store],
      examples: [("wrapup \(taxonomy) rename \(sample)", "files that still say the old name mean the same")],
      run: { arguments in
        if arguments.operands[1].allSatisfy(\.isWhitespace) {
          throw arguments.error("NEW is empty: a name has letters")
        }
        let wrapup = try WrapUp.opened(arguments, creating: false)
        let names = try wrapup.rename(arguments.operands[0], to: arguments.operands[1], in: taxonomy)
        if let owner = names.takenFrom { tell(names.to, takenFrom: owner, taxonomy) }
        Terminal.say("\(PrintableText.of(names.from)) is \(PrintableText.of(names.to)) now\n")
      })
  }

  static func undo(in taxonomy: Taxonomy) -> Command {
    let what = taxonomy == .tag ? "a renaming, a switch or a merge" : "a renaming"
    let sample = taxonomy == .tag ? "Refund" : "Delivery"
    return Command(
      name: "\(taxonomy) undo", summary: "take back what was done last to a \(taxonomy): \(what)",
      operands: taxonomy.placeholder, operandCount: 1...1, operandValues: [.names(of: taxonomy.dimension)],
      options: [.store],
      examples: [("wrapup \(taxonomy) undo \(sample)", "again, and what was done before goes too")],
      run: { arguments in
        let wrapup = try WrapUp.opened(arguments, creating: false)
        let event = try wrapup.undo(arguments.operands[0], in: taxonomy)
        Terminal.say("\(PrintableText.of(event.name)): \(PrintableText.of(event.phrase))\n")
      })
  }

  static func log(of taxonomy: Taxonomy) -> Command {
    Command(
      name: "\(taxonomy) log", summary: "what was done to \(taxonomy.plural), and when",
      operands: "[\(taxonomy.placeholder)]", operandCount: 0...1,
      operandValues: [.names(of: taxonomy.dimension)],
      options: [
        .tableFormat, .store,
      ],
      examples: [("wrapup \(taxonomy) log", "every event, oldest first")],
      run: { arguments in
        let form: RecordTable.Form = try arguments.choice("--format", default: .table)
        let wrapup = try WrapUp.opened(arguments, creating: false)
        let events = try wrapup.events(of: taxonomy, named: arguments.operands.first)
        let table = RecordTable(
          [.words("at"), .words(taxonomy.rawValue), .words("event"), .numbers("seq")],
          rows: events.map {
            [
              .text(WrapUp.text(ofInstant: $0.happenedAt)), .text($0.name), .text($0.phrase),
              .count(Int($0.seq)),
            ]
          },
          notes: events.isEmpty
            ? ["Nothing was added, renamed, switched or merged by hand."] : [])
        Terminal.say(table.text(as: form, on: Terminal.screen))
      })
  }

  private static func tell(_ name: String, takenFrom owner: String, _ taxonomy: Taxonomy) {
    Terminal.complain(
      "\"\(name)\" was a name of the \(taxonomy) \"\(owner)\" before; files that say it no longer mean that one"
    )
  }

}

extension Taxonomy {
  /// As operands are shown.
  var placeholder: String { rawValue.uppercased() }

  var dimension: Dimension { self == .tag ? .tag : .category }

  var plural: String { self == .tag ? "tags" : "categories" }

  /// 1 tag, 2 tags.
  func count(_ number: Int) -> String { "\(Phrase.grouped(number)) \(number == 1 ? rawValue : plural)" }
}

extension TaxonomyEvent {
  /// The event in words, without the name.
  var phrase: String {
    let what =
      switch kind {
      case .added: "added"
      case .renamed(let from, let to): "renamed from \"\(from)\" to \"\(to)\""
      case .switchedOff: "switched off"
      case .switchedOn: "switched on"
      case .merged(let target): "merged into \"\(target)\""
      case .parted(let target): "parted from \"\(target)\""
      }
    return isUndo ? "\(what) (undo)" : what
  }
}
