internal import WrapUpEngine

/// Errors as sentences: what is wrong, and what to do next.
enum ErrorPhrases {
  static func phrase(for error: any Error) -> String {
    guard let error = error as? WrapUpError else { return "\(error)" }
    switch error {
    case .storeMissing(let path):
      return "\(path): there is no store yet; 'wrapup import FILE' makes one, --store names another"
    case .storeForeign(let path):
      return "\(path): this is not a store of Wrapup's; it was left as it is. Name another file with --store"
    case .storeNewer(let path, let version, let supported):
      return
        "\(path): written by a newer wrapup (schema \(version), this one knows \(supported)); left as it is. Use the newer program"
    case .storeDamaged(let path):
      return
        "\(path): the store is damaged; nothing was changed. Restore a copy, or try 'sqlite3 \(path) .recover'"
    case .storeBusy(let path):
      return "\(path): another process is writing to the store; try again when it is done"
    case .importRunning(let path):
      return
        "\(path): another import into the store, or a 'wrapup forget', is running; try again when it is done"
    case .importGoesOn(let path, let reason):
      return
        "\(phrase(for: reason)); the import is in, but what it changed of earlier conversations is written when \(path) is opened next"
    case .storeReadOnly(let path):
      return "\(path): the store or its folder can't be written; check permissions"
    case .storeUnreachable(let path):
      return "\(path): can't be opened; check that its folder exists and is open to you"
    case .diskFull(let path): return "\(path): the disk is full; make room and try again"
    case .storeFailed(let path, let reason): return "\(path): \(reason)"
    case .input(let path, let problem):
      return "\(path == "-" ? "standard input" : path): \(phrase(for: problem))"
    case .row(let path, let rejection): return RejectionPhrases.phrase(for: rejection, file: path)
    case .noUsableRows(let path):
      return
        "\(path): no line has tags to learn or to judge by; each needs \"tags\", and --protocol split needs \"split\": \"train\" or \"test\" on each"
    case .unknownZone(let name, let nearest):
      return "there is no zone \"\(name)\"" + Phrase.didYouMean(nearest)
        + (nearest.isEmpty ? "; zones are named like Europe/Paris" : "")
    case .question(let mistake): return QuestionPhrases.phrase(for: mistake)
    case .tooManyRows:
      return
        "the answer would have more than \(Phrase.grouped(HandlingQuery.rowLimit)) rows; ask by a coarser dimension (month instead of day), or for the first ones with --limit"
    case .unknownConversation(let id): return "there is no conversation \"\(id)\" in the store"
    case .beingImported(let id):
      return "conversation \"\(id)\" is being imported at this moment; try again when the import is done"
    case .conversationExists(let id):
      return
        "conversation \"\(id)\" exists already; 'wrapup show \(id)' shows it, a new one needs an id of its own"
    case .notClosable(let id, .ended):
      return "conversation \"\(id)\" has ended, which is final; a message after it starts a new conversation"
    case .notClosable(let id, let state):
      return "conversation \"\(id)\" is \(state.name) already; 'wrapup close \(id) --end' ends it"
    case .emptyValue(let field): return "\(field) is empty"
    case .valueTooLong(let field, let limit):
      return "\(field) is longer than \(Phrase.grouped(limit)) \(field == "note" ? "characters" : "bytes")"
    case .unknownName(let field, let name, let nearest):
      return "the store knows no \(field) \"\(name)\"" + Phrase.didYouMean(nearest)
    case .nameTaken(let field, let name):
      return "there is a \(field) \"\(name)\" already"
        + (field == "tag" ? "; 'wrapup tag merge OLD --into NEW' has one tag count as another" : "")
    case .tagMerged(let name, let target):
      return "the tag \"\(name)\" was merged into \"\(target)\"; 'wrapup tag undo' parts them"
    case .mergedIntoItself(let name): return "the tag \"\(name)\" can't be merged into itself"
    case .tagOff(let name):
      return "the tag \"\(name)\" is switched off; choose another, or 'wrapup tag on' brings it back"
    case .nothingToUndo(let field, let name):
      return
        "nothing was done to the \(field) \"\(name)\" that could be taken back; 'wrapup \(field) log' lists what was"
    case .notFinite(let field): return "\(field) is no finite number"
    case .unknownField(let name, let nearest):
      return "an import knows no field \"\(name)\"" + Phrase.didYouMean(nearest)
        + "; 'wrapup help import' lists them"
    case .cancelled: return "interrupted; nothing of it was kept"
    case .tooManyTags(let limit): return "a conversation can have at most \(limit) tags"
    case .tooManyNames(let field, let limit):
      return "the store is full: it takes at most \(Phrase.grouped(limit)) names of \(field)"
    }
  }

  private static func phrase(for problem: WrapUpError.InputProblem) -> String {
    switch problem {
    case .missing: "there is no such file"
    case .directory: "is a folder, not a file"
    case .noPermission: "may not be read by you"
    case .unreadable(let errno): "can't be read: \(Phrase.reason(errno)); nothing of it was kept"
    case .changed: "was changed while it was read; try again when it is written"
    case .empty: "is empty; a CSV file begins with a header such as id,startedAt,tags"
    case .utf16: "is UTF-16; save it as UTF-8"
    case .unterminatedQuote(let line):
      "line \(line): a quote opens a field that is not closed within 8 MB or before the end; double the quotes inside a quoted field. Nothing of the file was taken"
    case .recordTooLong(let line, let limit):
      "line \(line): the row is longer than \(Phrase.grouped(limit)) bytes; nothing of the file was taken"
    case .tooManyColumns(let limit): "has more than \(Phrase.grouped(limit)) columns"
    case .unreadableHeader(let column, let reason):
      "field \(column) of the header \(RejectionPhrases.phrase(for: reason))"
    case .missingColumn(let name, let found):
      "has no column \(name); found \(found.prefix(12).joined(separator: ", "))\(found.count > 12 ? ", …" : ""). If one of them is, say so: --map \(name)=HEADER"
    case .repeatedColumn(let name, let first, let second):
      "the columns \"\(first)\" and \"\(second)\" both mean \(name); keep one of them"
    case .unknownHeader(let header, let field, let found):
      "has no column \"\(header)\" to be \(field)" + Phrase.didYouMean(header, among: found)
        + (NearestNames.of(header, among: found).isEmpty ? "; it has" : " It has")
        + " \(found.prefix(12).joined(separator: ", "))\(found.count > 12 ? ", …" : "")"
    case .jsonArray:
      "is one JSON array; write an object a line, such as 'jq -c \".[]\" FILE | wrapup import -' does"
    case .archive(.zip): "is a spreadsheet or a zip archive; save the sheet as CSV, or unpack the archive"
    case .archive(.gzip): "is packed; 'zcat FILE | wrapup import -' unpacks it"
    case .archive(.zstd): "is packed; 'zstdcat FILE | wrapup import -' unpacks it"
    case .tooManyConversations:
      "has more conversations than one import can take; nothing of it was taken; divide it into several files"
    }
  }
}
