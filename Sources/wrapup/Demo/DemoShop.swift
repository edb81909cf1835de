/// The shop that `wrapup demo` makes up: what people write to it about, and how that is tagged.
enum DemoShop {
  /// A tag, how long a contact about it takes, and how visitors put it.
  struct Tag: Sendable {
    let name: String
    /// Half of the contacts take less, seconds.
    let median: Int
    let phrases: [String]
  }

  /// A category, its share among others, and the tags mapped to it, most frequent first.
  struct Category: Sendable {
    let name: String
    let weight: Int
    let tags: [String]
  }

  static let categories: [Category] = [
    Category(
      name: "Delivery", weight: 26,
      tags: [
        "Late parcel", "Where is my order", "Lost parcel", "Damaged in transit", "Wrong address", "Refund",
      ]),
    Category(
      name: "Returns", weight: 17,
      tags: [
        "Refund", "Return label", "Exchange", "Return not received", "Warranty repair", "Damaged in transit",
      ]),
    Category(
      name: "Orders", weight: 14,
      tags: ["Change order", "Cancel order", "Where is my order", "Missing item", "Wrong item", "Invoice"]),
    Category(
      name: "Payments", weight: 10,
      tags: ["Payment declined", "Charged twice", "Invoice", "Refund", "Fraud suspicion"]),
    Category(
      name: "Products", weight: 9,
      tags: ["Product advice", "Back in stock", "Spare part", "Price match"]),
    Category(
      name: "Account", weight: 7,
      tags: ["Password reset", "Change of details", "Delete my data", "Newsletter", "Fraud suspicion"]),
    Category(
      name: "Promotions", weight: 5,
      tags: ["Voucher not accepted", "Price match", "Newsletter"]),
    Category(
      name: "Technical", weight: 4, tags: ["Website error", "App crash", "Password reset", "Set-up help"]),
    Category(
      name: "Gift cards", weight: 3, tags: ["Gift card balance", "Gift wrapping", "Voucher not accepted"]),
    Category(name: "Stores", weight: 2, tags: ["Opening hours", "Click and collect", "Back in stock"]),
    Category(name: "Business customers", weight: 2, tags: ["Quote", "Invoice", "Bulk order"]),
    Category(
      name: "Other", weight: 1, tags: ["Praise", "Complaint about staff", "Spam", "Wrong department"]),
  ]

