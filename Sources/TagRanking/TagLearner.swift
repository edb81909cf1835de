/// Learns a history in the order of its changes.
///
/// Learning a close looks at what was learnt before it and at the mapping as it was then, never at what came later, so
/// that the same history gives the same model to the bit.
///
/// Readers and the learner take turns at two models: while readers use one, the learner goes on with the other; see
/// ``turn()``.
package final class TagLearner {
  /// More events than this are copied rather than learnt a second time.
  private static let eventLimit = 64

  private enum Event {
    case close(UsageModel.Close)
    case mapping(tag: Int32, category: Int32, isMapped: Bool)
  }

  /// What is being learnt into.
  package private(set) var model: TagModel
  /// What is learnt of words; `nil` before the first close with a text.
  package private(set) var texts: TextLearner?
  private var reader = TextReader()
  /// What was learnt into before the last turn.
  private var left: TagModel?
  /// What that model lacks; `nil` when that is much.
  private var events: [Event]? = []

  /// Goes on from what was learnt.
  ///
  /// - Parameter mapping: pairs of category and tag at the change up to which was learnt.
  /// - Complexity: O(counts + tags).
  package init(
    usage: UsageModel = UsageModel(), texts: TextLearner? = nil,
    calibration: ScoreCalibration = ScoreCalibration(),
    mapping: [(category: Int32, tag: Int32)] = [], everMapped: Set<Int32> = []
  ) {
    self.texts = texts
    model = TagModel(
      usage: usage, scorer: texts?.scorer, calibration: calibration, mapping: mapping,
      everMapped: everMapped)
  }

  /// The mapping has changed.
  package func map(_ tag: Int32, to category: Int32, isMapped: Bool) {
    note(.mapping(tag: tag, category: category, isMapped: isMapped))
    model.map(tag, to: category, isMapped: isMapped)
  }

  /// Learns a close; one without tags teaches nothing. O(features × blocks of the candidates).
  package func learn(_ close: UsageModel.Close, text: String?) {
    learn(close, tally: text.flatMap { reader.tally(of: $0) })
  }

  /// The same of a text that was taken apart before, for which another thread may have had the time.
  package func learn(_ close: UsageModel.Close, tally text: TextTally?) {
    guard !close.tags.isEmpty else { return }
    if let text {
      let texts = texts ?? TextLearner()
      self.texts = texts
      model.scorer = texts.scorer
      let candidates = model.candidates(in: close.category)
      let scores = texts.learn(text, category: close.category, candidates: candidates, chosen: close.tags)
      model.calibration.learn(
        close, candidates, texts: scores, mapped: model.mapped(to: close.category), by: model.usage,
        tagCount: model.knownCount)
    }
    note(.close(close))
    model.count(close)
  }

  /// Leaves the model to readers and goes on with the one that was left at the last turn, which becomes like it first.
  ///
  /// - Precondition: nobody reads any more what was left at the last turn.
  /// - Complexity: O(changes since the last turn), or O(model) where they are many, and the first time.
  package func turn() {
    let next = left
    left = model
    if let next, let events {
      for event in events {
        switch event {
        case .close(let close): next.count(close)
        case .mapping(let tag, let category, let isMapped): next.map(tag, to: category, isMapped: isMapped)
        }
      }
      next.calibration = model.calibration
      texts?.turn(to: next.scorer)
      model = next
    } else {
      texts?.turn(to: next?.scorer)
      model = TagModel(copying: model)
    }
    model.scorer = texts?.scorer
    events = []
  }

  private func note(_ event: Event) {
    events?.append(event)
    if let events, events.count > Self.eventLimit { self.events = nil }
  }
}
