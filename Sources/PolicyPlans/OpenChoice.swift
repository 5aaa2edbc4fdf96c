package import PolicyIR

/// What readings are chosen of.
package enum OpenChoice: Hashable, Sendable {
  case choice(ChoiceID)
  /// The disputed value of a classification that a subject has, 是 or 否: it has one value, so that one choice stands for those of all.
  case value(ClassificationID)
}