  static let tags: [Tag] = [
    Tag(
      name: "Late parcel", median: 290,
      phrases: [
        "my parcel is late", "it should have been here on monday", "the delivery date has passed",
        "still no sign of the courier",
      ]),
    Tag(
      name: "Where is my order", median: 170,
      phrases: ["where is my order", "can you tell me the tracking number", "has it been shipped yet"]),
    Tag(
      name: "Lost parcel", median: 640,
      phrases: [
        "the courier says delivered but nothing came", "my parcel got lost", "nobody knows where it is",
      ]),
    Tag(
      name: "Damaged in transit", median: 520,
      phrases: ["it arrived broken", "the box was crushed", "the glass is in pieces"]),
    Tag(
      name: "Wrong address", median: 310,
      phrases: ["I gave the wrong address", "it goes to my old street", "please send it to another address"]),
    Tag(
      name: "Refund", median: 430,
      phrases: ["I want my money back", "when will I be refunded", "the refund has not arrived"]),
    Tag(
      name: "Return label", median: 150,
      phrases: ["how do I send it back", "I need a return label", "the label does not print"]),
    Tag(
      name: "Exchange", median: 380,
      phrases: [
        "can I have another size instead", "I would like to swap it", "please exchange it for the blue one",
      ]),
    Tag(
      name: "Return not received", median: 560,
      phrases: [
        "I sent it back two weeks ago", "you say my return never came",
        "the post has a receipt for my return",
      ]),
    Tag(
      name: "Warranty repair", median: 780,
      phrases: ["it stopped working after a month", "is this under warranty", "I need it repaired"]),
    Tag(
      name: "Change order", median: 260,
      phrases: [
        "can I add something to my order", "please change the colour", "I ordered two instead of one",
      ]),
    Tag(
      name: "Cancel order", median: 220,
      phrases: ["please cancel my order", "I do not need it any more", "stop the order before it ships"]),
    Tag(
      name: "Missing item", median: 410,
      phrases: ["one item is missing", "the box had only half of it", "the charger was not inside"]),
    Tag(
      name: "Wrong item", median: 450,
      phrases: ["you sent me the wrong one", "this is not what I ordered", "I got somebody else's things"]),
    Tag(
      name: "Invoice", median: 200,
      phrases: ["I need an invoice", "please put the company on the bill", "where do I find the receipt"]),
    Tag(
      name: "Payment declined", median: 360,
      phrases: ["my card was declined", "the payment does not go through", "it says payment failed"]),
    Tag(
      name: "Charged twice", median: 490,
      phrases: ["I was charged twice", "the amount is on my statement two times", "you took the money again"]),
    Tag(
      name: "Fraud suspicion", median: 900,
      phrases: ["somebody used my card", "I never placed this order", "a strange order is in my account"]),
    Tag(
      name: "Product advice", median: 420,
      phrases: [
        "which one is better for me", "does it fit the old model", "what is the difference between them",
      ]),
    Tag(
      name: "Back in stock", median: 120,
      phrases: ["when will it be back", "is it available again", "it says sold out"]),
    Tag(
      name: "Spare part", median: 460,
      phrases: ["I need a spare part", "the screw is gone", "do you sell the lid alone"]),
    Tag(
      name: "Price match", median: 280,
      phrases: ["it is cheaper elsewhere", "the price went down yesterday", "do you match prices"]),
    Tag(
      name: "Password reset", median: 110,
      phrases: ["I forgot my password", "the reset mail does not come", "I can't log in"]),
    Tag(
      name: "Change of details", median: 140,
      phrases: ["I have moved", "please change my mail address", "my name is spelt wrong"]),
    Tag(
      name: "Delete my data", median: 350,
      phrases: ["delete my account", "I want my data removed", "what do you know about me"]),
    Tag(
      name: "Newsletter", median: 80,
      phrases: ["stop the newsletter", "too many mails from you", "I did not subscribe"]),
    Tag(
      name: "Voucher not accepted", median: 230,
      phrases: ["my voucher is not accepted", "the code does not work", "it says the code has expired"]),
    Tag(
      name: "Website error", median: 400,
      phrases: ["the page does not load", "I get an error at checkout", "the basket is empty again"]),
    Tag(
      name: "App crash", median: 470,
      phrases: ["the app crashes", "it closes when I open it", "since the update nothing works"]),
    Tag(
      name: "Set-up help", median: 850,
      phrases: ["how do I set it up", "it does not connect", "the manual makes no sense"]),
    Tag(
      name: "Gift card balance", median: 130,
      phrases: ["how much is left on my gift card", "the gift card shows zero", "my gift card balance"]),
    Tag(
      name: "Gift wrapping", median: 160,
      phrases: ["can you wrap it as a gift", "I want a card with it", "please no bill in the box"]),
    Tag(
      name: "Opening hours", median: 60,
      phrases: ["when are you open", "is the store open on sunday", "your hours tomorrow"]),
    Tag(
      name: "Click and collect", median: 270,
      phrases: ["can I pick it up today", "the store does not find my pick up", "where do I collect it"]),
    Tag(
      name: "Quote", median: 980,
      phrases: ["we need a quote", "your price for fifty pieces", "an offer for our office"]),
    Tag(
      name: "Bulk order", median: 1_150,
      phrases: [
        "we want to order two hundred", "delivery of a whole pallet", "a large order for our company",
      ]),
    Tag(
      name: "Praise", median: 70,
      phrases: ["thank you so much", "your colleague was great", "just wanted to say thanks"]),
    Tag(
      name: "Complaint about staff", median: 610,
      phrases: ["your colleague was rude", "nobody ever calls back", "I want to speak to a manager"]),
    Tag(name: "Spam", median: 20, phrases: ["win a prize now", "cheap followers", "best offer click here"]),
    Tag(
      name: "Wrong department", median: 50,
      phrases: ["I want to apply for a job", "this is for your press office", "are you the other shop"]),
  ]

  /// Who answers, by group; the first ones of each answer most.
  static let groups: [(name: String, agents: [String])] = [
    (
      "Front line",
      [
        "Amélie", "Bruno", "Chiara", "Dario", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kofi",
        "Lena",
        "Marek",
      ]
    ),
    ("Second line", ["Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Sami", "Tomás", "Uma"]),
    ("Back office", ["Viktor", "Wanda", "Yusuf", "Zoë"]),
  ]

  static let channels: [(name: String, weight: Int)] = [
    ("chat", 42), ("email", 25), ("call", 16), ("whatsapp", 11), ("messenger", 6),
  ]

  /// What a text begins and ends with.
  static let greetings = ["hello", "good morning", "hi", "dear team", "please help", ""]
  static let closings = [
    "thanks", "please answer soon", "my order number is on the mail", "I am waiting since last week",
    "kind regards", "",
  ]
  static let things = [
    "kettle", "coat", "lamp", "blender", "desk", "boots", "headphones", "backpack", "toaster", "rug",
    "bike light",
  ]
}
