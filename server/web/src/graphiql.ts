import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

/** GraphiQL over this server's schema, with our own examples as tabs. Nothing is kept in the browser between visits. */
class Forgotten implements Storage {
  private readonly kept = new Map<string, string>();
  get length(): number {
    return this.kept.size;
  }
  clear(): void {
    this.kept.clear();
  }
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  key(at: number): string | null {
    return [...this.kept.keys()][at] ?? null;
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
}

const place = document.getElementById("graphiql");
if (place) {
  const examples = [...document.querySelectorAll<HTMLElement>("pre[data-example]")];
  const tabs = examples.map((example) => ({ query: example.textContent ?? "" }));
  const fetcher = createGraphiQLFetcher({ url: place.dataset["address"] ?? "/graphql" });
  document.body.classList.add("with-graphiql");
  createRoot(place).render(
    createElement(GraphiQL, {
      fetcher,
      defaultTabs: tabs,
      storage: new Forgotten(),
      forcedTheme: "light",
      defaultEditorToolsVisibility: false,
    }),
  );
}
