import Glibc
import Synchronization

/// The results of a function for 0…count−1, each computed on a thread of its own, the first on the caller's; the only place that starts
/// any. All have ended when it returns.
package func inParallel<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
  if count < 2 { return (0..<count).map(body) }
  let results = Results<Result>(count)
  withoutActuallyEscaping(body) { body in
    var threads: [pthread_t] = []
    for index in 1..<count {
      let job = Job { results.set(index, body(index)) }
      let context = Unmanaged.passRetained(job)
      var thread = pthread_t()
      let failed = pthread_create(
        &thread, nil,
        { context in
          if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().run() }
          return nil
        }, context.toOpaque())
      if failed == 0 {
        threads.append(thread)
      } else {
        // Where the system gives no more threads, the work is done here.
        context.takeRetainedValue().run()
      }
    }
    results.set(0, body(0))
    for thread in threads { pthread_join(thread, nil) }
  }
  return results.all
}

private final class Job: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private final class Results<Result: Sendable>: Sendable {
  private let list: Mutex<[Result?]>

  init(_ count: Int) { list = Mutex(Array(repeating: nil, count: count)) }

  func set(_ index: Int, _ result: Result) { list.withLock { $0[index] = result } }

  var all: [Result] { list.withLock { $0.compactMap(\.self) } }
}
