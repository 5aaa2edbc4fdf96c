extension PostgresStore {
  /// The statements that make each version of the tables, as in a SQLite file.
  static let migrations = [
    """
    CREATE SCHEMA IF NOT EXISTS 条理;
    CREATE TABLE 条理.版本 (版本 int NOT NULL, 时间 timestamptz NOT NULL DEFAULT now());

    CREATE TABLE 条理.保存 (
      保存号 bigint PRIMARY KEY,
      记录时间 text NOT NULL DEFAULT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      谁说 text
    );

    CREATE TABLE 条理.主体 (
      主体号 bigint PRIMARY KEY,
      种类 text NOT NULL,
      名称 text NOT NULL,
      UNIQUE (种类, 名称)
    );

    CREATE TABLE 条理.说法 (
      编号 bigint PRIMARY KEY,
      保存号 bigint NOT NULL REFERENCES 条理.保存,
      主体号 bigint NOT NULL REFERENCES 条理.主体,
      事实 text NOT NULL,
      内容 text NOT NULL,
      起 text
    );

    CREATE VIEW 条理.履历 AS
      SELECT 种类, 名称, 事实, 内容, coalesce(起, '自始') AS 起, 谁说, 记录时间, 编号
      FROM 条理.说法 JOIN 条理.主体 USING (主体号) JOIN 条理.保存 USING (保存号) ORDER BY 种类, 名称, 事实, 编号;

    CREATE FUNCTION 条理.不改() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '履历不能修改或者删除'; END $$;

    """
      + ["保存", "主体", "说法"].map { table in
        """
        CREATE TRIGGER 不改 BEFORE UPDATE OR DELETE OR TRUNCATE ON 条理.\(table) EXECUTE FUNCTION 条理.不改();

        """
      }.joined()
  ]
}
