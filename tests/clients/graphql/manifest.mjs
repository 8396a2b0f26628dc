// The trusted documents of the test's clients, as each client hashes them: node manifest.mjs FOLDER
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InMemoryCache } from "@apollo/client";
import { createRequest, formatDocument, stringifyDocument } from "@urql/core";
import { print } from "graphql";
import { DOCUMENT, NODES } from "./operations.mjs";

const folder = process.argv[2];
const hash = (text) => createHash("sha256").update(text).digest("hex");
const cache = new InMemoryCache();
const apollo = [DOCUMENT, NODES].map((one) => print(cache.transformDocument(one)));
const operations = apollo.map((body, n) => ({ id: hash(body), name: `One${n}`, type: "query", body }));
const urql = [DOCUMENT].map((one) => stringifyDocument(formatDocument(createRequest(one, {}).query)));
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, "apollo.json"),
  JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations }),
);
writeFileSync(join(folder, "urql.json"), JSON.stringify(Object.fromEntries(urql.map((one) => [hash(one), one]))));
writeFileSync(join(folder, "relay.json"), JSON.stringify({ "app-release": "{ release { version } }" }));
