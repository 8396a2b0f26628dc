// The audits of graphql-http for servers: node audit.mjs URL
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
const failed = results.filter((one) => one.status !== "ok").map(({ id, name, reason }) => ({ id, name, reason }));
console.log(JSON.stringify({ total: results.length, failed }));
