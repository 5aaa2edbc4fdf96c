package import SQLiteFiles

extension SQLiteStore {
  /// `TLXM`, for 条理项目.
  package static let applicationID = 0x544C_584D

  package static let schema = SQLiteSchema(applicationID: applicationID, migrations: [tables])

  /// 起 is the first day on which something holds, NULL for always; 事实 is the text of a `FactPath`.
  private static let tables =
    """
    CREATE TABLE 保存 (
      保存号 INTEGER PRIMARY KEY,
      记录时间 TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
      谁说 TEXT
    ) STRICT;

    CREATE TABLE 主体 (
      主体号 INTEGER PRIMARY KEY,
      种类 TEXT NOT NULL,
      名称 TEXT NOT NULL,
      UNIQUE (种类, 名称)
    ) STRICT;

    CREATE TABLE 说法 (
      编号 INTEGER PRIMARY KEY,
      保存号 INTEGER NOT NULL REFERENCES 保存,
      主体号 INTEGER NOT NULL REFERENCES 主体,
      事实 TEXT NOT NULL,
      内容 TEXT NOT NULL,
      起 TEXT
    ) STRICT;

    CREATE VIEW 履历 AS
      SELECT 种类, 名称, 事实, 内容, coalesce(起, '自始') AS 起, 谁说, 记录时间, 编号
      FROM 说法 JOIN 主体 USING (主体号) JOIN 保存 USING (保存号) ORDER BY 种类, 名称, 事实, 编号;

    """
    + [("保存", "保存号"), ("主体", "主体号"), ("说法", "编号")].map { table, number in
      """
      CREATE TRIGGER \(table)接续 BEFORE INSERT ON \(table)
        WHEN NEW.\(number) IS NOT (SELECT coalesce(max(\(number)), 0) + 1 FROM \(table))
        BEGIN SELECT RAISE(ABORT, '编号必须接着上一条'); END;
      CREATE TRIGGER \(table)不改 BEFORE UPDATE ON \(table) BEGIN SELECT RAISE(ABORT, '履历不能修改'); END;
      CREATE TRIGGER \(table)不删 BEFORE DELETE ON \(table) BEGIN SELECT RAISE(ABORT, '履历不能删除'); END;

      """
    }.joined()
}
