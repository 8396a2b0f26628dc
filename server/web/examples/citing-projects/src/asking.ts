/** What the page asks: one typed query, a page of projects at a time. */
import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { CitingProjectsDocument, type CitingProjectsQuery, type ProjectRowFragment } from "./generated.ts";

/** Projects on a page. */
export const PAGE = 20;

/** The document that a text means, and a page of the projects that are funded under it. */
export type Page = {
  document: CitingProjectsQuery["resolveDocument"][number]["document"];
  rows: ProjectRowFragment[];
  next: string | null;
};

/** A client of a server: queries go by GET, so that browsers and proxies keep the answers and ask again with their ETag. */
export function connect(server: string): Client {
  return new Client({
    url: new URL("/graphql", server).href,
    exchanges: [cacheExchange, fetchExchange],
    preferGetMethod: "force",
  });
}

/** A page, from the start or behind a cursor; null when no document is meant. Throws what the server says is wrong. */
export async function ask(client: Client, text: string, after: string | null = null): Promise<Page | null> {
  const { data, error } = await client.query(CitingProjectsDocument, { text, first: PAGE, after }).toPromise();
  if (error) throw error;
  const document = data?.resolveDocument[0]?.document;
  if (!document) return null;
  const { edges, pageInfo } = document.citedBy;
  return { document, rows: edges.map((edge) => edge.node), next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

/** An amount with grouped thousands. It stays text: a number of JavaScript would lose digits. */
export function grouped(yuan: string): string {
  const [whole = "", decimals] = yuan.split(".");
  const told = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return decimals ? `${told}.${decimals}` : told;
}
