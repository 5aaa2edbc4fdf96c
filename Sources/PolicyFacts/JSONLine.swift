package import PolicyDiagnostics
import PolicyText

/// One line of JSON Lines: an object taken apart into the cells of a row, as the columns of a table would name them (贷款1_本金).
package struct JSONLine: Sendable {
  /// What a key gives.
  package enum Value: Hashable, Sendable {
    case null
    case text(String)
    /// A number, true or false, as written.
    case bare(String)
  }

  /// One cell.
  package struct Cell: Sendable {
    package var key: String
    package var value: Value
  }

  /// Why a line is no row, with the column of the place.
  package struct Failure: Error, Sendable {
    package var message: Bilingual
    package var column: Int
  }

  /// The keys of the object itself, in order.
  package private(set) var keys: [String] = []
  package private(set) var cells: [Cell] = []
  private let bytes: [UInt8]

  /// Reads one line without its line end.
  package init(_ bytes: [UInt8]) throws(Failure) {
    self.bytes = bytes
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Failure(message: Bilingual(zh: "有不是 UTF-8 的字节", en: "a byte that is not UTF-8"), column: 1)
    }
    let root: FactNode
    do throws(JSONReader.Failure) {
      root = try JSONReader.read(bytes, file: FileID(rawValue: 0)).get()
    } catch {
      throw Self.failure(error.message, error.span, bytes)
    }
    guard case .object(let members) = root.form else {
      throw Self.failure(
        Bilingual(zh: "每一行应是一个对象 {…}", en: "a line must be one object {…}"), root.span, bytes)
    }
    for member in members {
      keys.append(member.key)
      add(member.value, member.key, depth: 0)
    }
  }

  private static func failure(_ message: Bilingual, _ span: Span, _ bytes: [UInt8]) -> Failure {
    let line = SourceFile(path: "", bytes: bytes)
    return Failure(message: message, column: line.position(of: span.start).column)
  }

  private mutating func add(_ node: FactNode, _ key: String, depth: Int) {
    switch node.form {
    case .null: cells.append(Cell(key: key, value: .null))
    case .bool(let value): cells.append(Cell(key: key, value: .bare(value ? "TRUE" : "FALSE")))
    case .scalar(let text):
      cells.append(Cell(key: key, value: bytes[Int(node.span.start)] == 0x22 ? .text(text) : .bare(text)))
    case .array(let elements) where depth == 0:
      for (number, element) in elements.enumerated() { addItem(element, "\(key)\(number + 1)") }
    case .object(let members) where depth == 0:
      let isListed = members.contains { $0.key == "各项" } && members.allSatisfy { ["各项", "列全"].contains($0.key) }
      for member in members {
        if isListed, member.key == "各项" {
          add(member.value, key, depth: 0)
        } else {
          add(member.value, "\(key)_\(member.key)", depth: 1)
        }
      }
    case .array, .object:
      // No column goes deeper; what stands there is shown as it is and read as no value.
      let text = String(decoding: bytes[Int(node.span.start)..<Int(node.span.end)], as: UTF8.self)
      cells.append(Cell(key: key, value: .text(text)))
    }
  }

  private mutating func addItem(_ node: FactNode, _ key: String) {
    if case .object(let members) = node.form {
      for member in members { add(member.value, "\(key)_\(member.key)", depth: 1) }
    } else {
      add(node, "\(key)_名称", depth: 1)
    }
  }
}
