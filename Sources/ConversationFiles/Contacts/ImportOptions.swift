package import CivilTime
package import Conversations

/// How a contacts file is read.
package struct ImportOptions: Sendable {
  /// The zone of local times; without one they are refused.
  package var zone: TimeZoneRules?
  /// Longest handling time taken, seconds.
  package var maxDuration = Bounds.durationSeconds
  /// Take end minus start where there is no handling time.
  package var derivesHandling = false

  package init() {}
}

/// Why a contacts file can't be imported at all.
package enum ContactFileFault: Error, Equatable {
  case csv(CSVFault)
  /// No column is called `id` or `startedAt`, or a synonym.
  case missingColumn(ImportField, found: [String])
  /// Two columns mean one field.
  case repeatedColumn(ImportField, String, String)
  /// More conversations, or longer ids, than one file may have.
  case tooManyConversations
}
