import Foundation
import PolicyText
import Testing

@Suite struct JSONValueTests {
  private let value: JSONValue = .object([
    ("乙", .array([.null, true, -3, .number("0.10"), "引“\"”\\\n\u{1}\u{2028}😀"])), ("甲", .object([])), ("空", .array([])),
  ])

  @Test func `text keeps the order of keys`() {
    #expect(
      value.serialized()
        == #"{"乙":[null,true,-3,0.10,"引“\"”\\\n\u0001\u2028😀"],"甲":{},"空":[]}"#)
    #expect(
      JSONValue.object([("a", .array([1])), ("b", .array([]))]).serialized(pretty: true)
        == "{\n  \"a\": [\n    1\n  ],\n  \"b\": []\n}")
  }

  @Test(arguments: [true, false]) func `another reader understands it`(_ pretty: Bool) throws {
    let data = Data(value.serialized(pretty: pretty).utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let array = try #require(object["乙"] as? [Any])
    #expect(array.last as? String == "引“\"”\\\n\u{1}\u{2028}😀")
  }
}
