internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let forget = Command(
    name: "forget", summary: "take texts, endnotes and visitors of conversations out of the store, for good",
    operands: "ID ...", operandCount: 0...Int.max,
    options: [
      Option(
        name: "--visitor", value: "ID",
        summary: "instead of ID ...: all conversations of this visitor, letter by letter"),
      Option(
        name: "--ended-before", value: "DATE",
        summary: "instead of ID ...: all that ended before this date or instant, such as 2024-01-01"),
      Option(name: "--yes", summary: "do it; without, it is only said what there is to forget"),
      Option(
        name: "--keep-file",
        summary:
          "don't write the store's file anew: nobody has to wait, and freed parts of it may keep old words"
      ),
      .store,
    ],
    examples: [
      ("wrapup forget c-17", "says what there is to forget"),
      ("wrapup forget c-17 --yes", "forgets it"),
      ("wrapup forget --visitor v-2041 --yes", "a customer asks to be forgotten"),
      ("wrapup forget --ended-before 2024-01-01 --yes", "what is kept for a time only"),
    ],
    notes: [
      """
      Forgotten are what visitors wrote, endnotes, and who the visitors were. Ids, tags, agents, times and ratings stay,
      and with them the figures of 'wrapup stats', but for questions that name visitors. The ranking is learnt anew, in
      the time of 'wrapup train', as if the words had never been there; 'wrapup evaluate' judges it by what is left.
      The store's file is written anew, some ten seconds a gigabyte, and needs twice its room for that. Closes wait
      meanwhile; those that would wait for more than five seconds are told that the store is busy: with more than half
      a gigabyte choose a quiet hour, or --keep-file. If it was stopped on its way, the same command does the rest.
      A file that has the words brings them back when it is imported again: forget them where it comes from, too.
      """
    ],
    run: { arguments in
      let wrapup = try WrapUp.opened(arguments, creating: false)
      let scope = try scope(arguments, wrapup)
      guard arguments.has("--yes") else {
        let receipt = try wrapup.forgettable(scope)
        return Terminal.say(
          receipt.conversations == 0
            ? "no text, endnote or visitor is left in the rows of \(Phrase.count(receipt.inScope, "conversation")); with --yes the file and the model are cleaned all the same\n"
            : "would forget \(words(of: receipt)); with --yes it is done, and can't be undone\n")
      }
      let receipt = try wrapup.forget(
        scope, rewriting: !arguments.has("--keep-file"), progress: progress())
      if Terminal.showsProgress { Terminal.progress("") }
      Terminal.say("forgot \(words(of: receipt)) in \(wrapup.path)\n")
      if receipt.inScope == 0, arguments.has("--visitor") {
        Terminal.complain("no conversation has this visitor; ids of visitors are compared letter by letter")
      }
      try complain(of: receipt.leftovers)
    })

  private static func scope(_ arguments: Arguments, _ wrapup: WrapUp) throws -> ForgettingScope {
    let (visitor, date) = (arguments["--visitor"], arguments["--ended-before"])
    let ways = [!arguments.operands.isEmpty, visitor != nil, date != nil].filter(\.self).count
    guard ways == 1 else {
      throw arguments.error(
        ways == 0
          ? "whose words? Name conversations by ID, or --visitor, or --ended-before"
          : "ID ..., --visitor and --ended-before can't be combined")
    }
    if let visitor { return .visitor(visitor) }
    guard let date else { return .conversations(arguments.operands) }
    guard let instant = wrapup.start(of: date) else {
      throw arguments.error(
        "--ended-before can't be \"\(date)\": it is a date such as 2024-01-31, or an instant such as 2024-01-31T12:00:00Z"
      )
    }
    return .endedBefore(instant)
  }

  /// 2 texts, 1 endnote and the visitor of 3 conversations
  private static func words(of receipt: ForgettingReceipt) -> String {
    let others = receipt.inScope - receipt.conversations
    if receipt.conversations == 0 { return "nothing in \(Phrase.count(others, "conversation"))" }
    return
      "\(Phrase.count(receipt.texts, "text")), \(Phrase.count(receipt.notes, "endnote")) and the visitor of "
      + Phrase.count(receipt.visitors, "conversation")
      + (others > 0 ? " (nothing in \(Phrase.count(others, "other")))" : "")
  }

  private static func progress() -> (ForgettingReceipt.Stage) -> Void {
    guard Terminal.showsProgress else { return { _ in } }
    let start = Terminal.seconds
    var shown = start + 0.8
    return { stage in
      // The last word before a stage that says nothing itself has to be seen.
      guard Terminal.seconds - shown > 0.2 || stage == .rewriting else { return }
      shown = Terminal.seconds
      switch stage {
      case .forgetting(let done, let total):
        Terminal.progress("\(Phrase.grouped(done)) of \(Phrase.grouped(total)) conversations")
      case .rewriting: Terminal.progress("writing the store anew")
      case .learning(let done, let total):
        Terminal.progress("learning anew: \(Phrase.grouped(done)) of \(Phrase.grouped(total))")
      }
    }
  }

  /// Copies from before migrations are their keeper's to delete; what else is left means that not all was done.
  private static func complain(of leftovers: [ForgettingReceipt.Leftover]) throws {
    var isDone = true
    for leftover in leftovers {
      switch leftover {
      case .copy(let path):
        Terminal.complain(
          "\(path), a copy of the store from before an update, may still have it: delete it when you can")
        continue
      case .freedSpace(let reason):
        Terminal.complain(
          "freed parts of the store's file may still have it, the file could not be written anew: \(ErrorPhrases.phrase(for: reason))"
        )
      case .log(let path, let reason):
        let cause = reason.map(ErrorPhrases.phrase) ?? "somebody is reading from the store or writing to it"
        Terminal.complain(
          "\(path) and \(path)-wal may still have it: \(cause). Leave the log where it is, for it has what is new"
        )
      case .model(let path):
        Terminal.complain("\(path) may still have learnt from it and could not be written")
      }
      isDone = false
    }
    guard isDone else { throw Failure(message: "run the same command again for the rest") }
  }
}
