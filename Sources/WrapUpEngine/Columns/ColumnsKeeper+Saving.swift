internal import HandlingAnalytics
internal import MappedFiles
internal import SQLiteStore

extension ColumnsKeeper {
  /// Conversations read again after which the delta is written: below, reading them once more is cheaper.
  private static let saveAfter = 8
  /// Changed conversations to let pass after a failure.
  static let patience = 1_024

  /// What to write.
  private enum Part {
    case base, delta
  }

  /// Looks at what is on disk.
  mutating func look() {
    disk = ColumnsOnDisk(path: path, storeUUID: store.uuid, schema: schema)
  }

  /// Has a table written in the background if that is worth it, over what was on disk at the last look.
  ///
  /// - Parameter always: also when little has changed.
  mutating func save(_ table: ContactTable, always: Bool = false) throws {
    guard store.isWritable, writing == nil, unsaved >= 0 || always, let disk,
      let part = try part(of: table, on: disk, always: always)
    else { return }
    unsaved = 0
    let (path, storeUUID, schema, notify) = (path, store.uuid, schema, notify)
    writing = BackgroundWrite {
      do {
        _ = try FileLock.whileHolding("\(path)-lock") {
          // Another process has been faster: its files are as good.
          guard disk.isCurrent(at: path) else { return }
          switch part {
          case .base: try table.writeBase(to: path, storeUUID: storeUUID, schema: schema)
          case .delta: try table.saveDelta(path: path, storeUUID: storeUUID, schema: schema)
          }
        }
        return .done
      } catch let fault as FileFault {
        notify(.notSaved(path: path, reason: fault.reason))
        return .failed
      } catch {
        return .damaged
      }
    }
  }

  private func part(of table: ContactTable, on disk: ColumnsOnDisk, always: Bool) throws -> Part? {
    guard let (base, position) = disk.places else { return .base }
    guard base == table.basePosition else { return base.seq < table.basePosition.seq ? .base : nil }
    // Damage is for those to find who ask for the rows.
    if (try? table.needsCompaction(above: compactionBound)) == true { return .base }
    if table.deltaFault != nil, position == base { return .delta }
    guard position.seq < table.position.seq else { return nil }
    // The delta is written as a whole: the larger it is, the more must have changed.
    return always || unsaved > max(Self.saveAfter, table.deltaCount / 512) ? .delta : nil
  }

  /// Takes note of what the background has done.
  mutating func noteWriting() {
    guard let outcome = writing?.result else { return }
    writing = nil
    hasWritten = true
    switch outcome {
    case .done: break
    case .failed: unsaved = -Self.patience
    // The table can't be copied, so sooner or later it can't be asked either.
    case .damaged:
      table = nil
      disk?.reject()
      notify(.rebuilt(path: path, cause: .damaged))
    }
  }

  /// Waits for what is being written.
  mutating func finishWriting() {
    _ = writing?.finished()
    noteWriting()
  }
}
