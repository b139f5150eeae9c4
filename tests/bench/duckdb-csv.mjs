// duckdb-csv.mjs FILE: a table to JSON in DuckDB, output thrown away.
import { DuckDBInstance } from "@duckdb/node-api";

const file = process.argv[2];
const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
await connection.run("SET threads = 2");
await connection.run(`COPY (SELECT * FROM read_csv('${file}', all_varchar = true))
  TO '/dev/null' (FORMAT JSON)`);
