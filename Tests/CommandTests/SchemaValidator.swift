import Foundation

/// Holds JSON against a schema, as far as the schemas of docs/reference go (JSON Schema 2020-12).
struct SchemaValidator {
  let root: [String: Any]

  init(_ url: URL) throws {
    root = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any] ?? [:]
  }

  /// What does not fit, each with its place; empty where everything fits.
  func problems(_ text: String) throws -> [String] {
    check(try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed), root, "$")
  }

  private func check(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      guard let target = definition(reference) else { return ["\(place): no \(reference)"] }
      return check(value, target, place)
    }
    if let choices = schema["oneOf"] as? [[String: Any]] {
      let results = choices.map { check(value, $0, place) }
      let fitting = results.count { $0.isEmpty }
      return fitting == 1
        ? [] : ["\(place): \(fitting) of \(choices.count) alternatives fit: \(results.map { $0.first ?? "" })"]
    }
    var problems: [String] = []
    if let type = schema["type"] {
      let names = type as? [String] ?? [type as? String ?? ""]
      if !names.contains(where: { isA(value, $0) }) { return ["\(place): not \(names.joined(separator: " or "))"] }
    }
    if let values = schema["enum"] as? [String], let text = value as? String, !values.contains(text) {
      problems.append("\(place): “\(text)” is none of \(values)")
    }
    if let wanted = schema["const"] as? String, value as? String != wanted {
      problems.append("\(place): not “\(wanted)”")
    }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      problems.append("\(place): “\(text)” does not match \(pattern)")
    }
    if let object = value as? [String: Any] { problems += members(object, schema, place) }
    if let array = value as? [Any] {
      if let least = schema["minItems"] as? Int, array.count < least {
        problems.append("\(place): fewer than \(least)")
      }
      if let items = schema["items"] as? [String: Any] {
        for (index, item) in array.enumerated() { problems += check(item, items, "\(place)[\(index)]") }
      }
    }
    return problems
  }

  private func members(_ object: [String: Any], _ schema: [String: Any], _ place: String) -> [String] {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    var problems = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }.map { "\(place): no “\($0)”" }
    for (name, value) in object {
      if let property = properties[name] {
        problems += check(value, property, "\(place).\(name)")
      } else if schema["additionalProperties"] as? Bool == false {
        problems.append("\(place): unknown “\(name)”")
      }
    }
    return problems
  }

  private func definition(_ reference: String) -> [String: Any]? {
    guard reference.hasPrefix("#/$defs/") else { return reference == "#" ? root : nil }
    return (root["$defs"] as? [String: [String: Any]])?[String(reference.dropFirst(8))]
  }

  private func isA(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "object": return value is [String: Any]
    case "array": return value is [Any]
    case "string": return value is String
    case "null": return value is NSNull
    case "boolean":
      return value is Bool && String(describing: Swift.type(of: value)).contains("Bool")
        || (value as? NSNumber).map { $0 === NSNumber(value: true) || $0 === NSNumber(value: false) } == true
    case "integer":
      return (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } == true && !(value is String)
    default: return false
    }
  }
}
