internal import ConversationFiles
internal import Conversations
internal import Glibc
internal import SQLiteStore
public import TagRanking

/// Measures how well tags would have been ranked for the closed conversations of a JSON Lines file, without a store.
///
///     let evaluation = FileEvaluation("closes.jsonl", mapping: "mapping.csv")
///     let report = try evaluation.report(order: .prequential, isCategoryKnown: true)
///     print(report.total.qualities[.wrapup]?[.hit1]?.value ?? 0)
///
/// Each line is an object with `tags` (a list, or one text with `;` between them) and any of `text`, `category`, `channel`,
/// `agent`, `endedAt`, `startedAt` and `split` (`train` or `test`). Lines are taken in their order; those without tags
/// teach and judge nothing.
public struct FileEvaluation: Sendable {
  private let path: String
  private let mappingPath: String?
  /// Told now and then how many conversations have been gone through, of how many.
  public var progress: @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }

  /// Nothing is read yet.
  ///
  /// - Parameter mapping: a CSV with the columns `category` and `tag`.
  public init(_ path: String, mapping: String? = nil) {
    self.path = path
    mappingPath = mapping
  }

  /// Reads both files and goes through them once.
  ///
  /// - Parameters:
  ///   - isCategoryKnown: whether the category's mapped tags are ranked, rather than all tags.
  ///   - onList: told of each list, in the order in which they are made.
  /// - Throws: the first line that can't be read, or what is wrong with a file as a whole.
  public func report(
    order: EvaluationReport.Order, isCategoryKnown: Bool, onList: (JudgedList) -> Void = { _ in }
  ) throws(WrapUpError) -> EvaluationReport {
    var tags = NameNumbers(of: .tag)
    var categories = NameNumbers(of: .category)
    var channels = NameNumbers(of: .channel)
    var agents = NameNumbers(of: .agent)
    let mapping = try mapping(&tags, &categories)
    var items: [RankingEvaluation.Item] = []
    do {
      var file = LabelledFile(try ByteSource(path: path))
      while let read = try file.next() {
        let row: LabelledFile.Row
        switch read {
        case .success(let good): row = good
        case .failure(let rejection): throw WrapUpError.row(path: path, rejection)
        }
        if row.tags.isEmpty { continue }
        if order == .split, row.isTest == nil {
          throw WrapUpError.row(
            path: path, RowRejection(line: row.line, column: "split", reason: .missingValue))
        }
        var chosen: [Int32] = []
        for tag in row.tags.map({ tags.number(of: $0) }) where !chosen.contains(tag) { chosen.append(tag) }
        items.append(
          RankingEvaluation.Item(
            category: row.category.map { categories.number(of: $0) },
            channel: row.channel.map { channels.number(of: $0) },
            agent: row.agent.map { agents.number(of: $0) },
            text: row.text, chosen: chosen, endedAt: row.instant ?? 0, isTest: row.isTest ?? false,
            line: row.line))
      }
    } catch {
      throw WrapUpError(inputFault: error, path: path)
    }
    guard order == .prequential ? !items.isEmpty : items.contains(where: \.isTest) else {
      throw .noUsableRows(path: path)
    }
    guard tags.names.count <= Bounds.tags else { throw .tooManyNames(field: "tags", limit: Bounds.tags) }
    var evaluation = RankingEvaluation(
      tags: tags.names, categories: categories.names, mapping: mapping, order: order,
      candidates: isCategoryKnown ? .mappedAndUsed : .all)
    return evaluation.run(items, progress: { [items] done in progress(done, items.count) }) { item, list in
      func name(_ tag: Int32) -> String { tags.names[Int(tag) - 1] }
      onList(
        JudgedList(
          line: item.line, category: item.category.map { categories.names[Int($0) - 1] },
          chosen: item.chosen.map(name), first: list.prefix(5).map(name),
          places: item.chosen.map { tag in list.firstIndex(of: tag).map { $0 + 1 } }))
    }
  }

  private func mapping(_ tags: inout NameNumbers, _ categories: inout NameNumbers) throws(WrapUpError)
    -> [(category: Int32, tag: Int32)]
  {
    guard let mappingPath else { return [] }
    var pairs: [(category: Int32, tag: Int32)] = []
    do {
      var file = try MappingFile(try ByteSource(path: mappingPath))
      while let read = try file.next() {
        switch read {
        case .success(let pair):
          pairs.append((categories.number(of: pair.category), tags.number(of: pair.tag)))
        case .failure(let rejection): throw WrapUpError.row(path: mappingPath, rejection)
        }
      }
    } catch {
      throw WrapUpError(inputFault: error, path: mappingPath)
    }
    return pairs
  }
}

extension WrapUpError {
  /// Whatever reading a file threw.
  fileprivate init(inputFault error: any Error, path: String) {
    switch error {
    case let error as WrapUpError: self = error
    case let fault as ByteSourceFault: self = .input(path: path, InputProblem(fault))
    case let fault as ContactFileFault: self = .input(path: path, InputProblem(fault))
    default: self = .input(path: path, .unreadable(errno: EIO))
    }
  }
}

/// Numbers names from 1; names that a store takes for one have one number.
private struct NameNumbers {
  private let kind: NameRepository.Kind
  private(set) var names: [String] = []
  private var numbers: [String: Int32] = [:]

  init(of kind: NameRepository.Kind) {
    self.kind = kind
  }

  mutating func number(of name: String) -> Int32 {
    let fold = kind.fold(name)
    if let number = numbers[fold] { return number }
    names.append(name)
    numbers[fold] = Int32(names.count)
    return Int32(names.count)
  }
}
