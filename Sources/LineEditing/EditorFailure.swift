/// Why no entry could be read, without words, so that the caller can say it in its language.
package struct EditorFailure: Error, Hashable, Sendable {
  /// The kinds of failure.
  package enum Code: String, Hashable, Sendable {
    /// The bytes are not UTF-8.
    case invalidUTF8 = "invalid-utf8"
    /// The file or descriptor can't be opened or read.
    case unreadable = "unreadable"
    /// A typed entry has more than 65 536 characters.
    case entryTooLong = "entry-too-long"
  }

  /// What happened.
  package var code: Code
  /// The file's name as given, or what stands for it.
  package var source: String
  /// The line, from 1; 0 if the file as a whole failed.
  package var line: Int
  /// The byte within the line, from 1; 0 if the line as a whole failed.
  package var byte: Int
  /// The offset of that byte from the start of the input.
  package var offset: Int
  /// The system's error number; 0 if the system didn't fail.
  package var systemError: Int32

  /// A failure at a place.
  package init(
    _ code: Code, source: String, line: Int = 0, byte: Int = 0, offset: Int = 0, systemError: Int32 = 0
  ) {
    self.code = code
    self.source = source
    self.line = line
    self.byte = byte
    self.offset = offset
    self.systemError = systemError
  }
}

/// Something about the surroundings that the user should be told once, without words.
package enum EditorNote: Hashable, Sendable {
  /// The named locale isn't UTF-8, so that a terminal of that encoding would send other bytes.
  case foreignLocale(String)
  /// No UTF-8 locale exists, so that editing is off.
  case noUTF8Locale
  /// libedit doesn't understand a line, from 1, of the user's key file.
  case badKeyFile(String, line: Int)
  /// The user's key file asks for vi keys, which this libedit can't do safely.
  case viKeysUnsafe
  /// Entries can't be kept in the file, for the system's reason.
  case historyUnwritable(String, systemError: Int32)
}
