internal import WrapUpEngine

extension WrapUp {
  /// The store that the arguments name, opened; what the engine does on its own is told on standard error.
  ///
  /// - Parameter creating: whether a store that is missing is made.
  static func opened(_ arguments: Arguments, creating: Bool) throws -> WrapUp {
    let wrapup = try WrapUp(
      store: arguments.storePath, createInZone: creating ? arguments["--store-zone"] ?? "UTC" : nil,
      settings: Settings(arguments))
    if let zone = arguments["--store-zone"], zone != wrapup.zone {
      throw Failure(
        message: "\(wrapup.path) exists with zone \(wrapup.zone), which stays; --zone asks in another")
    }
    return wrapup
  }
}

extension WrapUp.Settings {
  /// As the arguments say; what the engine does on its own is told on standard error.
  init(_ arguments: Arguments) throws {
    self.init()
    if let text = arguments["--slices"] {
      guard let count = Int(text), (1...1024).contains(count) else {
        throw arguments.error("--slices is a whole number from 1 to 1024, not \"\(text)\"")
      }
      sliceCount = count
    }
    notify = { notice in
      switch notice {
      case .rebuilt(let path, let cause):
        Terminal.complain("\(path) was \(cause.rawValue): rebuilt from the store")
      case .notSaved(let path, let reason):
        Terminal.complain("\(path) can't be written (\(reason)): answers are right, the next start is slower")
      }
    }
  }
}
