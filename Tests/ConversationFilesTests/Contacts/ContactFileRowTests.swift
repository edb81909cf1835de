import CivilTime
import Conversations
import Testing

@testable import ConversationFiles

struct ContactFileRowTests {
  @Test func everyFieldOfARow() throws {
    let reading = try ContactReading(
      """
      id,contactId,channel,category,tags,agent,group,bot,startedAt,firstReplyAt,endedAt,endReason,closing,state,\
      handlingSeconds,talkSeconds,holdSeconds,wrapUpSeconds,satisfaction,note,extra,visitor,firstMessageAt,\
      networkQuality,productQuality
       c 1 ,s-1,Chat,Billing,Refund; Late ;Refund,Ann,Paris,TRUE,2016-02-29T10:00:00Z,2016-02-29T11:00:05+01:00,\
      2016-02-29 10:02:00.9Z,Snoozed,VISITOR,closed,100,60,30,10,5,"a ""note""\n of two lines ",ignored, Eve É ,\
      2016-02-29T09:59:50Z,1,4
      c2,,,,,,,,2016-02-29T10:00:00Z,,,,,,,,,,,,,,,,

      """)
    #expect(reading.rejections.isEmpty)
    #expect(reading.unusedHeaders == ["extra"])
    try #require(reading.rows.count == 2)
    let row = reading.rows[0]
    func text(_ number: Int?) -> String? { number.map { reading.texts[$0] } }
    #expect(row.line == 2 && row.id == "c 1" && !row.isElapsed)
    #expect(
      [row.channel, row.category, row.agent, row.group].map(text) == ["Chat", "Billing", "Ann", "Paris"])
    #expect(row.tags.map(text) == ["Refund", "Late", "Refund"])
    var expected = ContactRecord(startedAt: ContactReading.start)
    expected.contactID = "s-1"
    expected.isBot = true
    expected.firstReplyAt = ContactReading.start + 5
    expected.endedAt = ContactReading.start + 120
    (expected.endReason, expected.closing, expected.state) = (.snoozed, .visitor, .closed)
    expected.handling = HandlingValue(seconds: 100, basis: .given)
    (expected.talkSeconds, expected.holdSeconds, expected.wrapUpSeconds) = (60, 30, 10)
    (expected.rating, expected.note, expected.isHandled) = (
      Rating(code: 5), "a \"note\"\n of two lines", true
    )
    (expected.visitor, expected.firstMessageAt) = ("Eve É", ContactReading.start - 10)
    (expected.networkQuality, expected.productQuality) = (1, 4)
    #expect(row.record == expected)
    let bare = reading.rows[1]
    #expect(bare.line == 4 && bare.id == "c2" && bare.tags.isEmpty)
    #expect([bare.channel, bare.category, bare.agent, bare.group] == [nil, nil, nil, nil])
    #expect(bare.record == ContactRecord(startedAt: ContactReading.start))
  }

  @Test(
    arguments: [
      (["firstReplyAt": "2016-02-29T09:59:59Z"], .replyOutOfRange),
      (["firstReplyAt": "2016-02-29T10:00:00Z"], []),
      (["firstReplyAt": "2016-02-29T10:00:11Z", "endedAt": "2016-02-29T10:00:10Z"], .replyOutOfRange),
      (["firstReplyAt": "2016-02-29T10:00:10Z", "endedAt": "2016-02-29T10:00:10Z"], []),
      (["satisfaction": "0"], .ratingOutOfRange), (["satisfaction": "6"], .ratingOutOfRange),
      (["satisfaction": "3.5"], .ratingOutOfRange), (["satisfaction": "fair"], .ratingOutOfRange),
      (["satisfaction": "1"], []), (["satisfaction": "5"], []), (["satisfaction": "Good"], []),
      (["satisfaction": " BAD "], []), (["networkQuality": "0"], .ratingOutOfRange),
      (["networkQuality": "5"], []), (["productQuality": "good"], .ratingOutOfRange),
      (["productQuality": "1", "networkQuality": "6"], .ratingOutOfRange),
      (["wrapUpSeconds": "900"], []), (["wrapUpSeconds": "901"], .longWrapUp),
      (["firstMessageAt": "2016-02-28T10:00:00Z"], []), (["firstMessageAt": "2016-03-28T10:00:00Z"], []),
      (["handlingSeconds": "0"], .zero), (["talkSeconds": "0"], .zero), (["handlingSeconds": "1"], []),
      (["handlingSeconds": "2592000"], []), (["handlingSeconds": "2592001"], .long),
      (["talkSeconds": "2592000", "holdSeconds": "1"], .long),
      (["handlingSeconds": "9", "talkSeconds": "5", "holdSeconds": "5"], .partsDiffer),
      (["handlingSeconds": "10", "talkSeconds": "5", "holdSeconds": "5"], []),
      (["handlingSeconds": "9", "talkSeconds": "5", "holdSeconds": ""], []),
      (["handlingSeconds": "11", "endedAt": "2016-02-29T10:00:10Z"], .exceedsElapsed),
      (["handlingSeconds": "10", "endedAt": "2016-02-29T10:00:10Z"], []),
      (
        [
          "handlingSeconds": "0", "talkSeconds": "1", "satisfaction": "9",
          "firstReplyAt": "2000-01-01T00:00:00Z",
        ], [.zero, .partsDiffer, .ratingOutOfRange, .replyOutOfRange]
      ),
    ] as [(KeyValuePairs<String, String>, ContactFlags)])
  func flags(columns: KeyValuePairs<String, String>, flags: ContactFlags) throws {
    let record = try #require(try ContactReading.record(columns))
    #expect(record.flags == flags)
    // What is out of range is dropped, and only that.
    let has = { (header: String) in columns.contains { $0.key == header } }
    #expect((record.firstReplyAt == nil) == (flags.contains(.replyOutOfRange) || !has("firstReplyAt")))
    if has("satisfaction") { #expect((record.rating == nil) == flags.contains(.ratingOutOfRange)) }
  }

  @Test func ratingsAndQualities() throws {
    let satisfactions = ["1", "5", "good", "Bad", "", "ok", "10"].map { cell in
      try? ContactReading.record(["satisfaction": cell])?.rating?.name
    }
    #expect(satisfactions == ["1", "5", "good", "bad", nil, nil, nil])
    let record = try #require(
      try ContactReading.record(["networkQuality": "3", "productQuality": "bad", "satisfaction": "4"]))
    #expect(record.networkQuality == 3 && record.productQuality == nil && record.rating?.score == 4)
    #expect(record.flags == .ratingOutOfRange)
  }

  @Test(arguments: [
    ("2016-10-30T01:59:59", -3601, false), ("2016-10-30T02:00:00", -3600, true),
    ("2016-10-30T02:30:00", -1800, true), ("2016-10-30T03:00:00", 3600, false),
    ("2016-10-30T02:30:00+01:00", 1800, false), ("2016-10-30T02:30:00Z", 5400, false),
  ])
  func aRepeatedHourIsTakenTheFirstTimeAndFlagged(cell: String, fromChange: Int64, isFlagged: Bool) throws {
    var options = ImportOptions()
    options.zone = try TimeZoneRules(identifier: "Europe/Paris")
    // 2016-10-30T01:00:00Z, when clocks went from 03:00 back to 02:00.
    let change: Int64 = 1_477_789_200
    let record = try #require(try ContactReading.record(["startedAt": cell], options: options))
    #expect(record.startedAt == change + fromChange)
    #expect(record.flags == (isFlagged ? .repeatedHour : []))
    let ended = try #require(
      try ContactReading.record(["startedAt": "2016-10-29T00:00:00Z", "endedAt": cell], options: options))
    #expect(ended.endedAt == change + fromChange)
    #expect(ended.flags == (isFlagged ? .repeatedHour : []))
  }

  @Test(
    arguments: [
      (["talkSeconds": "5"], nil, 5, .parts),
      (["talkSeconds": "5", "holdSeconds": ""], nil, nil, .none),
      (["talkSeconds": "5", "holdSeconds": "", "endedAt": "2016-02-29T10:01:00Z"], 60, nil, .none),
      (["endedAt": "2016-02-29T10:01:00Z"], 60, nil, .none),
      (["handlingSeconds": "", "endedAt": "2016-02-29T10:01:00Z"], 60, nil, .none),
      (["handlingSeconds": "7", "endedAt": "2016-02-29T10:01:00Z"], 7, 7, .given),
      (["handlingSeconds": "", "talkSeconds": "3", "wrapUpSeconds": "4"], 7, 7, .parts),
    ] as [(KeyValuePairs<String, String>, UInt32?, UInt32?, HandlingBasis)])
  func theHandlingValueAndWhatDerivingAddsToIt(
    columns: KeyValuePairs<String, String>, derived: UInt32?, seconds: UInt32?, basis: HandlingBasis
  ) throws {
    #expect(
      try ContactReading.record(columns)?.handling == HandlingValue(seconds: seconds, basis: basis))
    var options = ImportOptions()
    options.derivesHandling = true
    let handling = try ContactReading.record(columns, options: options)?.handling
    #expect(
      handling
        == (seconds == nil
          ? HandlingValue(seconds: derived, basis: .derived) : .init(seconds: seconds, basis: basis)))
  }

  @Test(
    arguments: [
      ([:], false), (["agent": "Ann"], true), (["handlingSeconds": "5"], true), (["talkSeconds": ""], false),
      (["firstReplyAt": "2016-02-29T10:00:05Z"], true), (["firstReplyAt": "2016-02-28T10:00:05Z"], false),
      (["bot": "1", "agent": "R2"], true), (["endedAt": "2016-02-29T10:00:05Z"], false),
    ] as [(KeyValuePairs<String, String>, Bool)])
  func whatMakesAContactHandled(columns: KeyValuePairs<String, String>, isHandled: Bool) throws {
    #expect(try ContactReading.record(columns)?.isHandled == isHandled)
  }

  @Test func anEndHasAReasonAndAGivenTimeCanBeTheElapsedOne() throws {
    #expect(try ContactReading.record(["endedAt": "2016-02-29T10:00:05Z"])?.endReason == .closed)
    #expect(try ContactReading.record(["endedAt": ""])?.endReason == nil)
    let columns: [KeyValuePairs<String, String>] = [
      ["endedAt": "2016-02-29T10:00:05Z", "handlingSeconds": "5"],
      ["endedAt": "2016-02-29T10:00:05Z", "handlingSeconds": "4"], ["handlingSeconds": "5"],
    ]
    #expect(
      try columns.map { try ContactReading(ContactReading.file($0)).rows[0].isElapsed } == [
        true, false, false,
      ])
    #expect(
      try ["true", "FALSE", "1", "0", ""].map { try ContactReading.record(["bot": $0])?.isBot } == [
        true, false, true, false, false,
      ])
  }
}
