internal import Conversations

/// What tells the contacts of one conversation apart: the source's contact id, else start and agent.
enum ContactIdentity: Hashable {
  case contactID(String)
  case start(Int64, agent: Int32?)

  init(_ record: ContactRecord) {
    self = record.contactID.map(Self.contactID) ?? .start(record.startedAt, agent: record.agent)
  }
}
