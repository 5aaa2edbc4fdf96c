package import PolicyIR

/// What readings are chosen of.
package enum SQLChoice: Hashable, Sendable {
  case choice(ChoiceID)
  /// The disputed value of a classification that a row has, 是 or 否: a row has one value, so that one choice stands for those of all.
  case value(ClassificationID)
}
