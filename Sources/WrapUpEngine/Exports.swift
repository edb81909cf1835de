// Whoever embeds the engine speaks in these values; one import brings them.
@_exported public import ConversationFiles
@_exported public import Conversations
@_exported public import HandlingAnalytics
@_exported public import TagRanking
