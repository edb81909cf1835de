internal import ConversationFiles
internal import Conversations

/// How a contacts file is imported.
public struct ImportSettings: Sendable {
  /// IANA zone of local times; without one, an instant without an offset is refused.
  public var zone: String?
  /// Longest handling time taken, seconds.
  public var maxDuration: Int64
  /// Take end minus start where there is no handling time; such figures are elapsed times.
  public var derivesHandling = false
  /// Fields with the headers that mean them in this file, whatever else in it might.
  public var headers: [String: String] = [:]
  /// Refuse the whole file when one row of it has to be refused.
  public var isStrict = false
  /// Asked now and then whether to stop: the import then throws ``WrapUpError/cancelled``, and nothing of it is kept.
  public var isCancelled: @Sendable () -> Bool = { false }
  /// Called when all is read and written and only the commit is missing: from then on nothing can be cancelled.
  public var willCommit: @Sendable () -> Void = {}
  /// Told now and then how many rows and bytes have been read.
  public var progress: @Sendable (_ rows: Int, _ bytes: Int) -> Void = { _, _ in }

  /// Offsets required, 366 days at most, nothing derived.
  public init() {
    maxDuration = Bounds.durationSeconds
  }
}

extension ImportSettings {
  /// The same as the reader of a file takes them.
  ///
  /// - Throws: ``WrapUpError/unknownZone(name:nearest:)``, ``WrapUpError/unknownField(name:nearest:)``.
  func options() throws(WrapUpError) -> ImportOptions {
    var options = ImportOptions()
    if let zone { options.zone = try WrapUp.zoneRules(zone) }
    options.maxDuration = maxDuration
    options.derivesHandling = derivesHandling
    for (name, header) in headers {
      guard let field = ImportField(header: name) else {
        throw .unknownField(
          name: name, nearest: NearestNames.of(name, among: ImportField.allCases.map(\.header)))
      }
      options.headers[field] = header
    }
    return options
  }
}
