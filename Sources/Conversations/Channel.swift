/// How a channel behaves when a conversation on it is closed.
public enum ChannelKind: Sendable {
  /// Chat, call, video, email, sms and every channel not listed: closing ends the conversation.
  case direct
  /// Messenger, facebook, twitter, whatsapp and instagram: closing leaves the conversation in the picking list,
  /// where a message opens it again.
  case social

  private static let socialNames: Set<String> = [
    "messenger", "facebook", "twitter", "whatsapp", "instagram",
  ]

  /// The kind of the channel called `name`, in any case.
  public init(channelName name: String) {
    self = Self.socialNames.contains(Self.fold(name)) ? .social : .direct
  }

  /// In what form two names of channels are the same: without case and accents, and a phone is a call.
  package static func fold(_ name: String) -> String {
    let fold = NameFold.fold(name)
    return fold == "phone" ? "call" : fold
  }
}
