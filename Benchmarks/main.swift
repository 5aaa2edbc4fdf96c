/// Measures the program; every answer is checked before its time is taken (docs/performance.md).
let usage = """
  tiaoli-bench front POLICY…            reading and checking rules, in this process
  tiaoli-bench reload POLICY            rules loaded again after an edit, in this process; POLICY and 200 generated documents
  tiaoli-bench evaluate POLICY          one decision with and without its derivation, in this process
  tiaoli-bench analyze POLICY FOLDER    the analysis of rules, in this process; FOLDER takes 1 000 generated measures
  tiaoli-bench diff POLICY FOLDER       the comparison of two versions, in this process; FOLDER as above
  tiaoli-bench columns COUNT FOLDER     the twelve rules over COUNT projects in columns, and from CSV to CSV in FOLDER
  tiaoli-bench batch POLICY ROWS FOLDER
                                        every answer of POLICY for ROWS rows made of its fictional subjects, from CSV to CSV in FOLDER
  tiaoli-bench decide RULES              one decision, warm, and its growth up to RULES rules; figures for machines too
  tiaoli-bench peers-data COUNT FOLDER  the records of the twelve rules, their first answers and the rules themselves, for other engines
  tiaoli-bench peers COUNT FOLDER       one round of what other engines are measured beside (Benchmarks/Peers/run.py), by name
  tiaoli-bench measures POLICY          all measures with their readings, one 项目 and many in columns, by name
  tiaoli-bench startup TIAOLI POLICY FOLDER
                                        whole processes of the program at TIAOLI; FOLDER takes 10 000 generated measures
  tiaoli-bench prompt TIAOLI POLICY FOLDER
                                        the prompt: completion, flips, keys, memory; FOLDER as above
  """

let words = Array(CommandLine.arguments.dropFirst())
switch (words.first, words.count) {
case ("front", 2...): measureFront(Array(words.dropFirst()))
case ("reload", 2): measureReload(words[1])
case ("evaluate", 2): measureEvaluation(words[1])
case ("analyze", 3): measureAnalysis(words[1], folder: words[2])
case ("diff", 3): measureDiff(words[1], folder: words[2])
case ("columns", 3): measureColumns(count: Int(words[1]) ?? 1_000_000, folder: words[2])
case ("batch", 4): measureBatch(words[1], count: Int(words[2]) ?? 12_000, folder: words[3])
case ("decide", 2): measureDecisions(most: Int(words[1]) ?? 12_000)
case ("peers-data", 3): writePeerData(count: Int(words[1]) ?? 1_000_000, folder: words[2])
case ("peers", 3): measureForPeers(count: Int(words[1]) ?? 1_000_000, folder: words[2])
case ("measures", 2): measureMeasures(words[1])
case ("startup", 4): measureStartup(program: words[1], policy: words[2], folder: words[3])
case ("prompt", 4): measurePrompt(program: words[1], policy: words[2], folder: words[3])
default: fail(usage)
}
