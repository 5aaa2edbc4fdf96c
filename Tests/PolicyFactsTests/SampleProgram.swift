import PolicyIR
import PolicyText
import PolicyValues

/// The vocabulary that these tests read facts for.
enum Sample {
  static let program = make()
  static let project = KindID(0)
  static let loan = KindID(1)
  static let company = KindID(2)

  static func field(_ name: String) throws -> Field {
    guard let field = program.fields.first(where: { $0.name == name }) else { throw Missing(name: name) }
    return field
  }

  struct Missing: Error {
    var name: String
  }

  private static func make() -> Program {
    var program = Program()
    let span = Span(file: FileID(rawValue: 0), start: 0, end: 0)
    func values(_ names: String...) -> [OptionValue] { names.map { OptionValue(name: $0) } }
    program.optionTypes = [
      OptionType(name: "投资主体类别", values: values("民营企业", "个人", "市属国企", "央企", "政府"), ordered: false, span: span),
      OptionType(
        name: "县区",
        values: [
          OptionValue(name: "朔城区", aliases: ["朔城"], code: "140602"),
          OptionValue(name: "平鲁区", aliases: ["平鲁"], code: "140603"),
          OptionValue(name: "右玉县", aliases: ["右玉"], code: "140623"),
          OptionValue(name: "怀仁市", aliases: ["怀仁县", "怀仁"], code: "140681"),
        ], ordered: false, span: span),
      OptionType(name: "贷款机构类别", values: values("银行", "融资租赁", "其他"), ordered: false, span: span),
      OptionType(
        name: "医院等级", values: [OptionValue(name: "未定级", unranked: true)] + values("一级", "二级", "三级", "无"),
        ordered: true, span: span),
    ]
    program.kinds = ["项目", "贷款", "企业"].map { Kind(name: $0, span: span) }
    func add(_ kind: KindID, _ name: String, _ type: ValueType, _ aliases: [String] = []) {
      let slot = program.kinds[kind.index].fields.count
      program.kinds[kind.index].fields.append(FieldID(program.fields.count))
      program.fields.append(Field(name: name, kind: kind, slot: slot, type: type, aliases: aliases, span: span))
    }
    add(project, "备案总投资", .money, ["备案投资额"])
    add(project, "核定总投资", .money)
    add(project, "用地面积", .quantity(.area))
    add(project, "床位数", .quantity(.count(CounterUnit(named: "张") ?? .none)), ["床位"])
    add(project, "贷款利率", .quantity(.number))
    add(project, "每床标准", .quantity(Dimension.money.dividedBy(.count(CounterUnit(named: "张") ?? .none)) ?? .money))
    add(project, "投资主体", .option(OptionTypeID(0)))
    add(project, "所在县区", .option(OptionTypeID(1)), ["县（市、区）"])
    add(project, "等级", .option(OptionTypeID(3)))
    add(project, "属康养产业", .truth)
    add(project, "开工日期", .date)
    add(project, "运营期", .duration)
    add(project, "建设单位", .text)
    add(project, "贷款", .many(loan))
    add(project, "运营方", .entity(company))
    add(loan, "本金", .money, ["贷款金额"])
    add(loan, "贷款机构", .option(OptionTypeID(2)))
    add(loan, "已还", .truth)
    add(company, "注册资本", .money)
    add(company, "母公司", .entity(company))
    return program
  }
}
