internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let tagList = Command(
    name: "tag list", summary: "all tags: whether they are in use, where mapped, how often given",
    options: [
      .tableFormat, .store,
    ],
    examples: [("wrapup tag list", "by name")],
    run: { arguments in
      let form: RecordTable.Form = try arguments.choice("--format", default: .table)
      let tags = try WrapUp.opened(arguments, creating: false).tags()
      let table = RecordTable(
        [
          .words("tag"), .words("state"), .words("merged_into"), .numbers("conversations"),
          .words("categories"),
        ],
        rows: tags.map { tag in
          [
            .text(tag.name), .text(tag.mergedInto != nil ? "merged" : tag.isOn ? "on" : "off"),
            tag.mergedInto.map { .text($0) } ?? .missing, .count(tag.conversations),
            .text(tag.categories.joined(separator: ", ")),
          ]
        },
        notes: [Taxonomy.tag.count(tags.count) + "; conversations are those that were given the tag itself."])
      Terminal.say(table.text(as: form, on: Terminal.screen))
    })

  static let tagOff = switching(
    on: false, "tag off", "switch tags off: nobody is to choose them, and statistics keep them")
  static let tagOn = switching(on: true, "tag on", "switch tags on again")

  private static func switching(on isOn: Bool, _ name: String, _ summary: String) -> Command {
    Command(
      name: name, summary: summary, operands: "TAG ...", operandCount: 1...65_534,
      operandValues: [.names(of: .tag)], options: [.store],
      examples: [
        ("wrapup \(name) \"Fax order\"", isOn ? "it is offered again" : "dialogs no longer offer it")
      ],
      run: { arguments in
        let wrapup = try WrapUp.opened(arguments, creating: false)
        let switched = try wrapup.switchTags(arguments.operands, on: isOn)
        let others = arguments.operands.count - switched.count
        let rest =
          others > 0
          ? "; \(Phrase.grouped(others)) \(others == 1 ? "was" : "were") \(isOn ? "on" : "off") already" : ""
        Terminal.say("\(Phrase.count(switched.count, "tag")) switched \(isOn ? "on" : "off")\(rest)\n")
      })
  }

  static let tagMerge = Command(
    name: "tag merge", summary: "have tags count as another, in the past too", operands: "TAG ...",
    operandCount: 1...65_534, operandValues: [.names(of: .tag)],
    options: [
      Option(
        name: "--into", value: "TAG", values: .names(of: .tag),
        summary: "what they count as from now on; required"), .store,
    ],
    examples: [
      ("wrapup tag merge Refnd \"Money back\" --into Refund", "three tags count as one"),
      ("wrapup tag undo Refnd", "and Refnd is a tag of its own again"),
      ("wrapup stats --by tag --as-of tagged", "each as it was given"),
    ],
    notes: [
      "What conversations were given stays as it is: merges are followed when reading, and can be undone."
    ],
    run: { arguments in
      guard let target = arguments["--into"] else {
        throw arguments.error("--into is missing: which tag do they count as?")
      }
      let wrapup = try WrapUp.opened(arguments, creating: false)
      let result = try wrapup.merge(arguments.operands, into: target)
      Terminal.say(
        "\(Phrase.count(result.merged.count, "tag")) merged into \(PrintableText.of(result.into))\n")
    })

  static let categoryList = Command(
    name: "category list", summary: "all categories: tags mapped to them, conversations about them",
    options: [
      .tableFormat, .store,
    ],
    examples: [("wrapup category list", "by name")],
    run: { arguments in
      let form: RecordTable.Form = try arguments.choice("--format", default: .table)
      let categories = try WrapUp.opened(arguments, creating: false).categories()
      let table = RecordTable(
        [.words("category"), .numbers("conversations"), .numbers("mapped"), .words("tags")],
        rows: categories.map {
          [
            .text($0.name), .count($0.conversations), .count($0.tags.count),
            .text($0.tags.joined(separator: ", ")),
          ]
        }, notes: [Taxonomy.category.count(categories.count) + "."])
      Terminal.say(table.text(as: form, on: Terminal.screen))
    })
}
