"""Names that are hard to quote, to fold, to sort or to tell apart; the first of a list are the most used."""

from typing import Final

TAGS: Final = (
    "Refund", "Late parcel", "Invoice, missing", "Réclamation", 'Said "cancel it"', "Either; or", "Größe falsch",
    "Order status", "Ошибка оплаты", "Código promocional", "Path C:\\temp", "100 % wool", "Κωδικός", "a/b test", "0",
    "007", 'Voucher, "golden"; expired', "null", "Ends with \\", "Two  spaces", "日本語", "O'Brien case", "true", "-1",
    "ångström", "Zebra", "Ärger", "Łódź depot", "Parcel 📦 lost", "éclair", "VIP", "not missing", "and",
    "#hash", "; starts so",
)
NEVER_TIMED, ONLY_ONCE = "Never timed", "Only once"
CATEGORIES: Final = (
    "Order", "Delivery", "Returns", "Billing", "Product, other", "Überprüfung", 'The "rest"', "Доставка",
    "Écran",
)
CHANNELS: Final = (
    "chat", "Chat", "email", "EMAIL", "call", "sms", "video", "whatsapp", "messenger", "twitter", "kiosk",
)
SOCIAL: Final = ("whatsapp", "WhatsApp", "messenger", "instagram", "twitter", "facebook")
AGENTS: Final = (
    "Ana", "Bao", "Doe, Jane", "Élodie", 'Frank "Fix" Fox', "Günter", "Hana", "ana", "Jürgen", "Aná", "Mónica",
    "Ольга", "O'Neil", "Søren", "agent 7", "42", "ΑΝΝΑ", "Zoë", "李雷", "true",
)
UNTIMED_AGENT, LONE_AGENT, BOTS = "Ursula, untimed", "Zoé (one day)", ("Robi", "Botín", "")
GROUPS: Final = (
    "Front desk", "Second line", "Night, weekend", "Comptabilité", "Überlauf", "second line", 'The "A" team',
)
LONE_GROUP: Final = "Attic"
VISITORS: Final = tuple(f"v-{n:02}" for n in range(24)) + ("Müller, Jörg", "V-01", 'Jo "Jo" Li', "Ян", "d'Arc", "7")
