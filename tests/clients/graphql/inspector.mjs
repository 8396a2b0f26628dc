// GraphQL Inspector: what changed between two schemas, and whether documents fit. node inspector.mjs OLD NEW DOCUMENT…
import { readFileSync } from "node:fs";
import { CriticalityLevel, diff, validate } from "@graphql-inspector/core";
import { Source, buildSchema } from "graphql";

const [older, newer, ...documents] = process.argv.slice(2);
const read = (file) => readFileSync(file, "utf8");
const schema = buildSchema(read(newer));
const changes = await diff(buildSchema(read(older)), schema);
const sources = documents.map((file) => new Source(read(file), file));
const breaking = changes.filter((one) => one.criticality.level === CriticalityLevel.Breaking).map((one) => one.message);
const invalid = validate(schema, sources).map((one) => ({ file: one.source.name, errors: one.errors.map(String) }));
console.log(JSON.stringify({ changes: changes.length, breaking, invalid }));
