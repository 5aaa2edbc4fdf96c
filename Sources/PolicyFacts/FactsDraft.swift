import PolicyIR
import PolicyText

/// A subject as its file gives it, before names of other subjects are looked up.
struct SubjectDraft {
  var kind: KindID
  var name: String
  /// The name is a stand-in for one that isn't given.
  var isNameless = false
  /// The row or object.
  var span: Span
  /// Where the name stands, or the row where there is none.
  var nameSpan: Span
  var row: Int?
  /// By slot.
  var facts: [FactDraft]
  var owner: Owner?

  /// The subject that has this one in a many-relation, by name.
  struct Owner {
    var field: FieldID
    var name: String
    var span: Span
  }
}

/// A fact that may still name other subjects.
enum FactDraft {
  case fact(Fact)
  /// The one related subject, by name.
  case reference(String, Span)
  /// The one related subject, described in place.
  case part(SubjectDraft)
  /// Several: described in place or by name. `complete` is nil where nothing was said.
  case many([ItemDraft], complete: Bool?, Span)
}

/// One member of a many-relation.
enum ItemDraft {
  case subject(SubjectDraft)
  case reference(String, Span)
}
