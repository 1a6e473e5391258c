import ts from 'typescript';

/** One place at which code waits, and so one at which a process can die with everything around it half done. */
export interface AwaitPoint {
  /** `shared/app/x.ts:12:5`: line and column, from 1, of the word `await`. */
  readonly id: string;
  /** What is awaited, on one line and cut: for reports. */
  readonly text: string;
}

/** Name under which the instrumented code finds the switch (`child/await-switch.ts`). */
export const SWITCH_NAME = '__awaitSwitch';

const MAX_TEXT_LENGTH = 80;

interface FoundPoint extends AwaitPoint {
  /** The expression that is awaited, or iterated by `for await`. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'await' | 'for await';
}

/**
 * Finds every `await` and `for await` of a source file. Pure.
 *
 * A promise that an async function returns without awaiting it is no point of its own: nothing of that function runs
 * afterwards, and its caller's `await` stands for the moment in which it settles. `await using` is refused, so that nobody
 * brings in a third kind unseen.
 * @param filePath - repository path with `/`
 */
export function listAwaits(filePath: string, text: string): AwaitPoint[] {
  return findAwaits(filePath, text).map(({ id, text: awaited }) => ({ id, text: awaited }));
}

/**
 * Puts the switch around everything that is awaited, so that it is told when an awaited call is about to start and when it
 * has settled. What the code does stays the same. Pure.
 */
export function instrumentAwaits(filePath: string, text: string): string {
  const inserts = findAwaits(filePath, text).flatMap(({ id, start, end, kind }) => {
    const name = JSON.stringify(id);
    return kind === 'await'
      ? [
          { at: start, order: 1, insert: `${SWITCH_NAME}.settle(${name}, (${SWITCH_NAME}.start(${name}), (` },
          { at: end, order: 0, insert: ')))' },
        ]
      : [
          { at: start, order: 1, insert: `${SWITCH_NAME}.each(${name}, (` },
          { at: end, order: 0, insert: '))' },
        ];
  });
  // From behind, so that positions stay right; at one position what closes stands before what opens.
  const ordered = inserts.toSorted((a, b) => b.at - a.at || b.order - a.order);
  return ordered.reduce((rest, { at, insert }) => `${rest.slice(0, at)}${insert}${rest.slice(at)}`, text);
}

function findAwaits(filePath: string, text: string): FoundPoint[] {
  const tree = ts.createSourceFile(filePath, text, ts.ScriptTarget.ESNext, true);
  const found: FoundPoint[] = [];
  const add = (word: number, expression: ts.Expression, kind: FoundPoint['kind']): void => {
    const { line, character } = tree.getLineAndCharacterOfPosition(word);
    const awaited = expression.getText(tree).replaceAll(/\s+/g, ' ');
    const id = `${filePath}:${line + 1}:${character + 1}`;
    found.push({
      id,
      text: awaited.slice(0, MAX_TEXT_LENGTH),
      start: expression.getStart(tree),
      end: expression.end,
      kind,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isAwaitExpression(node)) add(node.getStart(tree), node.expression, 'await');
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) {
      add(node.awaitModifier.getStart(tree), node.expression, 'for await');
    }
    if (ts.isVariableDeclarationList(node) && node.getText(tree).startsWith('await using')) {
      throw new Error(`${filePath} has an "await using", which the crash matrix does not know`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
