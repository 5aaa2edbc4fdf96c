package import PolicyDiagnostics

/// A workbook that is read: its sheets, its date system and its number formats.
package final class Workbook {
  /// One sheet with cells.
  package struct Sheet: Sendable {
    package var name: String
    package var isHidden: Bool
    var part: String
  }

  let path: String
  let archive: Archive
  package private(set) var sheets: [Sheet] = []
  /// Whether days count from 1904.
  private(set) var countsFrom1904 = false
  /// By the style of a cell.
  private(set) var formats: [NumberFormat] = []
  private var stringsPart: String?
  private var stylesPart: String?
  private lazy var loaded: Result<SharedStrings, TableFailure> = loadStrings()

  /// The most bytes that a sheet, and that everything else, may unpack to.
  static let sheetLimit = 1 << 35
  static let partLimit = 1 << 26

  package init(_ path: String) throws(TableFailure) {
    self.path = path
    do throws(TableFailure) { archive = try Archive(path) } catch { throw error.at(path) }
    do throws(TableFailure) {
      try readParts(try workbookPart())
      try readFormats()
    } catch { throw error.at(path) }
  }

  /// What a file is that begins like no XLSX, or nil: an old or encrypted workbook.
  package static func otherForm(_ beginning: [UInt8]) -> Bilingual? {
    guard beginning.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else { return nil }
    // Names in the directory of an OLE file are UTF-16.
    let encrypted: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
    return beginning.firstRange(of: encrypted) != nil
      ? Bilingual(
        zh: "工作簿有打开密码，没有读取；在 Excel 或 WPS 里去掉密码再保存",
        en: "the workbook is encrypted and was not read; take the password away in Excel or WPS and save it")
      : Bilingual(
        zh: "是旧的 .xls 工作簿，没有读取；在 Excel 或 WPS 里另存为 .xlsx",
        en: "an old .xls workbook; it was not read. Save it as .xlsx in Excel or WPS")
  }

  // MARK: Parts

  private func workbookPart() throws(TableFailure) -> String {
    var found: String?
    _ = try archive.scan("_rels/.rels", limit: Self.partLimit) { element, attributes in
      if element == "Relationship", attributes["Type"]?.hasSuffix("/officeDocument") == true {
        found = attributes["Target"].map { Workbook.join("", $0) }
      }
    }
    let part = found ?? "xl/workbook.xml"
    if part.hasSuffix(".bin") {
      throw TableFailure(
        "是 .xlsb 工作簿，没有读取；另存为 .xlsx", "an .xlsb workbook; it was not read. Save it as .xlsx")
    }
    guard archive.holds(part), part.hasSuffix(".xml") else {
      let isOpen = archive.holds("content.xml")
      throw TableFailure(
        isOpen ? "是 OpenDocument 表格，没有读取；另存为 .xlsx" : "是压缩包，不是 XLSX 工作簿",
        isOpen
          ? "an OpenDocument sheet; it was not read. Save it as .xlsx"
          : "an archive, but no XLSX workbook")
    }
    return part
  }

  /// A target beside a part, with `..` and a leading slash worked out.
  private static func join(_ part: String, _ target: String) -> String {
    var names = target.hasPrefix("/") ? [] : part.split(separator: "/").dropLast().map(String.init)
    for name in target.split(separator: "/") {
      if name == ".." { _ = names.popLast() } else if name != "." { names.append(String(name)) }
    }
    return names.joined(separator: "/")
  }

  private func readParts(_ part: String) throws(TableFailure) {
    var names = part.split(separator: "/").map(String.init)
    names.insert("_rels", at: max(0, names.count - 1))
    var targets: [String: (type: String, part: String)] = [:]
    _ = try archive.scan(names.joined(separator: "/") + ".rels", limit: Self.partLimit) { element, attributes in
      guard element == "Relationship", let id = attributes["Id"], let target = attributes["Target"] else { return }
      let type = attributes["Type"]?.split(separator: "/").last.map(String.init) ?? ""
      targets[id] = (type, Workbook.join(part, target))
    }
    for target in targets.values {
      if target.type == "sharedStrings" { stringsPart = target.part }
      if target.type == "styles" { stylesPart = target.part }
    }
    _ = try archive.scan(part, limit: Self.partLimit) { element, attributes in
      switch element {
      case "workbookPr": self.countsFrom1904 = attributes.isSet("date1904")
      case "sheet":
        guard let name = attributes["name"], let id = attributes["id"], let target = targets[id],
          target.type == "worksheet"
        else { return }
        let isHidden = (attributes["state"] ?? "visible") != "visible"
        self.sheets.append(Sheet(name: name, isHidden: isHidden, part: target.part))
      default: break
      }
    }
    guard !sheets.isEmpty else {
      throw TableFailure("工作簿里没有工作表", "the workbook has no sheet with cells")
    }
  }

  private func readFormats() throws(TableFailure) {
    guard let stylesPart else { return }
    var own: [Int: NumberFormat] = [:]
    var isInCells = false
    _ = try archive.scan(stylesPart, limit: Self.partLimit) { element, attributes in
      switch element {
      case "numFmt":
        if let id = attributes.number("numFmtId"), let code = attributes["formatCode"] {
          own[id] = NumberFormat(code: code)
        }
      case "cellXfs": isInCells = true
      // What follows the formats of cells.
      case "cellStyles", "dxfs": isInCells = false
      case "xf" where isInCells:
        let id = attributes.number("numFmtId") ?? 0
        self.formats.append(own[id] ?? NumberFormat(builtIn: id))
      default: break
      }
    }
  }

  private func loadStrings() -> Result<SharedStrings, TableFailure> {
    let strings = SharedStrings()
    guard let stringsPart else { return .success(strings) }
    do throws(TableFailure) {
      _ = try archive.scan(stringsPart, limit: SharedStrings.limit, strings)
      return .success(strings)
    } catch {
      return .failure(error.at(path))
    }
  }

  /// The texts that cells share, read when they are first needed.
  func strings() throws(TableFailure) -> SharedStrings { try loaded.get() }
}
