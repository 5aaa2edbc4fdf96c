/// How a text that states a rounding wants it done; every mode treats a negative number like its magnitude.
package enum RoundingMode: Hashable, Sendable, CaseIterable {
  /// 四舍五入: to the nearest, a half away from zero.
  case halfUp
  /// 舍去, 取整: towards zero.
  case down
  /// 进位: away from zero.
  case up
}
