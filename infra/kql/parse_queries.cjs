// Parses KQL queries with Microsoft's own parser and lists their errors and the dimensions they use.
//
// Standard input: JSON, {"tables": {name: "column: type, ..."}, "queries": {name: text}}.
// Standard output: JSON, {name: {"errors": [{line, message}], "dimensions": [...], "compared": {dimension: [...]}}}.
// An error is a syntax error, or a table, column or function that does not exist. "dimensions" are the members of
// Properties that are read; "compared" maps each to the strings it is compared with.

const fs = require("fs");
const path = require("path");
const vm = require("vm");

// The package is not a module but two scripts that share the global scope.
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
// A whole comparison; a longer expression that starts with one does not match.
const LITERAL = `["'][^"']*["']`;
const COMPARISON = new RegExp(
  String.raw`^(?:tostring\()?Properties\.(\w+)\)?\s*(?:==|!=|in)\s*(${LITERAL}|\(\s*${LITERAL}(?:\s*,\s*${LITERAL})*\s*\))$`,
);

const text = (node) => node.toString().trim();

function parse(query, globals) {
  const code = KustoCode.ParseAndAnalyze(query, globals);
  const diagnostics = code.GetDiagnostics();
  const errors = [];
  for (let index = 0; index < diagnostics.Count; index++) {
    const { Start, Message } = diagnostics.getItem(index);
    errors.push({ line: query.slice(0, Start).split("\n").length, message: Message });
  }
  const dimensions = new Set();
  const compared = {};
  for (const node of nodes(code.Syntax)) {
    const source = text(node);
    const member = MEMBER.exec(source);
    if (member) dimensions.add(member[1] ?? member[2]);
    const comparison = COMPARISON.exec(source);
    if (comparison) {
      const literals = [...comparison[2].matchAll(/["']([^"']*)["']/g)].map(([, literal]) => literal);
      compared[comparison[1]] = [...new Set([...(compared[comparison[1]] ?? []), ...literals])].sort();
    }
  }
  return { errors, compared, dimensions: [...dimensions].sort() };
}

const { tables, queries } = JSON.parse(fs.readFileSync(0, "utf8"));
const globals = workspace(tables);
const found = Object.fromEntries(Object.entries(queries).map(([name, query]) => [name, parse(query, globals)]));
process.stdout.write(JSON.stringify(found));
