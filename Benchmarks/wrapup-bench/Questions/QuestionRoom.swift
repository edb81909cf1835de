internal import CivilTime
internal import Foundation
internal import HandlingAnalytics
internal import WrapUpEngine

/// The tables that questions are asked of, kept for as long as questions come.
final class QuestionRoom {
  private let folder: URL
  let rowCount: Int
  private let slices: Int
  private var tables: [SyntheticTable.Kind: ContactTable] = [:]

  /// - Parameter folder: where the files of columns are written; the caller removes it.
  init(rowCount: Int, folder: URL, slices: Int = WorkerThreads.processorCount) {
    self.rowCount = rowCount
    self.folder = folder
    self.slices = slices
  }

  private func table(_ kind: SyntheticTable.Kind) throws -> ContactTable {
    if let table = tables[kind] { return table }
    let table = try SyntheticTable.make(
      kind, rowCount: rowCount, path: folder.appending(path: "\(kind.rawValue).columns").path)
    tables[kind] = table
    return table
  }

  /// Answers a question and says how long that took.
  func answer(_ question: BenchmarkQuestion) throws -> (report: HandlingReport, time: Stopwatch.Reading) {
    let table = try table(question.table)
    let setting = QuerySetting(
      zone: try TimeZoneRules(identifier: question.query.zone ?? "UTC"),
      now: Instant(SyntheticContacts.lastInstant))
    let runner = WorkerThreads.runner(sliceCount: slices)
    let watch = Stopwatch()
    let report = try table.report(question.query, setting, on: runner)
    let time = watch.read()
    return (report, time)
  }

  /// How long it takes to read the columns that a question needs, and no more.
  func readLimit(_ question: BenchmarkQuestion) throws -> Stopwatch.Reading {
    let table = try table(question.table)
    let runner = WorkerThreads.runner(sliceCount: slices)
    let watch = Stopwatch()
    let sum = try table.readAll(question.columns, on: runner)
    let time = watch.read()
    blackHole(sum)
    return time
  }
}

/// Keeps what was computed from being left out.
@inline(never)
func blackHole(_ value: UInt64) {
  if value == 0x5EED_5EED_5EED_5EED { print("") }
}
