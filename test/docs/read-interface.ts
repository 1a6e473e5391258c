import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** One member of an interface, as its source says it. */
export interface InterfaceMember {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  /** TSDoc before the first tag, in one line. */
  readonly summary: string;
  /** Text of `@default`, in one line; empty without one. */
  readonly defaultText: string;
}

/**
 * Reads the members of an interface from a source file.
 * @throws Error when the file has no such interface
 */
export function readInterface(filePath: string, interfaceName: string): InterfaceMember[] {
  const source = ts.createSourceFile(filePath, readFileSync(filePath, 'utf8'), ts.ScriptTarget.ES2023, true);
  const declared = source.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === interfaceName,
  );
  if (declared === undefined || !ts.isInterfaceDeclaration(declared)) {
    throw new Error(`${filePath} has no interface ${interfaceName}`);
  }
  return declared.members.filter(ts.isPropertySignature).map((member) => {
    const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
    const tag = doc?.tags?.find(({ tagName }) => tagName.text === 'default');
    return {
      name: member.name.getText(),
      type: member.type?.getText() ?? '',
      isOptional: member.questionToken !== undefined,
      summary: toLine(doc?.comment),
      defaultText: toLine(tag?.comment),
    };
  });
}

function toLine(comment: Parameters<typeof ts.getTextOfJSDocComment>[0]): string {
  return (ts.getTextOfJSDocComment(comment) ?? '').replace(/\s+/g, ' ').trim();
}
