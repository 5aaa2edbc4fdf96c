import PolicyValues
import SeededRandom
import Testing

@Suite struct RationalTests {
  private func ratio(_ numerator: Int128, _ denominator: Int128) throws -> Rational {
    try Rational(numerator: numerator, denominator: denominator)
  }

  private func samples(_ count: Int, seed: UInt64, bound: Int128 = 1_000_000) throws -> [Rational] {
    var generator = SeededGenerator(seed: seed)
    return try (0..<count).map { index in
      let denominator = index % 3 == 0 ? 1 : Int128.random(in: 1...bound, using: &generator)
      return try ratio(Int128.random(in: -bound...bound, using: &generator), denominator)
    }
  }

  @Test func lowestTerms() throws {
    #expect(try ratio(6, -4) == ratio(-3, 2))
    #expect(try ratio(0, -7) == .zero)
    #expect(try ratio(.min, .min) == .one)
    #expect(try ratio(.min, 2).numerator == -(1 << 126))
    #expect(try ratio(.min, 1).numerator == .min)
    #expect(throws: ArithmeticFailure.divisionByZero) { try ratio(1, 0) }
    #expect(throws: ArithmeticFailure.overflow) { try ratio(1, .min) }
    #expect(throws: ArithmeticFailure.overflow) { try ratio(.min, -1) }
  }

