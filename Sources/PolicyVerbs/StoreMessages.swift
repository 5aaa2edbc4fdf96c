import PolicyAnswers
package import PolicyDiagnostics
package import PolicyStore
import PolicyValues
package import PolicyWorkspace
import SQLiteFiles

/// From when on something said holds, in both languages.
package func sinceText(_ said: SaidFact) -> Bilingual {
  guard let since = said.since else { return Bilingual(zh: "自始", en: "always") }
  let day = (try? LiteralReader.date(since))?.day
  return Bilingual(zh: "\(day?.chineseDescription ?? since)起", en: "from \(since)")
}

/// When something was recorded, in UTC: `2024-06-01 08:00:00`.
package func recordedText(_ saving: Saving) -> String {
  saving.recorded.split { "TZ".contains($0) }.joined(separator: " ")
}

/// Which subjects of a store the rules have no kinds for; nil where there are none.
package func unknownKindsNote(_ session: Session) -> String? {
  let kinds = session.unknownKinds
  guard !kinds.isEmpty else { return nil }
  let wording = session.wording
  return wording.say(
    "项目库里有规则没有声明的主体，没有读取：", "the store has subjects that the rules don't declare; they were not read: ")
    + kinds.map { wording.say("\($0.count)个“\($0.kind)”", "\($0.count) of “\($0.kind)”") }.joined(
      separator: wording.comma)
}

extension VerbFailure {
  /// A SQLite file of ours that can't be read or written; nothing was written.
  ///
  /// - Parameter what: What the file should be.
  init(_ failure: SQLiteFailure, _ path: String, _ what: Bilingual) {
    let (zh, en): (String, String) =
      switch failure {
      case .notDatabase: ("不是 SQLite 文件", "is no SQLite file")
      case .foreign: ("是别的 SQLite 文件，不是\(what.zh)", "is a SQLite file of something else and no \(what.en)")
      case .newer(let version):
        ("由更新的版本写成（第\(version)版），请用更新的程序", "was made by a later version (\(version)); use a later program")
      case .altered:
        ("表或者触发器被改动过，不能作为\(what.zh)使用", "its tables or triggers were altered, so it can't be used as a \(what.en)")
      case .locked:
        (
          "另一个程序正在写入，等了\(SQLiteFile.patience)秒仍未结束；稍后再试",
          "another program has been writing to it for \(SQLiteFile.patience) seconds; try again later"
        )
      case .full: ("磁盘已满，没有写入", "the disk is full; nothing was written")
      case .notWritable: ("文件或者所在文件夹不能写入", "it or its folder can't be written to")
      case .notOpened: ("打不开：所在文件夹不存在，或者没有权限", "can't be opened: its folder is missing, or permission is")
      case .damaged: ("文件已损坏", "the file is damaged")
      case .inputOutput: ("系统读写失败，没有写入", "the system failed to read or write it; nothing was written")
      case .other(let code, let text): ("SQLite 错误 \(code)：\(text)", "SQLite error \(code): \(text)")
      }
    self.init("\(path)：\(zh)", "\(path): \(en)", exit: .unreadable)
  }

