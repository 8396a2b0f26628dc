// PostGraphile 5 in two processes: node serve.mjs CONNECTION PORT
import cluster from "node:cluster";
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const [connectionString, port] = process.argv.slice(2);
if (cluster.isPrimary) {
  for (let n = 0; n < 2; n++) cluster.fork();
  process.on("SIGTERM", () => process.exit(0));
} else {
  const server = createServer();
  const serving = postgraphile({
    extends: [PostGraphileAmberPreset],
    pgServices: [makePgService({ connectionString, schemas: ["public"] })],
    grafserv: { graphqlPath: "/graphql", graphiql: false },
  }).createServ(grafserv);
  await serving.addTo(server);
  server.listen(Number(port), "127.0.0.1");
}
