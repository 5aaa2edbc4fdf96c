/// Which scalars take two columns beside those that always do.
package struct ExtraWidth: Sendable {
  /// Whether a scalar is one of them.
  let contains: @Sendable (UInt32) -> Bool

  package init(_ contains: @escaping @Sendable (UInt32) -> Bool) { self.contains = contains }

  /// None; a program says otherwise for everything that runs within.
  ///
  /// It is a structure because a task-local of a bare function type crashed in release: its metadata are made at run time.
  @TaskLocal package static var current = ExtraWidth { _ in false }
}

/// The number of terminal columns that a text takes; ambiguous characters such as “ and ① count one unless `ExtraWidth` says otherwise.
package func displayWidth(_ s: some StringProtocol) -> Int {
  var width = 0
  var joined = false
  for scalar in s.unicodeScalars {
    if !joined { width += scalarWidth(scalar) }
    joined = scalar.value == 0x200D
  }
  return width
}

/// The columns of one scalar outside any sequence: 0, 1 or 2. Controls count 0; the screen draws them otherwise.
package func scalarWidth(_ scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0xA0 { return value < 0x20 || value >= 0x7F ? 0 : 1 }
  if value < 0x300 { return ExtraWidth.current.contains(value) ? 2 : 1 }
  if value >= 0x4E00 && value <= 0x9FFF { return 2 }
  if isZeroWidth(scalar) { return 0 }
  return isWide(value) || ExtraWidth.current.contains(value) ? 2 : 1
}

private func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
  // Medial vowels and finals of Hangul are drawn into the syllable that they follow.
  if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) { return true }
  // Skin tones are drawn into the emoji that they follow.
  if (0x1F3FB...0x1F3FF).contains(scalar.value) { return true }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator: return true
  default: return false
  }
}

private func isWide(_ value: UInt32) -> Bool {
  var low = 0
  var high = wideScalars.count
  while low < high {
    let middle = (low + high) / 2
    if value > wideScalars[middle].last {
      low = middle + 1
    } else if value < wideScalars[middle].first {
      high = middle
    } else {
      return true
    }
  }
  return false
}
