// Apollo Client: cache with the published possible types, pages merged, hashes by GET, errors. node apollo.mjs URL
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import { DOCUMENT, NODES } from "./operations.mjs";

const uri = process.argv[2];
const possibleTypes = await (await fetch(`${uri}/possible-types.json`)).json();
const sent = [];
const recording = async (input, init) => {
  const response = await fetch(input, init);
  sent.push({ method: init.method, url: String(input), status: response.status, etag: response.headers.get("etag") });
  return response;
};
const cache = new InMemoryCache({
  possibleTypes,
  typePolicies: { FundingDocument: { fields: { citedBy: relayStylePagination(["role", "filter", "orderBy"]) } } },
});
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const hashes = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
const client = new ApolloClient({ cache, link: hashes.concat(new HttpLink({ uri, fetch: recording })) });

const variables = { number: "冀财社[2020]186", first: 1 };
const watched = client.watchQuery({ query: DOCUMENT, variables });
const first = (await watched.refetch()).data.fundingDocument;
assert.equal(first.citedBy.edges.length, 1);
assert.match(sent[0].url, /sha256Hash/);
assert.doesNotMatch(sent[0].url, /[?&]query=/);
assert.equal(sent.length, 1);
assert.equal(sent[0].method, "GET");
assert.ok(sent[0].etag);
if (first.citedBy.pageInfo.hasNextPage) {
  await watched.fetchMore({ variables: { after: first.citedBy.pageInfo.endCursor } });
  const merged = client.readQuery({ query: DOCUMENT, variables }).fundingDocument.citedBy;
  assert.equal(merged.edges.length, 2);
  assert.notEqual(merged.edges[0].node.id, merged.edges[1].node.id);
}

const { id } = first.citedBy.edges[0].node;
const { data } = await client.query({ query: NODES, variables: { ids: [id] } });
assert.match(data.nodes[0].budget.total.yuan, /^\d+(\.\d+)?$/);
assert.equal(data.nodes[0].__typename, "Project");
const kept = cache.extract()[`Project:${id}`];
assert.equal(kept.name, first.citedBy.edges[0].node.name);

// A document that is not trusted is sent whole when its hash is not known.
const before = sent.length;
const other = await client.query({ query: gql`query Other { release { version } }` });
assert.ok(other.data.release.version);
assert.equal(sent.length, before + 2);
await assert.rejects(client.query({ query: gql`query Wrong { noSuchField }` }), (error) => {
  assert.ok(CombinedGraphQLErrors.is(error));
  return /noSuchField/.test(error.message);
});
console.log(JSON.stringify({ requests: sent.length }));
