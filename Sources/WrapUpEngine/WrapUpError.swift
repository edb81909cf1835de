internal import CivilTime
package import ConversationFiles
public import HandlingAnalytics
internal import MappedFiles
internal import SQLiteStore

/// Why a request could not be met: facts, not sentences, and nothing a customer wrote.
public enum WrapUpError: Error, Equatable, Sendable {
  /// There is no store at this path.
  case storeMissing(path: String)
  /// The file is not a store of Wrapup's.
  case storeForeign(path: String)
  /// A newer program wrote the store.
  case storeNewer(path: String, version: Int, supported: Int)
  /// The store's file is unsound.
  case storeDamaged(path: String)
  /// Another process is writing to the store.
  case storeBusy(path: String)
  /// Another process is importing into the store.
  case importRunning(path: String)
  /// An import is in, but what it says of earlier conversations could not all be written yet.
  indirect case importGoesOn(path: String, reason: WrapUpError)
  /// The store or its folder can't be written.
  case storeReadOnly(path: String)
  /// The store's folder is missing or closed to this user.
  case storeUnreachable(path: String)
  /// The disk is full.
  case diskFull(path: String)
  /// SQLite reports something else.
  case storeFailed(path: String, reason: String)
  /// A file to import can't be read as what it should be.
  case input(path: String, InputProblem)
  /// A row of a file that must be sound as a whole.
  case row(path: String, RowRejection)
  /// A file without a single row that can be used.
  case noUsableRows(path: String)
  /// No such zone in the system's tz database; the nearest names.
  case unknownZone(name: String, nearest: [String])
  /// A question that can't be answered as it stands.
  case question(QueryMistake)
  /// The answer would have more rows than ``HandlingQuery/rowLimit``.
  case tooManyRows
  /// No conversation has this id.
  case unknownConversation(id: String)
  /// A conversation with this id is in a file that is being imported.
  case beingImported(id: String)
  /// A conversation with this id exists.
  case conversationExists(id: String)
  /// The conversation can't be closed (again) from the state it is in.
  case notClosable(id: String, state: ConversationState)
  /// A value is empty.
  case emptyValue(field: String)
  /// A value is longer than its bound, in bytes; an endnote in characters.
  case valueTooLong(field: String, limit: Int)
  /// No name of the store's; the nearest that are.
  case unknownName(field: String, name: String, nearest: [String])
  /// Something else has this name, spelt so.
  case nameTaken(field: String, name: String)
  /// The tag was merged into another, and is none of its own until that is undone.
  case tagMerged(name: String, into: String)
  /// A tag is to be merged into itself.
  case mergedIntoItself(name: String)
  /// The tag is switched off.
  case tagOff(name: String)
  /// Nothing was done that could be taken back.
  case nothingToUndo(field: String, name: String)
  /// A number that is not finite.
  case notFinite(field: String)
  /// No field of an import has this name; the nearest that have.
  case unknownField(name: String, nearest: [String])
  /// Work was stopped by whoever asked for it; nothing of it was kept.
  case cancelled
  /// More tags than a conversation can have.
  case tooManyTags(limit: Int)
  /// A dictionary of the store is full.
  case tooManyNames(field: String, limit: Int)

  /// What is wrong with a file as a whole.
  public enum InputProblem: Equatable, Sendable {
    case missing
    case directory
    case noPermission
    case unreadable(errno: Int32)
    /// Somebody has written to it while it was read.
    case changed
    /// No header.
    case empty
    case utf16
    case unterminatedQuote(line: Int)
    case recordTooLong(line: Int, limit: Int)
    case tooManyColumns(limit: Int)
    /// What is wrong with a field of the header, counted from 1.
    case unreadableHeader(column: Int, RowRejection.Reason)
    case missingColumn(name: String, found: [String])
    case repeatedColumn(name: String, first: String, second: String)
    /// More conversations, or longer ids, than one file may have.
    case tooManyConversations
    /// What was said to be a field's header is none of the file's.
    case unknownHeader(String, field: String, found: [String])
    /// One JSON array instead of an object a line.
    case jsonArray
    case archive(ArchiveForm)
  }
}

extension WrapUpError {
  init(_ fault: StoreFault, path: String) {
    self =
      switch fault {
      case .missing: .storeMissing(path: path)
      case .foreign: .storeForeign(path: path)
      case .newer(let version, let supported):
        .storeNewer(path: path, version: Int(version), supported: Int(supported))
      case .damaged: .storeDamaged(path: path)
      case .busy: .storeBusy(path: path)
      case .readOnly: .storeReadOnly(path: path)
      case .full: .diskFull(path: path)
      case .cantOpen: .storeUnreachable(path: path)
      case .sqlite(_, let reason): .storeFailed(path: path, reason: reason)
      }
  }

  /// Whatever a layer below threw, as an error of this face.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as WrapUpError: self = error
    case let fault as StoreFault: self.init(fault, path: path)
    case let fault as SQLiteFault: self.init(StoreFault(fault), path: path)
    case let fault as FileFault: self = .storeFailed(path: fault.path, reason: fault.reason)
    default: self = .storeFailed(path: path, reason: "\(type(of: error))")
    }
  }
}

extension WrapUpError {
  /// A file that can't be read.
  package init(unreadable path: String, _ fault: ByteSourceFault) {
    self = .input(path: path, InputProblem(fault))
  }
}

extension WrapUpError.InputProblem {
  init(_ fault: ByteSourceFault) {
    self =
      switch fault {
      case .missing: .missing
      case .directory: .directory
      case .noPermission: .noPermission
      case .changed: .changed
      case .io(let errno): .unreadable(errno: errno)
      }
  }

  init(_ fault: ContactFileFault) {
    self =
      switch fault {
      case .csv(.empty): .empty
      case .csv(.utf16): .utf16
      case .csv(.unterminatedQuote(let line)): .unterminatedQuote(line: line)
      case .csv(.recordTooLong(let line, let limit)): .recordTooLong(line: line, limit: limit)
      case .csv(.tooManyColumns(let limit)): .tooManyColumns(limit: limit)
      case .csv(.headerFault(let fault)):
        .unreadableHeader(column: fault.column ?? 1, RowRejection(line: 1, fault, header: []).reason)
      case .csv(.io(let errno)): Self(ByteSourceFault(errno: errno))
      case .missingColumn(let field, let found): .missingColumn(name: field.header, found: found)
      case .repeatedColumn(let field, let first, let second):
        .repeatedColumn(name: field.header, first: first, second: second)
      case .tooManyConversations: .tooManyConversations
      case .unknownHeader(let field, let header, let found):
        .unknownHeader(header, field: field.header, found: found)
      case .jsonArray: .jsonArray
      case .archive(let form): .archive(form)
      }
  }
}
