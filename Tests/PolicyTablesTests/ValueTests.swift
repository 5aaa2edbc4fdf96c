import PolicyTables
import Testing

/// Numbers, formats and cells of CSV, apart from any file.
@Suite struct ValueTests {
  @Test(arguments: [
    ("0", "0"), ("-0.0", "0"), ("1.50", "1.5"), ("1E+3", "1000"), ("1.5e-7", "0.00000015"), ("-12.5E1", "-125"),
    ("007", "7"),
    ("0.30000000000000004", "0.3"), ("9999999999999999", "10000000000000000"),
    ("123456789012345678", "123456789012346000"),
    ("2.0000000000000004E-2", "0.02"),
  ]) func decimalsAreKept(written: String, expected: String) throws {
    let number = try #require(DecimalText(Array(written.utf8)))
    #expect(String(decoding: number.shortened.bytes, as: UTF8.self) == expected)
  }

  @Test(arguments: ["", "-", "1.2.3", "1E", "1E5000", "0x10", "1,000", "一", " 1"]) func othersAreNone(text: String) {
    #expect(DecimalText(Array(text.utf8)) == nil)
  }

  @Test func cellsStandForValues() {
    func value(_ text: String, units: Bool = true) -> CSVValue { CSVValue(Array(text.utf8)[...], withUnits: units) }
    for text in ["0", "-5", "1234.5", "12.50", "13800001111"] { #expect(value(text) == .number, "\(text)") }
    // What would not come back as it stands is a text.
    for text in [
      "007", "1e5", "110101199001011234", "1.", "-", "12-3", "2024-02-30", "24:00:00", "甲", "T", "#N/A", "1900-01-01",
      "12.5.1",
    ] {
      #expect(value(text) == .text, "\(text)")
    }
    #expect(value("") == .blank)
    #expect(value("TRUE") == .truth(true))
    #expect(value("15.5%") == .percent(DecimalText(Array("0.155".utf8))!, decimals: 1))
    #expect(value("2024-03-01") == .day(serial: 45352, seconds: nil))
    #expect(value("2024-03-01 09:30:00") == .day(serial: 45352, seconds: 34200))
    #expect(value("09:30:00") == .time(seconds: 34200))
    #expect(value("800万元") == .unit(3))
    #expect(value("800万元", units: false) == .text)
  }

  @Test func recordsAreTakenApart() {
    let text = "甲,\"乙,\"\"丙\"\"\",,\"丁\"戊,\"\"\r\n\n己\u{FF0C}庚\n"
    var records = CSVRecords(Array(text.utf8), delimiter: [0x2C])
    var found: [[String]] = []
    while let record = records.next() { found.append(record.map { String(decoding: $0.content, as: UTF8.self) }) }
    #expect(found == [["甲", "乙,\"丙\"", "", "\"丁\"戊", ""], [""], ["己\u{FF0C}庚"]])
    var wide = CSVRecords(Array("己\u{FF0C}庚".utf8), delimiter: Array("\u{FF0C}".utf8))
    #expect(wide.next()?.count == 2)
    #expect(CSVRecords.cell(at: 9, in: Array("甲,\"乙,丙\",丁".utf8)) == 3)
    #expect(CSVRecords.cell(at: 4, in: Array("甲,\"乙,丙\",丁".utf8)) == 2)
  }

  @Test func textsAreTold() {
    for (text, cell) in [
      ("甲", "甲"), ("12", "\"12\""), ("TRUE", "\"TRUE\""), ("一\n二", "\"一\u{B}二\""), ("一\r\n二", "\"一\u{B}二\""),
      ("a,b", "\"a,b\""),
      ("\"", "\"\"\"\""), ("", ""), ("\u{1}a", "\" a\""),
    ] {
      #expect(String(decoding: csvCell(text: text), as: UTF8.self) == cell)
    }
  }
}
