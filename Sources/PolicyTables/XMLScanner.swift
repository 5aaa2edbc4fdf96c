import CSheets
import Glibc

/// What is told of an XML text, in its order. Names are told without their prefixes.
protocol XMLHandler: AnyObject {
  func begin(_ element: XMLName, _ attributes: XMLAttributes)
  func end(_ element: XMLName)
  /// A piece of text; one text may come in several pieces.
  func text(_ piece: UnsafeBufferPointer<UInt8>)
}

/// The name of an element, as long as it is told of.
struct XMLName {
  fileprivate let start: UnsafePointer<CChar>

  fileprivate init(_ name: UnsafePointer<CChar>) {
    start = strchr(name, 0x3A).map { UnsafePointer($0 + 1) } ?? name
  }

  static func == (name: XMLName, word: StaticString) -> Bool {
    strcmp(name.start, UnsafeRawPointer(word.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }

  /// For `switch`.
  static func ~= (word: StaticString, name: XMLName) -> Bool { name == word }
}

/// The attributes of an element, as long as it is told of.
struct XMLAttributes {
  fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// The bytes of an attribute, which end in a NUL; nil where the element has none of this name.
  func bytes(_ word: StaticString) -> UnsafePointer<CChar>? {
    guard var place = list else { return nil }
    while let name = place[0] {
      if XMLName(name) == word { return place[1] }
      place += 2
    }
    return nil
  }

  subscript(_ word: StaticString) -> String? { bytes(word).map { String(cString: $0) } }

  /// An attribute that is a number; nil where it is none.
  func number(_ word: StaticString) -> Int? {
    guard var place = bytes(word) else { return nil }
    var value = 0
    repeat {
      let digit = Int(place.pointee) - 0x30
      guard (0...9).contains(digit), value < 1 << 40 else { return nil }
      value = value * 10 + digit
      place += 1
    } while place.pointee != 0
    return value
  }

  /// Whether an attribute says yes: 1 or true.
  func isSet(_ word: StaticString) -> Bool {
    guard let value = bytes(word) else { return false }
    return value[0] == 0x31 || value[0] == 0x74
  }
}

/// Reads an XML text part by part. Document types, with which texts can grow without bound, are refused.
final class XMLScanner {
  private let xml: CSheetsXML
  private let parser: OpaquePointer
  private unowned let handler: any XMLHandler
  private var hasType = false

  init(_ handler: any XMLHandler) throws(TableFailure) {
    let functions = UnsafeMutablePointer<CSheetsXML>.allocate(capacity: 1)
    defer { functions.deallocate() }
    guard CSheets_open_xml(functions) else { throw .missing("expat", "libexpat1") }
    xml = functions.pointee
    guard let parser = xml.ParserCreate(nil) else { throw .missing("expat", "libexpat1") }
    self.parser = parser
    self.handler = handler
    xml.SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    xml.SetElementHandler(
      parser, { XMLScanner.at($0).handler.begin(XMLName($1!), XMLAttributes(list: $2)) },
      { XMLScanner.at($0).handler.end(XMLName($1!)) })
    xml.SetCharacterDataHandler(parser) { scanner, piece, count in
      piece!.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
        XMLScanner.at(scanner).handler.text(UnsafeBufferPointer(start: $0, count: Int(count)))
      }
    }
    xml.SetStartDoctypeDeclHandler(parser) { scanner, _, _, _, _ in XMLScanner.at(scanner).refuseType() }
  }

  deinit { xml.ParserFree(parser) }

  private static func at(_ pointer: UnsafeMutableRawPointer?) -> XMLScanner {
    Unmanaged<XMLScanner>.fromOpaque(pointer!).takeUnretainedValue()
  }

  private func refuseType() {
    hasType = true
    _ = xml.StopParser(parser, 0)
  }

  /// Reads the next part.
  ///
  /// - Throws: What is wrong with the text, with line and column of the member.
  func read(_ part: UnsafeRawBufferPointer, isLast: Bool, of name: String) throws(TableFailure) {
    let start = part.baseAddress?.assumingMemoryBound(to: CChar.self)
    if xml.Parse(parser, start, Int32(part.count), isLast ? 1 : 0) == XML_STATUS_OK { return }
    let (line, column) = (xml.GetCurrentLineNumber(parser), xml.GetCurrentColumnNumber(parser) + 1)
    if hasType {
      throw TableFailure(
        "“\(name)”里有 DOCTYPE，工作簿不会有，没有读取", "“\(name)” has a DOCTYPE, which no workbook has; it was not read")
    }
    let what = xml.ErrorString(xml.GetErrorCode(parser)).map { String(cString: $0) } ?? ""
    throw TableFailure(
      "“\(name)”的 XML 在第 \(line) 行第 \(column) 列坏了（\(what)）",
      "the XML of “\(name)” is broken at line \(line), column \(column) (\(what))")
  }
}

extension Archive {
  /// Reads a member of at most so many bytes whole; false where there is none.
  func scan(_ name: String, limit: Int, _ handler: any XMLHandler) throws(TableFailure) -> Bool {
    guard let member = member(name, limit: limit) else { return false }
    let scanner = try XMLScanner(handler)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try member.read(into: buffer)
      try scanner.read(UnsafeRawBufferPointer(rebasing: buffer[..<count]), isLast: count == 0, of: name)
      if count == 0 { return true }
    }
  }

  /// Tells of every element of a member that begins; false where there is none.
  func scan(
    _ name: String, limit: Int, begin: @escaping (XMLName, XMLAttributes) -> Void
  ) throws(TableFailure) -> Bool {
    let elements = Elements(begin)
    return try scan(name, limit: limit, elements)
  }
}

/// Hands on the beginnings of elements.
private final class Elements: XMLHandler {
  private let tell: (XMLName, XMLAttributes) -> Void

  init(_ tell: @escaping (XMLName, XMLAttributes) -> Void) { self.tell = tell }

  func begin(_ element: XMLName, _ attributes: XMLAttributes) { tell(element, attributes) }
  func end(_ element: XMLName) {}
  func text(_ piece: UnsafeBufferPointer<UInt8>) {}
}
