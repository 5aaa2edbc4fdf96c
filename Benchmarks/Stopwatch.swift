import Glibc

/// Processor time of this process in nanoseconds; on a shared machine it says more than the time of the wall.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The median times of the bodies in nanoseconds, taken in turn (A B C A B C …), so that all see the same machine.
///
/// - Parameter calls: How often a body is called for one time.
func interleavedMedians(rounds: Int, calls: Int = 1, _ bodies: [() -> Void]) -> [Double] {
  var times = [[Double]](repeating: [], count: bodies.count)
  // The first round warms up and does not count.
  for round in 0...rounds {
    for (index, body) in bodies.enumerated() {
      let start = processorTime()
      for _ in 0..<calls { body() }
      if round > 0 { times[index].append((processorTime() - start) / Double(calls)) }
    }
  }
  return times.map(median)
}

/// The middle of some numbers.
func median(_ numbers: [Double]) -> Double {
  let sorted = numbers.sorted()
  return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
}

/// A number with a fixed count of decimals.
func decimals(_ number: Double, _ count: Int = 1) -> String {
  var scale = 1
  for _ in 0..<count { scale *= 10 }
  let rounded = Int((number * Double(scale)).rounded())
  guard count > 0 else { return "\(rounded)" }
  let digits = "\(rounded % scale)"
  return "\(rounded / scale)." + String(repeating: "0", count: count - digits.count) + digits
}

/// One row: what, padded, and its figures.
func row(_ what: String, _ figures: String) {
  print("  " + what + String(repeating: " ", count: max(1, 44 - what.utf8.count)) + figures)
}

/// Ends the process with a message on standard error.
func fail(_ message: String) -> Never {
  let bytes = Array((message + "\n").utf8)
  _ = write(2, bytes, bytes.count)
  exit(1)
}

/// Ends the process where an answer that is about to be timed is wrong.
func require(_ condition: Bool, _ what: String) {
  if !condition { fail("wrong answer: " + what) }
}
