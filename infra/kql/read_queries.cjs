// Reads KQL queries with Microsoft's own parser and says what it found in them.
//
// In: JSON on standard input, {"tables": {name: "(column: type, ...)"}, "queries": {name: text}}.
// Out: JSON, {name: {"faults": [{line, message}], "dimensions": [...], "compared": {dimension: [...]}}}.
// A fault is a syntax error, or a name of a table, column or function that does not exist. Dimensions are
// the members of Properties that are read, and compared says which texts each is compared with.

const fs = require("fs");
const path = require("path");
const vm = require("vm");

// The package is two scripts that share one global scope, and not a module.
const folder = path.dirname(require.resolve("@kusto/language-service-next/package.json"));
for (const script of ["bridge.min.js", "Kusto.Language.Bridge.min.js"]) {
  vm.runInThisContext(fs.readFileSync(path.join(folder, script), "utf8"), { filename: script });
}
const { KustoCode, GlobalState, Symbols, Syntax } = Kusto.Language;

function workspace(tables) {
  const members = new (System.Collections.Generic.List$1(Symbols.Symbol).ctor)();
  for (const [name, columns] of Object.entries(tables)) {
    members.add(Symbols.TableSymbol.From(`(${columns})`).WithName(name));
  }
  return GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor3("workspace", null, members, false));
}

function* nodes(node) {
  yield node;
  for (let index = 0; index < node.ChildCount; index++) {
    const child = node.GetChild(index);
    if (child) yield* nodes(child);
  }
}

const MEMBER = /^Properties\s*(?:\.\s*(\w+)|\[\s*["'](\w+)["']\s*\])$/;
// One comparison, and not a longer expression that begins with one.
const LITERAL = `["'][^"']*["']`;
const COMPARISON = new RegExp(
  String.raw`^(?:tostring\()?Properties\.(\w+)\)?\s*(?:==|!=|in)\s*(${LITERAL}|\(\s*${LITERAL}(?:\s*,\s*${LITERAL})*\s*\))$`,
);

const text = (node) => node.toString().trim();

function read(query, globals) {
  const code = KustoCode.ParseAndAnalyze(query, globals);
  const diagnostics = code.GetDiagnostics();
  const faults = [];
  for (let index = 0; index < diagnostics.Count; index++) {
    const { Start, Message } = diagnostics.getItem(index);
    faults.push({ line: query.slice(0, Start).split("\n").length, message: Message });
  }
  const dimensions = new Set();
  const compared = {};
  for (const node of nodes(code.Syntax)) {
    const written = text(node);
    const member = MEMBER.exec(written);
    if (member) dimensions.add(member[1] ?? member[2]);
    const comparison = COMPARISON.exec(written);
    if (comparison) {
      const literals = [...comparison[2].matchAll(/["']([^"']*)["']/g)].map(([, literal]) => literal);
      compared[comparison[1]] = [...new Set([...(compared[comparison[1]] ?? []), ...literals])].sort();
    }
  }
  return { faults, compared, dimensions: [...dimensions].sort() };
}

const { tables, queries } = JSON.parse(fs.readFileSync(0, "utf8"));
const globals = workspace(tables);
const found = Object.fromEntries(Object.entries(queries).map(([name, query]) => [name, read(query, globals)]));
process.stdout.write(JSON.stringify(found));
