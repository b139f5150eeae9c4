// duckdb.mjs FILE: the job of scripts/bench in DuckDB, output thrown away.
import { DuckDBInstance } from "@duckdb/node-api";

const file = process.argv[2];
const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
await connection.run("SET threads = 2");
await connection.run(`COPY (SELECT * REPLACE (
    CASE sex WHEN '男' THEN '1' WHEN '女' THEN '2' ELSE sex END AS sex,
    replace(birth_date, '/', '-') AS birth_date)
  FROM read_json('${file}', format = 'newline_delimited')
  WHERE patient_id IS NOT NULL) TO '/dev/null' (FORMAT JSON)`);
