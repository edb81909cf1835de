internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let open = Command(
    name: "open", summary: "open a conversation now", operands: "ID", operandCount: 1...1,
    options: [
      Option(
        name: "--channel", value: "NAME", values: .names(of: .channel),
        summary: "chat, call, email, whatsapp …; required"),
      Option(name: "--category", value: "NAME", values: .names(of: .category), summary: "what it is about"),
      Option(name: "--agent", value: "NAME", values: .names(of: .agent), summary: "who has accepted it"),
      .store, .storeZone,
    ],
    examples: [("wrapup open c-17 --channel chat --category Delivery --agent Ann", "Ann takes a chat")],
    run: { arguments in
      guard let channel = arguments["--channel"] else { throw arguments.error("--channel is missing") }
      let wrapup = try WrapUp.opened(arguments, creating: true)
      let id = arguments.operands[0]
      try wrapup.open(id, channel: channel, category: arguments["--category"], agent: arguments["--agent"])
      Terminal.say("\(PrintableText.of(id)) open in \(wrapup.path)\n")
    })

  static let close = Command(
    name: "close", summary: "close a conversation with its tags", operands: "ID", operandCount: 1...1,
    options: [
      Option(
        name: "--tag", value: "TAG", values: .names(of: .tag), isRepeatable: true,
        summary: "what it was about, most important first"),
      Option(name: "--note", value: "TEXT", summary: "an endnote for the history"),
      Option(
        name: "--text-file", value: "FILE", values: .files,
        summary: "what the visitor wrote, UTF-8, kept to be learnt from (- is standard input)"),
      Option(
        name: "--shown", value: "FILE", values: .files,
        summary:
          "the list the tags were chosen from: an answer of 'recommend --format json' (- is standard input)"),
      Option(name: "--end", summary: "on a social channel: end it rather than leave it in the picking list"),
      .store,
    ],
    examples: [
      (
        "wrapup close c-17 --tag Refund --tag \"Late parcel\" --note \"Parcel lost, money back\"",
        "two tags, a note"
      ),
      (
        "wrapup recommend --for c-17 --format json > shown.json; wrapup close c-17 --tag Refund --shown shown.json",
        "keeps which tags were shown, for 'wrapup acceptance'"
      ),
    ],
    run: { arguments in
      let wrapup = try WrapUp.opened(arguments, creating: false)
      let id = arguments.operands[0]
      if arguments["--text-file"] == "-", arguments["--shown"] == "-" {
        throw arguments.error("--text-file and --shown can't both be standard input")
      }
      let text = try arguments["--text-file"].map { try InputText.whole($0, limit: Bounds.textBytes) }
      let shown = try arguments["--shown"].map(ShownList.read)
      let receipt = try wrapup.close(
        id, tags: arguments.all("--tag"), note: arguments["--note"], ending: arguments.has("--end"),
        text: text,
        shown: shown)
      for created in receipt.created {
        Terminal.complain("new tag \"\(created.tag)\"" + Phrase.didYouMean(created.nearest))
      }
      for merged in receipt.merged {
        Terminal.complain("tag \"\(merged.tag)\" was merged: recorded as \"\(merged.into)\"")
      }
      Terminal.say("\(PrintableText.of(id)) \(receipt.state.name) in \(wrapup.path)\n")
    })

  static let show = Command(
    name: "show", summary: "show a conversation and its contacts", operands: "ID", operandCount: 1...1,
    options: [
      .plainFormat,
      .store,
    ],
    examples: [("wrapup show c-17", "state, tags, note, and each contact")],
    run: { arguments in
      let form: DetailsRendering.Form = try arguments.choice("--format", default: .table)
      let wrapup = try WrapUp.opened(arguments, creating: false)
      guard let details = try wrapup.conversation(arguments.operands[0]) else {
        throw WrapUpError.unknownConversation(id: arguments.operands[0])
      }
      Terminal.say(DetailsRendering(details: details).text(form, on: Terminal.screen))
    })
}
