import PolicyIR

extension QueryAssembly {
  /// For each step of the query the names from before it that are read behind it, in their order.
  var keptNames: [[String]] {
    var names = [options.id, faults]
    for slot in writer.slots.sorted() {
      let name = program.fields[writer.compiler.field(slot)].name
      names += options.hasStates ? [name, name + "_不适用", name + "_不知"] : [name]
    }
    let known = names.count
    for stage in writer.stages { names += stage.map(\.name) }
    // The last step, from the first on, in which each is read.
    var last: [String: Int] = [options.id: .max, faults: .max]
    func read(_ sql: String, _ step: Int) {
      for name in dialect.names(in: sql) { last[name] = max(last[name] ?? 0, step) }
    }
    for (step, stage) in writer.stages.enumerated() { for entry in stage { read(entry.sql, step) } }
    for block in blocks {
      for line in block.split(separator: "\n") where !line.hasPrefix("  --") { read(String(line), .max) }
    }
    var result: [[String]] = []
    var count = known
    for (step, stage) in writer.stages.enumerated() {
      result.append(names[..<count].filter { (last[$0] ?? -1) > step })
      count += stage.count
    }
    return result
  }
}

extension SQLDialect {
  /// The names in quotes that a piece of SQL has, without what its texts hold.
  func names(in sql: String) -> [String] {
    let mark: Character = self == .spark ? "`" : "\""
    var (names, name): ([String], String?) = ([], nil)
    var (isText, isEscaped, hasEnded) = (false, false, false)
    for character in sql {
      if isText {
        if isEscaped {
          isEscaped = false
        } else if character == "'" {
          isText = false
        } else {
          isEscaped = self == .spark && character == "\\"
        }
      } else if let known = name {
        if character == mark {
          names.append(known)
          name = nil
          hasEnded = true
          continue
        } else {
          name = known + String(character)
        }
      } else if character == mark {
        // A quote in a name is doubled.
        name = hasEnded ? names.removeLast() + String(mark) : ""
      } else if character == "'" {
        isText = true
      }
      hasEnded = false
    }
    return names
  }
}
