// duckdb-count.mjs FILE.sql: one query, one thread, its row as JSON.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
await connection.run("SET threads = 1");
const rows = await connection.runAndReadAll(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(rows.getRows()[0].map(Number)));
