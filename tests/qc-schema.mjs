// qc-schema.mjs FOLDER: reads {"schema","values"} a line and answers what two
// peers installed in the folder say: ajv and @hyperjump/json-schema.
//   {"ajv": [valid...] | "why it refuses", "hyperjump": the same,
//    "keywords": [[pointers of keywords that fail, by ajv]...]}
// {"pattern","texts"}: {"found": [whether RegExp finds it...] | "why it refuses"}
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const modules = process.argv[2] + "/node_modules/";
const Ajv = createRequire(modules)("ajv/dist/2020.js").default;
const { registerSchema, unregisterSchema, validate } =
  await import(pathToFileURL(modules + "@hyperjump/json-schema/draft-2020-12/index.js"));

const DRAFT = "https://json-schema.org/draft/2020-12/schema";
// Errors of ajv that are about another one, or stand inside a choice.
const inner = /\/(anyOf|oneOf)\/\d|\/(not|if|contains)\//;
const about = (e) => !inner.test(e.schemaPath + "/") || /\/(not|contains)$/.test(e.schemaPath) &&
  !inner.test(e.schemaPath.replace(/\/[^/]*$/, "/"));

function keywords(errors) {
  const found = (errors ?? []).filter((e) => about(e) && e.keyword !== "if" && e.keyword !== "propertyNames")
    .map((e) => decodeURIComponent(e.schemaPath).replace(/^#/, "").replace(/\/false schema$/, ""));
  return [...new Set(found)].sort();
}

function askAjv(schema, values) {
  try {
    const check = new Ajv({ strict: false, validateFormats: false, allErrors: true, logger: false }).compile(schema);
    const said = values.map((v) => [check(v), keywords(check.errors)]);
    return [said.map((s) => s[0]), said.map((s) => s[1])];
  } catch (e) {
    return [String(e.message), []];
  }
}

async function askHyperjump(schema, values) {
  try {
    registerSchema(schema, schema.$id, DRAFT);
    const check = await validate(schema.$id);
    return values.map((v) => check(v).valid);
  } catch (e) {
    return String(e.message);
  } finally {
    unregisterSchema(schema.$id);
  }
}

function askRegExp(pattern, texts) {
  try {
    const made = new RegExp(pattern, "u");
    return texts.map((t) => made.test(t));
  } catch (e) {
    return String(e.message);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { schema, values, pattern, texts } = JSON.parse(line);
  if (pattern !== undefined) {
    console.log(JSON.stringify({ found: askRegExp(pattern, texts) }));
    continue;
  }
  const [ajv, pointers] = askAjv(schema, values);
  console.log(JSON.stringify({ ajv, keywords: pointers, hyperjump: await askHyperjump(schema, values) }));
}
