package import PolicyText
package import PolicyValues

/// An official document. `文件 朔政办发〔2022〕36号`
package struct Document: Hashable, Sendable {
  /// The number, or the title of a document without one.
  package var key: String
  package var title: String?
  package var issuer: String?
  package var adopted: CivilDate?
  package var period: Period
  /// The file with the official text; nil when the text is not on file (`文本：未取得`).
  package var textFile: FileID?
  package var span: Span

  package init(
    key: String, title: String? = nil, issuer: String? = nil, adopted: CivilDate? = nil,
    period: Period = Period(), textFile: FileID? = nil, span: Span
  ) {
    self.key = key
    self.title = title
    self.issuer = issuer
    self.adopted = adopted
    self.period = period
    self.textFile = textFile
    self.span = span
  }
}

/// A clause that rules stand in. `条款 三（三） 财政政策`
package struct Clause: Hashable, Sendable {
  package var document: DocumentID
  package var address: ClauseAddress
  package var title: String?
  /// In the document's order, the general rule's last.
  package var departments: [Department]
  package var span: Span

  package init(document: DocumentID, address: ClauseAddress, title: String?, departments: [Department], span: Span) {
    self.document = document
    self.address = address
    self.title = title
    self.departments = departments
    self.span = span
  }
}

/// An authority with the role that the text writes for it; never derived from the order of a list.
package struct Department: Hashable, Sendable {
  package var authority: AuthorityID
  package var role: Role

  /// What an authority is to a clause or a measure.
  package enum Role: String, Hashable, Sendable, CaseIterable {
    /// 责任
    case responsible
    /// 牵头
    case lead
    /// 配合
    case assist
    /// 出资
    case payer
    /// 承办
    case actor
    /// 普遍责任
    case general
  }

  package init(_ authority: AuthorityID, _ role: Role) {
    self.authority = authority
    self.role = role
  }
}

/// An authority. `机关 市财政局：级别 市`
package struct Authority: Hashable, Sendable {
  package var name: String
  package var level: Level?
  package var aliases: [String]
  /// One per county: the option of the subject that says which (`按 县区`).
  package var perOption: OptionTypeID?
  package var span: Span

  /// Administrative level.
  package enum Level: String, Hashable, Sendable, CaseIterable {
    case national, province, city, county, township
  }

  package init(name: String, level: Level? = nil, aliases: [String] = [], perOption: OptionTypeID? = nil, span: Span) {
    self.name = name
    self.level = level
    self.aliases = aliases
    self.perOption = perOption
    self.span = span
  }
}

/// A list of names that a rule refers to (重点项目名单). `名单 重点康养项目名单（项目）：未取得`
package struct NameList: Hashable, Sendable {
  package var name: String
  package var kind: KindID
  /// nil: the list is not on file.
  package var names: [String]?
  /// 列全: a name not on it is not listed. Otherwise an absent name is unknown.
  package var complete: Bool
  package var number: String?
  package var date: CivilDate?
  package var origin: Origin

  package init(
    name: String, kind: KindID, names: [String]?, complete: Bool, number: String? = nil, date: CivilDate? = nil,
    origin: Origin
  ) {
    self.name = name
    self.kind = kind
    self.names = names
    self.complete = complete
    self.number = number
    self.date = date
    self.origin = origin
  }
}
