import { glob, readFile } from "node:fs/promises";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { es } from "./es";

const HAS_WORDS = /\p{L}{2}/u;
/** Attributes whose value a user sees or hears. */
const TEXT_ATTRIBUTES =
  /^(alt|label|legend|placeholder|title|text|help|confirm|cancel|aria-(label|description|roledescription|valuetext))$/;

const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

describe("components contain no text of their own", async () => {
  const all = await Array.fromAsync(glob("src/{app,features,shared}/**/*.tsx"));
  const files = all.filter((file) => !file.endsWith(".test.tsx"));

  it.each(files)("%s", async (file) => {
    const source = ts.createSourceFile(file, await readFile(file, "utf8"), ts.ScriptTarget.Latest, true);
    expect(textsIn(source)).toEqual([]);
  });

  it("the check finds text in elements, attributes and expressions", () => {
    const some = `<p title="Hello" id="x">Hi {busy ? "Wait" : \`Go \${n}\`} <B label={c ? "Yes" : no} /></p>`;
    const source = ts.createSourceFile("some.tsx", some, ts.ScriptTarget.Latest, true);
    expect(textsIn(source)).toEqual(["Hello", "Hi", "Wait", "Go ", "Yes"]);
  });
});

/** String literals with words in them that a user sees or hears: element content and text attributes. */
function textsIn(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node, isShown: boolean): void => {
    let shown = isShown;
    if (ts.isJsxText(node) && HAS_WORDS.test(node.text)) {
      found.push(node.text.trim());
    } else if (ts.isJsxAttribute(node)) {
      shown = TEXT_ATTRIBUTES.test(node.name.getText());
    } else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) {
      shown = true;
    } else if (ts.isCallExpression(node) || ts.isArrowFunction(node) || ts.isElementAccessExpression(node)) {
      shown = false;
    } else if (ts.isBinaryExpression(node) && COMPARISONS.has(node.operatorToken.kind)) {
      shown = false;
    } else if (
      shown &&
      (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
    ) {
      if (HAS_WORDS.test(node.text)) {
        found.push(node.text);
      }
    }
    ts.forEachChild(node, (child) => {
      visit(child, shown);
    });
  };
  visit(source, false);
  return found;
}

describe("the messages", () => {
  it("have the same keys in both languages, and different texts", () => {
    const english = entriesOf(en);
    const spanish = entriesOf(es);
    expect([...spanish.keys()]).toEqual([...english.keys()]);
    const same = [...english].filter(([key, text]) => text && spanish.get(key) === text).map(([key]) => key);
    expect(same).toEqual([
      "app.name",
      "names.columns.base_stat_total",
      "names.columns.color",
      "report.checksum",
      "report.pokemon",
      "table.no",
    ]);
  });
});

function entriesOf(part: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
      typeof value === "object" && value !== null
        ? [...entriesOf(value, `${path}${key}.`)]
        : [[`${path}${key}`, typeof value === "string" ? value : ""] as const],
    ),
  );
}
