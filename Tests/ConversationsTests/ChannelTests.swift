import Conversations
import Testing

struct ChannelTests {
  @Test(arguments: ["messenger", "Facebook", "TWITTER", "WhatsApp", "instagram", "Ínstagram"])
  func socialChannelsInAnyCase(name: String) {
    #expect(ChannelKind(channelName: name) == .social)
  }

  @Test(arguments: [
    "chat", "call", "phone", "video", "email", "sms", "telegram", "", "facebook ", "face book",
  ])
  func everythingElseIsDirect(name: String) {
    #expect(ChannelKind(channelName: name) == .direct)
  }
}
