package import Conversations

/// What a scan asks of every contact, in one byte.
///
///     bit   0    1        2      3     4–5    6            7
///          bot  handled  ended  sole  basis  requalified  visitor
package struct ContactMarks: Equatable, Sendable {
  /// The byte.
  package var bits: UInt8 = 0

  package static let bot: UInt8 = 1 << 0
  package static let handled: UInt8 = 1 << 1
  /// The conversation has ended.
  package static let ended: UInt8 = 1 << 2
  /// The only contact of its conversation.
  package static let sole: UInt8 = 1 << 3

  /// The conversation's tags were changed after its end.
  package static let requalified: UInt8 = 1 << 6

  /// The conversation's visitor is known.
  package static let visitor: UInt8 = 1 << 7

  /// The marks of one contact; ``sole`` is found when a block is built.
  package init(
    isBot: Bool, isHandled: Bool, conversationHasEnded: Bool, basis: HandlingBasis,
    isRequalified: Bool = false,
    hasVisitor: Bool = false
  ) {
    if isBot { bits |= Self.bot }
    if isHandled { bits |= Self.handled }
    if conversationHasEnded { bits |= Self.ended }
    bits |= UInt8(basis.rawValue) << 4
    if isRequalified { bits |= Self.requalified }
    if hasVisitor { bits |= Self.visitor }
  }

  init(bits: UInt8) {
    self.bits = bits
  }

  /// The bits of the basis, and what they are for one.
  static let basisBits: UInt8 = 3 << 4
  static func bits(of basis: HandlingBasis) -> UInt8 { UInt8(basis.rawValue) << 4 }

  /// Whether it is a bot's.
  package var isBot: Bool { bits & Self.bot != 0 }

  var basis: HandlingBasis { HandlingBasis(rawValue: Int(bits >> 4 & 3)) ?? .none }
}
