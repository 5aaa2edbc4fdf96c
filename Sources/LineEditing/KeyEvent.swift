/// What the terminal sent, once decoded.
package enum KeyEvent: Hashable, Sendable {
  /// A character or control character.
  case character(Unicode.Scalar)
  /// A character with Alt, or after Escape.
  case meta(Unicode.Scalar)
  /// A function key as the sequence that stands for it here, such as `ESC [ 1 ; 5 D`.
  case sequence(String)
  /// A bracketed paste; cut off if it was longer than any entry may be.
  case paste(String, isCut: Bool)
  /// Escape alone.
  case escape
}
