// TypeScript types of a web app's operations: what `graphql-codegen` writes for its codegen.json.
// node generate.mjs APP SCHEMA OUT
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import { parse } from "graphql";

const [app, schema, out] = process.argv.slice(2);
const wanted = JSON.parse(readFileSync(join(app, "codegen.json"), "utf8")).generates["src/generated.ts"];
const pluginMap = { "typescript-operations": operations, "typed-document-node": typedDocumentNode };
const documents = readdirSync(join(app, "src"), { recursive: true })
  .filter((file) => file.endsWith(".graphql"))
  .sort()
  .map((file) => ({ location: file, document: parse(readFileSync(join(app, "src", file), "utf8")) }));
const text = await codegen({
  schema: parse(readFileSync(schema, "utf8")),
  documents,
  filename: out,
  config: wanted.config,
  plugins: wanted.plugins.map((name) => ({ [name]: {} })),
  pluginMap,
});
writeFileSync(out, text);
