/// Decodes the bytes of a terminal into keys; a state machine that takes any bytes and gives up nothing but what no key means.
package struct KeyDecoder {
  private enum State {
    case ground, escape, control, ss3, skip
    case utf8(needed: Int, afterEscape: Bool)
    case paste(matched: Int)
  }

  private static let pasteLimit = entryLimit * 4
  private static let pasteEnd = Array("\u{1B}[201~".utf8)
  private var state = State.ground
  private var buffer: [UInt8] = []
  private var isCut = false

  /// A decoder between two keys.
  package init() {}

  /// True while an Escape may still be a key of its own: feed more bytes within 50 ms or call `timeout`.
  package var awaitsMore: Bool {
    switch state {
    case .escape, .control, .ss3, .skip: true
    case .ground, .utf8, .paste: false
    }
  }

  /// Takes one byte and returns the key that it completes.
  package mutating func feed(_ byte: UInt8) -> KeyEvent? {
    switch state {
    case .ground: return ground(byte, afterEscape: false)
    case .escape: return escape(byte)
    case .control: return control(byte)
    case .ss3: return ss3(byte)
    case .skip:
      state = .ground
      return byte == 0x1B ? ground(byte, afterEscape: false) : nil
    case .utf8(let needed, let afterEscape): return utf8(byte, needed: needed, afterEscape: afterEscape)
    case .paste(let matched): return paste(byte, matched: matched)
    }
  }

  /// Gives up waiting for the rest of a sequence; an Escape alone is a key.
  package mutating func timeout() -> KeyEvent? {
    defer { reset() }
    if case .escape = state { return .escape }
    return nil
  }

  /// Forgets whatever was begun, a paste included.
  package mutating func reset() {
    state = .ground
    buffer.removeAll(keepingCapacity: buffer.count < 4096)
    isCut = false
  }

  private mutating func ground(_ byte: UInt8, afterEscape: Bool) -> KeyEvent? {
    state = .ground
    switch byte {
    case 0x1B:
      state = .escape
      return nil
    case 0..<0x80:
      let scalar = Unicode.Scalar(byte)
      return afterEscape ? .meta(scalar) : .character(scalar)
    case 0xC2...0xDF: return begin(byte, needed: 1, afterEscape)
    case 0xE0...0xEF: return begin(byte, needed: 2, afterEscape)
    case 0xF0...0xF4: return begin(byte, needed: 3, afterEscape)
    default: return nil
    }
  }

  private mutating func begin(_ byte: UInt8, needed: Int, _ afterEscape: Bool) -> KeyEvent? {
    buffer = [byte]
    state = .utf8(needed: needed, afterEscape: afterEscape)
    return nil
  }

  private mutating func utf8(_ byte: UInt8, needed: Int, afterEscape: Bool) -> KeyEvent? {
    guard byte & 0xC0 == 0x80 else { return ground(byte, afterEscape: false) }
    buffer.append(byte)
    if needed > 1 {
      state = .utf8(needed: needed - 1, afterEscape: afterEscape)
      return nil
    }
    state = .ground
    guard let text = String(validating: buffer, as: UTF8.self), let scalar = text.unicodeScalars.first,
      isTypable(scalar)
    else { return nil }
    // An Escape before such a character comes from an input method being closed, not from Alt.
    return .character(scalar)
  }

  private mutating func escape(_ byte: UInt8) -> KeyEvent? {
    buffer.removeAll()
    switch byte {
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "O"): state = .ss3
    case 0x1B: state = .escape
    default: return ground(byte, afterEscape: true)
    }
    return nil
  }

  private mutating func ss3(_ byte: UInt8) -> KeyEvent? {
    state = .ground
    if byte == 0x1B { return ground(byte, afterEscape: false) }
    return KeyTable.sequence(parameters: [], final: byte).map(KeyEvent.sequence)
  }

  private mutating func control(_ byte: UInt8) -> KeyEvent? {
    switch byte {
    case 0x1B:
      state = .escape
      return nil
    case 0x20...0x3F:
      if buffer.count < 32 { buffer.append(byte) }
      return nil
    case 0x40...0x7E:
      return finish(byte)
    default:
      // No sequence holds such a byte: the sequence is broken off and the byte is a key.
      return ground(byte, afterEscape: false)
    }
  }

  private mutating func finish(_ final: UInt8) -> KeyEvent? {
    state = .ground
    // The Linux console's F1 to F5 are ESC [ [ A to E; nothing is bound to them.
    if final == UInt8(ascii: "[") && buffer.isEmpty {
      state = .skip
      return nil
    }
    let parameters = buffer.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      Int(String(decoding: $0, as: UTF8.self)) ?? -1
    }
    if final == UInt8(ascii: "~") && parameters == [200] {
      buffer.removeAll()
      state = .paste(matched: 0)
      return nil
    }
    if final == UInt8(ascii: "u"), let code = parameters.first {
      return KeyTable.unicodeKey(code, parameters.dropFirst().first)
    }
    return KeyTable.sequence(parameters: buffer.isEmpty ? [] : parameters, final: final).map(KeyEvent.sequence)
  }

  private mutating func paste(_ byte: UInt8, matched: Int) -> KeyEvent? {
    if byte == Self.pasteEnd[matched] {
      guard matched + 1 == Self.pasteEnd.count else {
        state = .paste(matched: matched + 1)
        return nil
      }
      let event = KeyEvent.paste(String(decoding: buffer, as: UTF8.self), isCut: isCut)
      reset()
      return event
    }
    for held in Self.pasteEnd[..<matched] { keep(held) }
    state = .paste(matched: byte == 0x1B ? 1 : 0)
    if byte != 0x1B { keep(byte) }
    return nil
  }

  private mutating func keep(_ byte: UInt8) {
    if buffer.count < Self.pasteLimit { buffer.append(byte) } else { isCut = true }
  }
}
