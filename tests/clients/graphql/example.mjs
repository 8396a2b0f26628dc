// The example web app's questions, compiled, against a server: node example.mjs ASKING ADDRESS
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

const { ask, connect, grouped } = await import(pathToFileURL(process.argv[2]).href);
const client = connect(process.argv[3]);
const page = await ask(client, "冀财社【2020】186号文");
assert.equal(page.document.number, "冀财社〔2020〕186号");
assert.ok(page.rows.length > 0);
assert.equal(page.rows.length, page.document.citedBy.totalCount);
assert.equal(page.next, null);
assert.equal(await ask(client, "冀财社〔1999〕999号"), null);
assert.equal(grouped("1630318.26"), "1,630,318.26");
assert.equal(grouped("220000"), "220,000");
console.log(JSON.stringify({ rows: page.rows.map((row) => row.name) }));
