// ajv-count.mjs SCHEMA FILE: how often each part of a schema fails.
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Ajv from "ajv/dist/2020.js";

const check = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(process.argv[2], "utf8")));
const counts = new Map();
for await (const line of createInterface({ input: createReadStream(process.argv[3]) }))
  if (!check(JSON.parse(line)))
    for (const { schemaPath } of check.errors) counts.set(schemaPath, (counts.get(schemaPath) ?? 0) + 1);
console.log(JSON.stringify([...counts]));
