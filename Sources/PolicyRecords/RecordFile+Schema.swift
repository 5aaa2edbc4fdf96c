import SQLiteFiles

extension RecordFile {
  /// `TLLH`, for 条理留痕.
  static let schema = SQLiteSchema(applicationID: 0x544C_4C48, migrations: [tables])

  /// A record's own row is written last: it closes the record, and nothing can be added to it or changed any more.
  private static let tables =
    """
    CREATE TABLE 规则 (
      规则号 INTEGER PRIMARY KEY,
      种类 TEXT NOT NULL,
      名称 TEXT NOT NULL,
      条款 TEXT NOT NULL,
      摘要 TEXT NOT NULL,
      文本 TEXT NOT NULL,
      UNIQUE (种类, 名称, 条款, 摘要)
    ) STRICT;

    CREATE TABLE 留痕 (
      编号 INTEGER PRIMARY KEY,
      记录时间 TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
      查询日期 TEXT NOT NULL,
      措施 TEXT NOT NULL,
      条款 TEXT,
      主体种类 TEXT NOT NULL,
      主体 TEXT NOT NULL,
      复函 TEXT NOT NULL,
      事实 TEXT NOT NULL,
      答复 TEXT NOT NULL,
      推导 TEXT NOT NULL,
      会话改动 TEXT NOT NULL,
      规则路径 TEXT NOT NULL,
      规则摘要 TEXT NOT NULL,
      引擎 TEXT NOT NULL
    ) STRICT;

    CREATE TABLE 方面 (
      编号 INTEGER NOT NULL REFERENCES 留痕 DEFERRABLE INITIALLY DEFERRED,
      序号 INTEGER NOT NULL,
      方面 TEXT NOT NULL,
      内容 TEXT NOT NULL,
      PRIMARY KEY (编号, 序号)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE 参与 (
      编号 INTEGER NOT NULL REFERENCES 留痕 DEFERRABLE INITIALLY DEFERRED,
      规则号 INTEGER NOT NULL REFERENCES 规则,
      PRIMARY KEY (编号, 规则号)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW 一览 AS
      SELECT 编号, 记录时间, 查询日期, 主体, 措施, 条款,
        json_extract(答复, '$.label') AS 结论,
        (SELECT 内容 FROM 方面 WHERE 方面.编号 = 留痕.编号 AND 方面 = '金额') AS 金额,
        复函
      FROM 留痕 ORDER BY 编号;

    CREATE VIEW 所据规则 AS
      SELECT 编号, 种类, 名称, 条款, 摘要, 文本 FROM 参与 JOIN 规则 USING (规则号) ORDER BY 编号, 规则号;

    CREATE TRIGGER 留痕接续 BEFORE INSERT ON 留痕
      WHEN NEW.编号 IS NOT (SELECT coalesce(max(编号), 0) + 1 FROM 留痕)
      BEGIN SELECT RAISE(ABORT, '留痕的编号必须接着上一条'); END;

    CREATE TRIGGER 规则接续 BEFORE INSERT ON 规则
      WHEN NEW.规则号 IS NOT (SELECT coalesce(max(规则号), 0) + 1 FROM 规则)
        OR EXISTS (SELECT 1 FROM 规则 WHERE (种类, 名称, 条款, 摘要) = (NEW.种类, NEW.名称, NEW.条款, NEW.摘要))
      BEGIN SELECT RAISE(ABORT, '规则的编号必须接着上一条'); END;

    """
    + ["方面", "参与"].map { table in
      """
      CREATE TRIGGER \(table)接续 BEFORE INSERT ON \(table)
        WHEN NEW.编号 IS NOT (SELECT coalesce(max(编号), 0) + 1 FROM 留痕)
        BEGIN SELECT RAISE(ABORT, '已经写完的留痕不能补充'); END;

      """
    }.joined()
    + ["规则", "留痕", "方面", "参与"].map { table in
      """
      CREATE TRIGGER \(table)不改 BEFORE UPDATE ON \(table) BEGIN SELECT RAISE(ABORT, '留痕不能修改'); END;
      CREATE TRIGGER \(table)不删 BEFORE DELETE ON \(table) BEGIN SELECT RAISE(ABORT, '留痕不能删除'); END;

      """
    }.joined()
}
