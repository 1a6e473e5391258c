import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** One import, re-export, `import()` or `import('…').Type` of a file. */
export interface SourceImport {
  /** Repository path for a relative import (`shared/env.ts`), otherwise the specifier as written (`node:crypto`). */
  readonly target: string;
  readonly isRelative: boolean;
  /** Whether nothing of it is left at run time. */
  readonly isTypeOnly: boolean;
  /** Imported names; `*` for the whole module, nothing for a bare import. */
  readonly names: readonly string[];
}

/** What the architecture rules look at in one file. */
export interface SourceFile {
  /** Repository path with `/`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly SourceImport[];
  /** Uses of the outside world that need no import: `fetch`, `process`, `Date.now`, `new Date()`, `Math.random`, … */
  readonly effects: readonly string[];
}

/** Globals through which a file can reach network, environment, clock, randomness or output. */
const EFFECT_GLOBALS = new Set([
  ...['fetch', 'WebSocket', 'process', 'globalThis', 'global', 'console', 'crypto', 'performance', 'require'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'AbortSignal', 'eval'],
]);
const EFFECT_MEMBERS = new Set(['Date.now', 'Math.random', 'import.meta']);

/** Reads every `.ts` and `.tsx` file below the folders. */
export function readSources(folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
      .filter((file) => /\.tsx?$/.test(file))
      .toSorted()
      .map((file) => readSource(file, readFileSync(file, 'utf8'))),
  );
}

/** Reads one file's text. Pure. */
export function readSource(filePath: string, text: string): SourceFile {
  const tree = ts.createSourceFile(filePath, text, ts.ScriptTarget.ESNext, true);
  const imports: SourceImport[] = [];
  const effects: string[] = [];
  const visit = (node: ts.Node): void => {
    const found = readImport(node, filePath);
    if (found !== undefined) imports.push(found);
    const effect = readEffect(node);
    if (effect !== undefined) effects.push(effect);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path: filePath, lines: text.trimEnd().split('\n').length, imports, effects };
}

function readImport(node: ts.Node, filePath: string): SourceImport | undefined {
  const build = (specifier: ts.Node | undefined, isTypeOnly: boolean, names: readonly string[]) => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) {
      return { target: '(computed)', isRelative: false, isTypeOnly, names };
    }
    const isRelative = specifier.text.startsWith('.');
    const target = isRelative ? path.posix.join(path.posix.dirname(filePath), specifier.text) : specifier.text;
    return { target, isRelative, isTypeOnly, names };
  };
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause;
    const bindings = clause?.namedBindings;
    const elements = bindings !== undefined && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
    const isTypeOnly =
      clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
      (elements.length > 0 && clause?.name === undefined && elements.every((element) => element.isTypeOnly));
    const names = elements.filter((element) => isTypeOnly || !element.isTypeOnly).map(importedName);
    if (clause?.name !== undefined) names.push('default');
    if (bindings !== undefined && ts.isNamespaceImport(bindings)) names.push('*');
    return build(node.moduleSpecifier, isTypeOnly, names);
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    const named = node.exportClause;
    const names = named !== undefined && ts.isNamedExports(named) ? named.elements.map(importedName) : ['*'];
    return build(node.moduleSpecifier, node.isTypeOnly, names);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return build(node.arguments[0], false, ['*']);
  }
  if (ts.isImportTypeNode(node)) {
    return build(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true, ['*']);
  }
  return undefined;
}

function importedName(element: ts.ImportSpecifier | ts.ExportSpecifier): string {
  return (element.propertyName ?? element.name).text;
}

function readEffect(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const member = `${node.expression.text}.${node.name.text}`;
    if (EFFECT_MEMBERS.has(member)) return member;
  }
  if (ts.isMetaProperty(node)) return 'import.meta';
  const isDate = (expression: ts.Expression) => ts.isIdentifier(expression) && expression.text === 'Date';
  if (ts.isNewExpression(node) && isDate(node.expression) && (node.arguments ?? []).length === 0) return 'new Date()';
  if (ts.isCallExpression(node) && isDate(node.expression)) return 'Date()';
  return ts.isIdentifier(node) && EFFECT_GLOBALS.has(node.text) && isValueUse(node) ? node.text : undefined;
}

/** Whether the identifier is read as a variable, and is not merely the name of a member, a declaration or a type. */
function isValueUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  const isItsName = 'name' in parent && parent.name === node;
  const isItsPropertyName = 'propertyName' in parent && parent.propertyName === node;
  return !isItsName && !isItsPropertyName && !ts.isTypeNode(parent) && !ts.isQualifiedName(parent);
}
