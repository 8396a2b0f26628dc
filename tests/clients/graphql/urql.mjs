// urql: documents by hash, GET, a normalised cache made with the published schema, errors. node urql.mjs URL
import assert from "node:assert/strict";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { persistedExchange } from "@urql/exchange-persisted";
import { buildSchema, introspectionFromSchema } from "graphql";
import { DOCUMENT } from "./operations.mjs";

const url = process.argv[2];
const sdl = await (await fetch(`${url}/schema.graphql`)).text();
const embedded = ["Money", "Budget", "Target", "Basis", "Source", "Sums", "Aggregate", "FundedBudget", "Release"];
const keys = Object.fromEntries(embedded.map((name) => [name, () => null]));
const sent = [];
const recording = (input, init) => {
  sent.push({ method: init.method ?? "GET", url: String(input) });
  return fetch(input, init);
};
const client = new Client({
  url,
  fetch: recording,
  preferGetMethod: true,
  exchanges: [
    cacheExchange({
      schema: introspectionFromSchema(buildSchema(sdl), { descriptions: false }),
      keys,
      resolvers: { FundingDocument: { citedBy: relayPagination() } },
    }),
    persistedExchange({ preferGetForPersistedQueries: true }),
    fetchExchange,
  ],
});

const variables = { number: "冀财社〔2020〕186号", first: 1 };
const first = await client.query(DOCUMENT, variables).toPromise();
assert.equal(first.error, undefined);
assert.equal(sent[0].method, "GET");
assert.match(sent[0].url, /sha256Hash/);
assert.equal(sent.length, 1);
const again = await client.query(DOCUMENT, variables).toPromise();
assert.deepEqual(again.data, first.data);
assert.equal(sent.length, 1);

const wrong = await client.query("query Wrong { noSuchField }", {}).toPromise();
assert.match(wrong.error.graphQLErrors[0].message, /noSuchField/);
console.log(JSON.stringify({ requests: sent.length }));