  @Test func fieldLaws() throws {
    let numbers = try samples(600, seed: 1)
    for index in 0..<numbers.count - 2 {
      let (a, b, c) = (numbers[index], numbers[index + 1], numbers[index + 2])
      #expect(try a.adding(b) == b.adding(a))
      #expect(try a.adding(b).adding(c) == a.adding(b.adding(c)))
      #expect(try a.multiplied(by: b) == b.multiplied(by: a))
      #expect(try a.multiplied(by: b.adding(c)) == a.multiplied(by: b).adding(a.multiplied(by: c)))
      #expect(try a.subtracting(b) == a.adding(b.negated()))
      if !b.isZero { #expect(try a.divided(by: b).multiplied(by: b) == a) }
      let sum = try a.adding(b)
      #expect(
        try sum
          == ratio(
            a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator))
      let product = try a.multiplied(by: b)
      #expect(
        try product == ratio(a.numerator * b.numerator, a.denominator * b.denominator))
      #expect((a < b) == (a.numerator * b.denominator < b.numerator * a.denominator))
    }
  }

  @Test func overflowIsAnError() throws {
    let greatest = Rational(Int128.max)
    let least = Rational(Int128.min)
    let tiny = try ratio(1, .max)
    #expect(throws: ArithmeticFailure.overflow) { try greatest.adding(.one) }
    #expect(throws: ArithmeticFailure.overflow) { try least.subtracting(.one) }
    #expect(throws: ArithmeticFailure.overflow) { try least.negated() }
    #expect(throws: ArithmeticFailure.overflow) { try least.absolute() }
    #expect(throws: ArithmeticFailure.overflow) { try least.divided(by: -1) }
    #expect(throws: ArithmeticFailure.overflow) { try greatest.multiplied(by: 2) }
    #expect(throws: ArithmeticFailure.overflow) { try tiny.multiplied(by: ratio(1, 2)) }
    #expect(throws: ArithmeticFailure.overflow) { try tiny.adding(ratio(1, 2)) }
    #expect(throws: ArithmeticFailure.divisionByZero) { try tiny.divided(by: .zero) }
    #expect(throws: ArithmeticFailure.divisionByZero) { try Rational.zero.divided(by: .zero) }
    #expect(try greatest.multiplied(by: tiny) == .one)
    #expect(try tiny.divided(by: tiny) == .one)
    #expect(try least.divided(by: least) == .one)
    #expect(try least.multiplied(by: ratio(1, 2)).numerator == -(1 << 126))
  }

  @Test func noOperationTrapsAtTheLimits() throws {
    let edges: [Int128] = [.min, .min + 1, -3, -1, 0, 1, 2, .max - 1, .max]
    var numbers: [Rational] = []
    for top in edges {
      for bottom in edges where bottom != 0 {
        if let number = try? ratio(top, bottom) { numbers.append(number) }
      }
    }
    for a in numbers {
      _ = (a.description, a.floor, a.decimals(atMost: 4), try? a.scaled(byPowerOfTen: .min))
      for mode in RoundingMode.allCases {
        for decimals in [-39, -38, -1, 0, 2, 38, 39] { _ = try? a.rounded(toDecimals: decimals, mode: mode) }
      }
      for b in numbers {
        _ = (try? a.adding(b), try? a.subtracting(b), try? a.multiplied(by: b), try? a.divided(by: b))
        #expect([a < b, a == b, b < a].filter { $0 }.count == 1)
      }
    }
    let ordered = numbers.sorted()
    for index in 1..<ordered.count { #expect(!(ordered[index] < ordered[index - 1])) }
  }

  @Test func comparisonsNearTheLimits() throws {
    #expect(try ratio(.max, .max - 1) > .one)
    #expect(try ratio(.max - 1, .max) < .one)
    #expect(try ratio(.max - 1, .max) < ratio(.max, .max - 1))
    #expect(try ratio(.max - 2, .max - 1) < ratio(.max - 1, .max))
    #expect(try ratio(-(.max - 1), .max) > ratio(-.max, .max - 1))
    #expect(try Rational(Int128.min) < ratio(.min + 1, 3))
    #expect(try ratio(1, .max) > .zero)
  }

  @Test(arguments: [
    ("2.5", 0, RoundingMode.halfUp, "3"), ("-2.5", 0, .halfUp, "-3"), ("2.49", 0, .halfUp, "2"),
    ("2.99", 0, .down, "2"), ("-2.99", 0, .down, "-2"), ("2.01", 0, .up, "3"), ("-2.01", 0, .up, "-3"),
    ("2", 0, .up, "2"), ("1.005", 2, .halfUp, "1.01"), ("1.004", 2, .halfUp, "1"), ("0.999", 2, .halfUp, "1"),
    ("1250", -2, .halfUp, "1300"), ("1249", -2, .halfUp, "1200"), ("1201", -2, .up, "1300"),
    ("1299", -2, .down, "1200"), ("123.456", 38, .down, "123.456"),
  ])
  func rounding(_ text: String, _ decimals: Int, _ mode: RoundingMode, _ expected: String) throws {
    let negative = text.hasPrefix("-")
    var value = try #require(Numerals.parse(negative ? String(text.dropFirst()) : text))
    if negative { value = try value.negated() }
    #expect(try value.rounded(toDecimals: decimals, mode: mode).description == expected)
  }

  @Test func roundingLaws() throws {
    for value in try samples(500, seed: 2) {
      let down = try value.rounded(toDecimals: 2, mode: .down)
      let up = try value.rounded(toDecimals: 2, mode: .up)
      let near = try value.rounded(toDecimals: 2, mode: .halfUp)
      #expect(try down.absolute() <= value.absolute() && value.absolute() <= up.absolute())
      #expect(near == down || near == up)
      #expect(down.decimals(atMost: 2) != nil && near.decimals(atMost: 2) != nil)
      #expect(try near.subtracting(value).absolute() <= ratio(1, 200))
      #expect(Rational(value.floor) <= value)
      #expect(try Rational(value.floor).adding(.one) > value)
    }
    let third = try ratio(1, 3)
    #expect(try third.rounded(toDecimals: 2, mode: .halfUp) == ratio(33, 100))
    #expect(try Rational(1234).rounded(toMultipleOf: 50, mode: .up) == 1250)
    #expect(throws: ArithmeticFailure.divisionByZero) { try third.rounded(toMultipleOf: .zero, mode: .up) }
  }

  @Test func texts() throws {
    #expect(try ratio(1, 20).decimalDescription == "0.05")
    #expect(try ratio(-1, 8).decimalDescription == "-0.125")
    #expect(Rational(300_000_000).description == "300000000")
    #expect(try ratio(1, 3).decimalDescription == nil)
    #expect(try ratio(-1, 3).description == "-1/3")
    #expect(try ratio(3, 2000).decimals(atMost: 4) == 4)
    #expect(try ratio(3, 2000).decimals(atMost: 3) == nil)
    #expect(try ratio(1, 1 << 126).decimalDescription?.count == 128)
    #expect(try Rational(5).scaled(byPowerOfTen: -2) == ratio(1, 20))
    #expect(try ratio(1, 20).scaled(byPowerOfTen: 2) == 5)
    for value in try samples(300, seed: 3) where value.decimals(atMost: 30) != nil {
      let magnitude = try value.absolute()
      #expect(Numerals.parse(magnitude.description) == magnitude)
    }
  }
}
