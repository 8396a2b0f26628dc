import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

export interface Help {
  namespace: string;
  base: string;
  questions: { id: string; title: string; folder: string; query: string }[];
  terms: { name: string; label: string; comment: string; kind: "class" | "property" }[];
}

export interface Editor {
  read(): string;
  write(text: string): void;
}

const KEYWORDS =
  "SELECT DISTINCT CONSTRUCT ASK DESCRIBE WHERE PREFIX OPTIONAL FILTER UNION MINUS VALUES BIND AS EXISTS GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT CONTAINS REGEX STR LANG DATATYPE BOUND COALESCE";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--red)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--link)" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--literal)" },
  { tag: [tags.url, tags.namespace, tags.typeName, tags.propertyName], color: "var(--name)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const LOOK = EditorView.theme({
  "&": { fontSize: "0.9rem", backgroundColor: "var(--sheet)", border: "1px solid var(--rule)", borderRadius: "4px" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", minHeight: "20rem", maxHeight: "34rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--band) 14%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--band) 45%, transparent)",
  },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--rule)" },
  ".cm-gutters": { backgroundColor: "var(--wash)", color: "var(--soft)", border: "0" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", maxHeight: "18rem" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--soft)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail": { color: "var(--paper)" },
  ".cm-completionInfo": { maxWidth: "22rem", fontFamily: "var(--sans)" },
});

/** Replaces a box by an editor with the words of SPARQL and of the ontology. */
export function sparqlEditor(box: HTMLTextAreaElement, text: string, help: Promise<Help>, run: () => void): Editor {
  const label = document.querySelector<HTMLLabelElement>(`label[for="${box.id}"]`);
  const state = EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      bracketMatching(),
      closeBrackets(),
      sparql(),
      syntaxHighlighting(COLOURS),
      autocompletion({ override: [completer(help)] }),
      keymap.of([
        { key: "Mod-Enter", run: () => (run(), true) },
        { key: "Tab", run: acceptCompletion },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...historyKeymap,
        ...defaultKeymap,
        indentWithTab,
      ]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label?.textContent ?? "", spellcheck: "false", tabindex: "0" }),
      LOOK,
    ],
  });
  const view = new EditorView({ state });
  box.hidden = true;
  box.required = false;
  box.before(view.dom);
  label?.addEventListener("click", () => view.focus());
  return {
    read: () => view.state.doc.toString(),
    write: (written) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: written } }),
  };
}

function completer(help: Promise<Help>): (context: CompletionContext) => Promise<CompletionResult | null> {
  const keywords: Completion[] = KEYWORDS.split(" ").map((word) => ({ label: word, type: "keyword", boost: -1 }));
  return async (context) => {
    const term = context.matchBefore(/\bft:[\p{L}\w-]*/u);
    if (term) {
      const { terms } = await help;
      return {
        from: term.from,
        options: terms.map(({ name, label, comment, kind }) => ({
          label: `ft:${name}`,
          detail: label,
          info: comment,
          type: kind,
        })),
        validFor: /^ft:[\w-]*$/,
      };
    }
    const variable = context.matchBefore(/\?\w*/);
    if (variable) {
      const names = new Set(context.state.doc.toString().match(/\?\w+/g));
      names.delete(variable.text);
      return { from: variable.from, options: [...names].map((name) => ({ label: name, type: "variable" })) };
    }
    const word = context.matchBefore(/[\p{L}]+/u);
    if (!word && !context.explicit) return null;
    const { terms } = await help;
    const asked = word?.text ?? "";
    // Chinese words find the terms that they name.
    const named = terms
      .filter(({ label }) => asked && label.includes(asked) && !/^[A-Za-z]+$/.test(asked))
      .map(({ name, label, comment, kind }) => ({
        label,
        detail: `ft:${name}`,
        apply: `ft:${name}`,
        info: comment,
        type: kind,
      }));
    return { from: word?.from ?? context.pos, options: named.length > 0 ? named : keywords };
  };
}
