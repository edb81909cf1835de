package import CivilTime
internal import Columnar

/// How a question is scanned: which contacts count, and how a row of the answer becomes a number.
struct ScanPlan: Sendable {
  /// One dimension of the answer.
  struct Key: Sendable {
    let coding: DimensionCodes
    var stride: UInt64 = 1
    /// Codes are below this.
    var radix: UInt64 { UInt64(coding.labels.count) }
  }

  let query: HandlingQuery
  let cohort: Cohort
  let limits: PeriodLimits?
  private(set) var keys: [Key]
  /// Below this are the numbers of tags by which a conversation is divided, in the last digit of a key; 1 when it is
  /// not divided.
  let shareRadix: UInt64
  /// All composite keys are below this.
  private(set) var keyBound: UInt64
  let needs: FigureNeeds
  /// Bytes of accumulators a slice may have.
  let memory: Int
  /// The columns that are read.
  let columns: Set<ColumnID>

  /// - Throws: what makes the question unanswerable.
  init(_ query: HandlingQuery, over table: ContactTable, _ setting: QuerySetting) throws(QueryFault) {
    self.query = query
    do throws(QueryMistake) { try query.check() } catch { throw .mistake(error) }
    do throws(PeriodFault) {
      limits = try query.period?.resolved(in: setting.zone, now: setting.now)
    } catch {
      throw .mistake(.period(error))
    }
    // Codes become places without another look at them.
    do throws(ColumnsFault) {
      for (block, _) in table.blocks where try !block.hasOnly(table.names) { throw .damaged }
    } catch {
      throw .columns(error)
    }
    var filter: ContactTest?
    do throws(ContactTest.Fault) {
      let names = ContactTest.Names(
        table: table, attribution: query.attribution, zone: setting.zone, now: setting.now,
        visitors: setting.conversationsOfVisitors)
      if let asked = query.filter { filter = try ContactTest(asked, names) }
    } catch {
      switch error {
      case .mistake(let mistake): throw .mistake(mistake)
      case .columns(let fault): throw .columns(fault)
      }
    }
    cohort = Cohort(
      includesOpen: query.includesOpen, includesBots: query.includesBots, attribution: query.attribution,
      period: limits.map { ContactTest($0, of: .instant(of: query.attribution)) }, filter: filter)
    var keys: [Key] = []
    do throws(ColumnsFault) {
      for dimension in query.dimensions {
        let coding = try DimensionCodes(
          dimension, of: table, attribution: query.attribution, zone: setting.zone)
        keys.append(Key(coding: query.tagCounting == .primary ? coding.primary : coding))
      }
    } catch {
      throw .columns(error)
    }
    shareRadix = query.splits ? Self.mostTags + 1 : 1
    var stride = shareRadix
    for place in keys.indices.reversed() {
      keys[place].stride = stride
      // Safe: a million names, 65,535 tags, 110,000 days and 65 shares multiply to less than 2^63.
      stride *= keys[place].radix
    }
    self.keys = keys
    keyBound = stride
    needs = FigureNeeds(query)
    memory = setting.memory
    var columns = cohort.columns.union(needs.columns)
    for key in keys { columns.formUnion(key.coding.columns) }
    if query.splits { columns.formUnion([.firstTag, .furtherTagRows]) }
    if needs.intervals { columns.formUnion([.agent, .startedAt, .endedAt]) }
    self.columns = columns
  }

  /// The same over all contacts together: the total row and what the figures rest on.
  var ofTotal: ScanPlan {
    var plan = self
    plan.keys = []
    plan.keyBound = plan.shareRadix
    return plan
  }

  /// The most tags of a conversation, and so the greatest share number.
  private static let mostTags: UInt64 = 64

  /// The code of one dimension in a composite key.
  @inline(__always)
  func code(_ place: Int, of key: UInt64) -> Int { Int(key / keys[place].stride % keys[place].radix) }

  /// Into how many parts a conversation of this key is divided.
  func share(of key: UInt64) -> UInt64 { max(key % shareRadix, 1) }
}

/// What a question is answered against.
package struct QuerySetting: Sendable {
  package var zone: TimeZoneRules
  package var now: Instant
  /// The keys of the conversations of each list of visitors that the filter names.
  package var conversationsOfVisitors: [[String]: Set<Int64>] = [:]
  /// Bytes of accumulators that a slice may have, enough for one row at least; more take several passes.
  package var memory = 64 << 20

  package init(zone: TimeZoneRules, now: Instant) {
    self.zone = zone
    self.now = now
  }
}

/// Why a question has no answer.
package enum QueryFault: Error, Equatable, Sendable {
  /// It is not a question.
  case mistake(QueryMistake)
  /// More rows than an answer can have.
  case tooManyRows
  /// The columns are damaged and must be rebuilt before asking again.
  case columns(ColumnsFault)
}
