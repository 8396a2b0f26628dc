// Asks a SPARQL endpoint as two clients do, and prints what each understands as one JSON object.
//   node ask.mjs ADDRESS SELECT ASK CONSTRUCT
import { QueryEngine } from "@comunica/query-sparql";
import { SparqlEndpointFetcher } from "fetch-sparql-endpoint";

const [address, select, ask, construct] = process.argv.slice(2);

async function collect(stream) {
  const found = [];
  for await (const one of stream) found.push(one);
  return found;
}

const fetcher = new SparqlEndpointFetcher();
const told = { fetcher: {}, comunica: {} };
told.fetcher.select = (await collect(await fetcher.fetchBindings(address, select))).map((row) => row.project.value);
told.fetcher.ask = await fetcher.fetchAsk(address, ask);
told.fetcher.construct = (await collect(await fetcher.fetchTriples(address, construct))).length;
try {
  await collect(await fetcher.fetchBindings(address, "SELECT * {"));
} catch (error) {
  told.fetcher.error = String(error.message);
}

const engine = new QueryEngine();
const context = { sources: [{ type: "sparql", value: address }] };
const rows = await (await engine.queryBindings(select, context)).toArray();
told.comunica.select = rows.map((row) => row.get("project").value);
told.comunica.ask = await engine.queryBoolean(ask, context);
told.comunica.construct = (await (await engine.queryQuads(construct, context)).toArray()).length;
// Comunica finds the endpoint by its service description when it is not told what the address is.
const guessed = await (await engine.queryBindings(select, { sources: [address] })).toArray();
told.comunica.guessed = guessed.length;

console.log(JSON.stringify(told));
