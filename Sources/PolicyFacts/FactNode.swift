import PolicyText

/// A value of JSON or YAML with its place; numbers stay as they were written.
struct FactNode {
  var form: Form
  var span: Span

  enum Form {
    case null
    /// true and false of JSON; words in YAML are scalars.
    case bool(Bool)
    /// A number or string, as text.
    case scalar(String)
    case array([FactNode])
    case object([Member])
  }

  /// One key of an object with its value.
  struct Member {
    var key: String
    var keySpan: Span
    var value: FactNode
  }
}
