/// A piece of SQL with the step of the query in which it can stand: 0 where only facts are read.
struct Piece {
  var sql: String
  var level = 0
  /// A name or a literal, which needs no brackets.
  var isAtom = false

  /// In brackets where it needs them.
  var operand: String { isAtom ? sql : "(\(sql))" }

  static func atom(_ sql: String, _ level: Int = 0) -> Piece { Piece(sql: sql, level: level, isAtom: true) }
  static let yes = Piece.atom("TRUE")
  static let no = Piece.atom("FALSE")
}

/// Joins pieces by an operator, in halves, so that an expression of a thousand operands is no deeper than ten.
func joined(_ pieces: [Piece], by sign: String) -> Piece {
  guard pieces.count > 1 else { return pieces.first ?? .yes }
  let level = pieces.map(\.level).max() ?? 0
  if pieces.count <= 8 { return Piece(sql: pieces.map(\.operand).joined(separator: " \(sign) "), level: level) }
  let middle = pieces.count / 2
  let (one, two) = (joined(Array(pieces[..<middle]), by: sign), joined(Array(pieces[middle...]), by: sign))
  return Piece(sql: "\(one.operand) \(sign) \(two.operand)", level: level)
}

/// A truth that is never NULL, as far as it is known before any row is.
enum Flag {
  case no, yes
  case when(Piece)

  static func any(_ flags: [Flag]) -> Flag {
    var pieces: [Piece] = []
    for flag in flags {
      switch flag {
      case .no: continue
      case .yes: return .yes
      case .when(let piece): if !pieces.contains(where: { $0.sql == piece.sql }) { pieces.append(piece) }
      }
    }
    return pieces.isEmpty ? .no : .when(joined(pieces, by: "OR"))
  }

  func and(_ piece: Piece) -> Flag {
    switch self {
    case .no: .no
    case .yes: .when(piece)
    case .when(let other): .when(joined([piece, other], by: "AND"))
    }
  }

  var piece: Piece {
    switch self {
    case .no: .no
    case .yes: .yes
    case .when(let piece): piece
    }
  }
}

/// What a value is called in SQL, known or not.
struct ValueText {
  /// NULL where it isn't known; nil: it never is.
  var value: Piece?
  /// The least and the greatest that it may be, the value itself where that is known; nil: nothing more is known than the value.
  var low: Piece?
  var high: Piece?
  /// It is 不适用; the value is NULL then.
  var isAbsent = Flag.no
  /// Where it isn't known: it may turn out 不适用, or not computable.
  var mayVanish = Flag.no
  var mayFail = Flag.no
  var isAlwaysKnown = false
}
