internal import ReportRendering
internal import WrapUpEngine

extension Command {
  static let train = Command(
    name: "train", summary: "learn the store's closes anew; otherwise each is learnt as it happens",
    options: [.store],
    examples: [
      ("wrapup train", "after a model was lost, or to see that nothing hangs on when it was learnt")
    ],
    notes: [
      """
      The model beside the store is learnt close by close, and made anew by itself when it is missing or damaged.
      Learning the whole history gives the same model to the bit.
      """
    ],
    run: { arguments in
      let wrapup = try WrapUp.opened(arguments, creating: false)
      let showsProgress = Terminal.showsProgress
      let training = try wrapup.train { done, total in
        if showsProgress { Terminal.progress("\(Phrase.grouped(done)) of \(Phrase.grouped(total))") }
      }
      if showsProgress { Terminal.progress("") }
      Terminal.say(
        "learnt \(Phrase.count(training.closes, "tagged close")), \(Phrase.grouped(training.texts)) with a text\n"
      )
      guard let path = training.path else {
        throw Failure(
          message: "the model could not be written beside \(wrapup.path); what uses it learns anew")
      }
      Terminal.say("model \(path)\n")
    })
}
