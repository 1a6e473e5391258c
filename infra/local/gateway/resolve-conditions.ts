import { isRecord, TemplateError } from './template.ts';

/**
 * Makes the function that evaluates the template's named conditions: Fn::Equals, Fn::And, Fn::Or, Fn::Not, Condition. Pure.
 * @param resolveString - resolves the operands of Fn::Equals
 * @returns the value of a named condition; throws TemplateError for an unknown name, an unknown function or a cycle
 * @see AWS CloudFormation Template Reference, "Condition functions"
 */
export function createConditionResolver(
  conditions: Readonly<Record<string, unknown>>,
  resolveString: (value: unknown, at: string) => string,
): (name: string, at: string) => boolean {
  const underway = new Set<string>();

  function named(name: string, at: string): boolean {
    if (!Object.hasOwn(conditions, name)) throw new TemplateError(`${at}: condition ${name} is not declared`);
    if (underway.has(name)) throw new TemplateError(`${at}: condition ${name} refers to itself`);
    underway.add(name);
    try {
      return evaluate(conditions[name], `condition ${name}`);
    } finally {
      underway.delete(name);
    }
  }

  function evaluate(expression: unknown, at: string): boolean {
    const [entry, ...others] = isRecord(expression) ? Object.entries(expression) : [];
    if (entry === undefined || others.length > 0) throw new TemplateError(`${at}: malformed condition`);
    const [name, argument] = entry;
    if (name === 'Condition' && typeof argument === 'string') return named(argument, at);
    const operands: unknown[] = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Fn::Equals':
        return resolveString(operands[0], at) === resolveString(operands[1], at);
      case 'Fn::And':
        return operands.every((operand) => evaluate(operand, at));
      case 'Fn::Or':
        return operands.some((operand) => evaluate(operand, at));
      case 'Fn::Not':
        return !evaluate(operands[0], at);
      default:
        throw new TemplateError(`${at}: ${name} is not implemented by the local gateway`);
    }
  }

  return named;
}