  /// A store that can't be read or written; what it held stays.
  init(_ failure: StoreFailure, _ path: String) {
    let (zh, en): (String, String)
    switch failure {
    case .file(let failure):
      self.init(failure, path, Bilingual(zh: "项目库", en: "store"))
      return
    case .notFound: (zh, en) = ("没有这个文件或文件夹", "no such file or folder")
    case .replaced:
      (zh, en) = (
        "已经不是载入时的那个项目库，没有保存；“:保存”到另一个名字可以存下全部主体",
        "is not the store that was loaded any more; nothing was saved; “:save” under another name keeps all subjects"
      )
    case .noLibrary:
      (zh, en) = (
        "要用 PostgreSQL 项目库，须先安装 libpq（Debian：apt install libpq5）",
        "a PostgreSQL store needs libpq, which isn't installed (Debian: apt install libpq5)"
      )
    case .notConnected(let words): (zh, en) = ("连不上服务器：\(words)", "the server can't be reached: \(words)")
    case .notAllowed:
      (zh, en) = (
        "这个用户没有权限；请管理员先运行“CREATE SCHEMA 条理 AUTHORIZATION 用户名”，或者授予其中各表的权限",
        "this user has no permission; an administrator can run “CREATE SCHEMA 条理 AUTHORIZATION user”, or grant the tables in it"
      )
    case .newer(let version):
      (zh, en) = (
        "由更新的版本写成（第\(version)版），请用更新的程序", "was made by a later version (\(version)); use a later program"
      )
    case .foreign: (zh, en) = ("模式“条理”里是别的表，不是项目库", "the schema “条理” holds other tables and no store")
    case .locked: (zh, en) = ("另一个会话正在保存，等了很久仍未结束；稍后再试", "another session is saving for too long; try again later")
    case .full: (zh, en) = ("服务器磁盘已满，没有写入", "the server's disk is full; nothing was written")
    case .notWritable: (zh, en) = ("服务器只读，没有写入", "the server is read-only; nothing was written")
    case .server(let code, let words):
      (zh, en) = ("PostgreSQL 错误 \(code)：\(words)", "PostgreSQL error \(code): \(words)")
    }
    self.init("\(path)：\(zh)", "\(path): \(en)", exit: .unreadable)
  }

  /// A portfolio that wasn't saved.
  package init(_ failure: SaveFailure) {
    switch failure {
    case .store(let address, let failure): self.init(failure, address.shown)
    case .interrupted: self = .interrupted
    case .noStore: self.init("没有说保存到哪里；写出如“:保存 项目.db”", "no store to save to is named; write “:save projects.db”")
    case .partly:
      self.init(
        "载入的是截至某日所记的事实，不能保存；不带 --known 重新载入后再保存",
        "what is loaded is what was known on an earlier day and can't be saved; load it again without --known")
    case .unnamed(let names):
      let (zh, en) = VerbFailure.list(names)
      self.init(
        "没有保存：项目库按名称记履历，这些主体没有名称或者同名：\(zh)",
        "not saved: a store keeps histories by name, and these subjects have none or share one: \(en)")
    case .unwritable(let facts):
      let (zh, en) = VerbFailure.list(facts)
      self.init(
        "没有保存：这些事实没有能写下来再读回的文字：\(zh)",
        "not saved: there are no words for these facts that would be read back: \(en)")
    case .clash(let address, let clashes):
      let lines = clashes.prefix(10).map { clash -> (zh: String, en: String) in
        let (said, saving) = (clash.theirs.said, clash.theirs.saving)
        let fact = said.path.steps.joined(separator: "/")
        return (
          "  \(said.subject)的\(fact)：\(saving.by ?? "另一会话")于\(recordedText(saving))（UTC）记为\(said.value)"
            + "（\(sinceText(said).zh)），本会话要记\(clash.ours.value)",
          "  \(fact) of \(said.subject): \(saving.by ?? "another session") said \(said.value) at \(recordedText(saving)) (UTC)"
            + " (\(sinceText(said).en)); this session would say \(clash.ours.value)"
        )
      }
      let rest = clashes.count - lines.count
      self.init(
        "没有保存：\(address.shown) 里有\(clashes.count)个事实在载入后另有人记过：\n"
          + lines.map(\.zh).joined(separator: "\n") + (rest > 0 ? "\n  ……另有\(rest)个" : "")
          + "\n“:重载”后再看；仍以本会话为准，用“:保存 --insist”",
        "not saved: others have said \(clashes.count) of these facts in \(address.shown) since they were loaded:\n"
          + lines.map(\.en).joined(separator: "\n") + (rest > 0 ? "\n  … and \(rest) more" : "")
          + "\nsee them with :reload; “:save --insist” says this session's all the same", exit: .negative)
    }
  }

  private static func list(_ names: [String]) -> (zh: String, en: String) {
    let shown = names.prefix(8)
    let rest = names.count - shown.count
    return (
      shown.map { "“\($0)”" }.joined(separator: "、") + (rest > 0 ? "等\(names.count)个" : ""),
      shown.map { "“\($0)”" }.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    )
  }
}
